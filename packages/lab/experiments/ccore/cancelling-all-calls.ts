/** ccore/cancelling-all-calls: a real grpcio server is stopped without a grace under an open call. */

import type { Trial } from "#lab/experiment/experiment";
import { experiment } from "#lab/experiment/experiment";
import { retryOn } from "#lab/setups/habits";
import type { StoppedGrpcio } from "#lab/worlds/grpcio-server";
import { grpcioServer } from "#lab/worlds/grpcio-server";

/** The call needs 100 to 300 ms more when the stop comes; the next server is there 50 ms later. */
const stopped = (trial: Trial, how: StoppedGrpcio["how"]) => {
  const afterMs = trial.between(10, 60);
  return grpcioServer({ answerMs: afterMs + trial.between(100, 300), stop: { how, afterMs, downMs: 50 } });
};

export default experiment({
  entry: "ccore/cancelling-all-calls",
  says: "server.stop(0) of a grpcio server under a running call; another server listens there 50 ms later.",
  tier: "reproduced",
  clients: ["grpcio", "grpc-js", "grpc-go", "grpc-java", "connect-node"],
  needs: ["python3"],
  world: (trial) => stopped(trial, "grace-zero"),
  treatments: {
    "stop-with-grace": {
      says: "server.stop(grace=20)",
      world: (trial) => stopped(trial, "grace-long"),
    },
    "retry-idempotent": {
      says: "a retry policy of 3 attempts on UNAVAILABLE",
      client: retryOn("UNAVAILABLE"),
      clients: ["grpcio", "grpc-js", "grpc-go", "grpc-java"],
    },
    "graceful-shutdown-name": {
      says: "server.graceful_shutdown(timeout=30), and the end of the process that follows",
      world: (trial) => stopped(trial, "graceful-shutdown-method"),
    },
    "match-cancelled": {
      says: "the program calls again when it catches CANCELLED",
      client: { again: { codes: ["CANCELLED", "CANCELED", "canceled"], times: 3, pauseMs: 100 } },
    },
    "stop-none": {
      says: "server.stop(None)",
      world: (trial) => stopped(trial, "grace-none"),
    },
  },
});
