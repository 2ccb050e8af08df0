/** grpcjs/force-shutdown-cancelled: a real grpc-js server is forced down under an open call. */

import type { Trial } from "#lab/experiment/experiment";
import { experiment } from "#lab/experiment/experiment";
import { fiveAttemptsOn, retryOn } from "#lab/setups/habits";
import type { GrpcJsStop } from "#lab/worlds/grpc-js-server";
import { stoppedGrpcJsServer } from "#lab/worlds/grpc-js-server";

/** The call needs 60 to 250 ms more when the stop comes; the next server is there 30 ms later. */
const stopped = (trial: Trial, how: GrpcJsStop) => {
  const afterMs = trial.between(10, 60);
  return stoppedGrpcJsServer({ how, afterMs, answerMs: afterMs + trial.between(60, 250), downMs: 30 });
};

export default experiment({
  entry: "grpcjs/force-shutdown-cancelled",
  says: "forceShutdown() of a grpc-js server under a running call; another server listens there 30 ms later.",
  tier: "reproduced",
  clients: ["grpc-js", "nice-grpc"],
  world: (trial) => stopped(trial, "force"),
  treatments: {
    "end-in-handler": {
      says: "the handler ends the call with UNAVAILABLE; the client has a retry policy of 5 attempts for that",
      client: fiveAttemptsOn("UNAVAILABLE"),
      world: (trial) => stopped(trial, "end-in-handler"),
    },
    "check-own-signal": {
      says: "the program did not cancel, so it calls once more, 100 ms later",
      client: { again: { codes: ["CANCELLED", "CANCELED", "canceled"], times: 1, pauseMs: 100 } },
    },
    "two-steps": {
      says: "tryShutdown, and forceShutdown after 1 s",
      world: (trial) => stopped(trial, "two-steps"),
    },
    "retry-cancelled": {
      says: "a retry policy of 3 attempts on CANCELLED and UNAVAILABLE",
      client: retryOn("CANCELLED", "UNAVAILABLE"),
    },
  },
});
