/** http2/goaway-http11-required: a front that wants HTTP/1.1 for this resource answers every HTTP/2 request so. */

import { experiment } from "#lab/experiment/experiment";
import { without } from "#lab/setups/client-groups";
import { serves } from "#lab/worlds/answers";
import { errorGoaway } from "#lab/worlds/error-goaway";
import { peerWorld } from "#lab/worlds/peer-world";

export default experiment({
  entry: "http2/goaway-http11-required",
  says: "Every call meets GOAWAY(HTTP_1_1_REQUIRED) that excludes it.",
  tier: "reproduced",
  // grpcio 1.84 aborts its whole process on this frame: a trial of its own process, which the drivers' contract has not.
  clients: without("grpcio", "holdfast"),
  also: ["grpc/goaway-unprocessed-stream"],
  plan: { deadlineMs: 2_000 },
  world: (trial) =>
    peerWorld(trial, errorGoaway(trial, { code: "HTTP_1_1_REQUIRED", debug: "", covers: "none", connections: "all" })),
  treatments: {
    "fix-the-route": {
      says: "the route allows HTTP/2",
      world: (trial) => peerWorld(trial, serves),
    },
    retry: {
      says: "whatever fails is sent again, up to 4 times, 50 ms apart",
      client: { again: { codes: "any", times: 4, pauseMs: 50 } },
    },
  },
});
