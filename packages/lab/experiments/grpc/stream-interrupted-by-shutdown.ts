/** grpc/stream-interrupted-by-shutdown: a grpc-js server is forced down under a stream that has begun. */

import type { Trial } from "#lab/experiment/experiment";
import { experiment } from "#lab/experiment/experiment";
import { eagerKeepalive } from "#lab/setups/habits";
import type { GrpcJsStop } from "#lab/worlds/grpc-js-server";
import { stoppedGrpcJsServer } from "#lab/worlds/grpc-js-server";

/** The stream has 60 to 250 ms to go when the stop comes; the next server is there `downMs` later. */
const stopped = (trial: Trial, how: GrpcJsStop, downMs = trial.between(50, 150)) => {
  const afterMs = trial.between(10, 60);
  return stoppedGrpcJsServer({ how, afterMs, answerMs: afterMs + trial.between(60, 250), downMs });
};

/** As the record has it, in Python and elsewhere. */
const pastedPolicy = `{"methodConfig": [{"name": [{}], "retryPolicy": {"maxAttempts": 5, "initialBackoff": "0.1s", "maxBackoff": "1s", "backoffMultiplier": 2, "retryableStatusCodes": ["UNAVAILABLE"]}}]}`;

export default experiment({
  entry: "grpc/stream-interrupted-by-shutdown",
  says: "forceShutdown() of a grpc-js server under a stream that has begun; another server listens there 50 to 150 ms later.",
  tier: "reproduced",
  clients: ["grpc-js", "nice-grpc"],
  also: ["grpcjs/force-shutdown-cancelled"],
  plan: { kind: "server-streaming" },
  world: (trial) => stopped(trial, "force"),
  treatments: {
    resume: {
      says: "the program goes on with a new call, up to 4 times, 400 ms apart",
      client: { again: { codes: "any", times: 4, pauseMs: 400 } },
    },
    "end-streams-first": {
      says: "the handler ends its stream with UNAVAILABLE, for which the program calls again, up to 4 times",
      client: { again: { codes: ["UNAVAILABLE"], times: 4, pauseMs: 400 } },
      world: (trial) => stopped(trial, "end-in-handler"),
    },
    "policy-as-reconnection": {
      says: "the pasted policy: 5 attempts on UNAVAILABLE, for all methods",
      client: { serviceConfig: pastedPolicy },
    },
    "balancer-alone": {
      says: "another server takes new connections at once",
      world: (trial) => stopped(trial, "force", 0),
    },
    "retry-at-once": {
      says: "the program calls again, 3 times, without a pause",
      client: { again: { codes: "any", times: 3, pauseMs: 0 } },
    },
    keepalive: {
      says: "keepalive every 10 s, with and without calls",
      client: eagerKeepalive,
    },
  },
});
