/** grpc/goaway-then-connection-closed: the grace of a server that has announced its end is shorter than the call. */

import { experiment } from "#lab/experiment/experiment";
import { without } from "#lab/setups/client-groups";
import { eagerKeepalive, retryOn } from "#lab/setups/habits";
import { cutStream, leaveUnderIt } from "#lab/worlds/cut-streams";
import { cutAfterGrace, stopInOrder } from "#lab/worlds/leaving-server";
import { peerWorld } from "#lab/worlds/peer-world";

export default experiment({
  entry: "grpc/goaway-then-connection-closed",
  says: "GOAWAY(NO_ERROR) covers the call, which runs; the connection is closed 20 to 120 ms later, before the answer.",
  tier: "reproduced",
  clients: without("node-http2"),
  world: (trial) => peerWorld(trial, cutAfterGrace(trial, { graceMs: trial.between(20, 120), by: "fin" })),
  treatments: {
    "longer-grace": {
      says: "a grace of 0.6 s for calls of up to 0.2 s",
      world: (trial) =>
        peerWorld(trial, cutAfterGrace(trial, { graceMs: 600, by: "fin", answerMs: trial.between(20, 200) })),
    },
    "stop-in-order": {
      says: "GOAWAY, wait until the calls have ended, then FIN",
      world: (trial) => peerWorld(trial, stopInOrder(trial, trial.between(20, 200))),
    },
    "retry-if-idempotent": {
      says: "a retry policy of 3 attempts on UNAVAILABLE",
      client: retryOn("UNAVAILABLE"),
    },
    "resume-streams": {
      says: "a stream of messages; where it breaks off the program goes on with a new call, up to 3 times",
      plan: { kind: "server-streaming" },
      client: { again: { codes: "any", times: 3, pauseMs: 50 } },
      world: (trial) => peerWorld(trial, cutStream(trial, leaveUnderIt)),
    },
    "retry-everything": {
      says: "whatever fails is sent again at once, up to 3 times",
      client: { again: { codes: "any", times: 3, pauseMs: 0 } },
    },
    "more-keepalive": {
      says: "keepalive every 10 s, with and without calls",
      client: eagerKeepalive,
    },
  },
});
