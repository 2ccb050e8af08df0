/** grpcjs/goaway-then-tcp-reset-internal-0: a server that drains is killed, and its kernel resets the connection. */

import { experiment } from "#lab/experiment/experiment";
import { retryOn } from "#lab/setups/habits";
import { cutAfterGrace, stopInOrder } from "#lab/worlds/leaving-server";
import { peerWorld } from "#lab/worlds/peer-world";

export default experiment({
  entry: "grpcjs/goaway-then-tcp-reset-internal-0",
  says: "GOAWAY(NO_ERROR) covers the running call; 80 to 250 ms later the connection ends by TCP RST.",
  tier: "reproduced",
  clients: ["grpc-js", "nice-grpc"],
  // Where a busy process reads both at once, Node tells the reset after all.
  also: ["grpc/goaway-then-connection-closed"],
  world: (trial) => peerWorld(trial, cutAfterGrace(trial, { graceMs: trial.between(80, 250), by: "reset" })),
  treatments: {
    "drain-before-exit": {
      says: "GOAWAY, wait until the calls have ended, then FIN",
      world: (trial) => peerWorld(trial, stopInOrder(trial, trial.between(20, 200))),
    },
    "internal-per-method": {
      says: "a retry policy of 3 attempts on UNAVAILABLE and INTERNAL",
      client: retryOn("UNAVAILABLE", "INTERNAL"),
    },
    "policy-unavailable": {
      says: "a retry policy of 3 attempts on UNAVAILABLE only",
      client: retryOn("UNAVAILABLE"),
    },
  },
});
