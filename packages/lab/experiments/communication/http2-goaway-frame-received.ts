/** communication/http2-goaway-frame-received: GOAWAY with last id 0; what a program does about it decides. */

import type { Trial } from "#lab/experiment/experiment";
import { experiment } from "#lab/experiment/experiment";
import { lastIdZero } from "#lab/worlds/leaving-server";
import { peerWorld } from "#lab/worlds/peer-world";

const calls = 3;

/** grpc-js and C-core repeat an excluded call once by themselves: for them the second connection leaves as well. */
const connectionsThatLeave = ({ client }: Trial): number => (client === "grpc-js" || client === "grpcio" ? 2 : 1);

export default experiment({
  entry: "communication/http2-goaway-frame-received",
  says: "GOAWAY(NO_ERROR, last=0) under three calls, behind one that was answered; with gRPC's own libraries on the second connection too.",
  tier: "reproduced",
  clients: ["node-http2", "connect-node", "grpc-js", "grpcio"],
  // The last: a grpcio client may lose sight of a call in the moment of the GOAWAY, and then waits for its deadline.
  also: ["grpc/goaway-unprocessed-stream", "node/new-stream-after-goaway", "client/deadline-exceeded"],
  plan: { calls },
  world: (trial) => peerWorld(trial, lastIdZero(trial, calls, connectionsThatLeave(trial))),
  treatments: {
    "send-again": {
      says: "what the frame excluded is sent again on a new connection",
      client: { again: { codes: "any", times: 1, pauseMs: 0 } },
    },
    "close-in-goaway-handler": {
      says: "session.on('goaway', () => { session.close(); createNewSession(); })",
      client: { session: { onGoaway: "close" } },
      clients: ["node-http2"],
    },
    "lb-policy-name": {
      says: "grpc.lb_policy_name is round_robin",
      client: { options: { "grpc.lb_policy_name": "round_robin" } },
      clients: ["grpc-js", "grpcio"],
    },
    "client-streams-limit": {
      says: "the client allows 1,000 concurrent streams",
      client: { options: { "grpc.max_concurrent_streams": 1_000 } },
      clients: ["grpc-js", "grpcio"],
    },
    "go-on-sending": {
      says: "the program goes on with the session that has had its GOAWAY",
      client: { session: { replace: "never" }, again: { codes: "any", times: 2, pauseMs: 50 } },
      clients: ["node-http2"],
    },
  },
});
