/** tcp/reset-on-stale-idle-connection: a hop forgets an idle connection, and the first call after the pause hits it. */

import { experiment } from "#lab/experiment/experiment";
import { grpcLibraries } from "#lab/setups/client-groups";
import { retryOn } from "#lab/setups/habits";
import { forgottenFlowWorld } from "#lab/worlds/forgotten-flow-world";
import { pingPolicingWorld } from "#lab/worlds/ping-policing-world";

export default experiment({
  entry: "tcp/reset-on-stale-idle-connection",
  says: "A hop forgets a connection that has been quiet for 13 to 14.5 s; the call comes after 15 s and is answered with a reset.",
  tier: "reproduced",
  clients: grpcLibraries,
  // grpc-js looks for idle connections to close every 10 s only.
  plan: { idleMs: 15_000 },
  atOnce: 60,
  // That the connection had been idle is not in what they print.
  also: ["tcp/reset-inflight", "tcp/fin-inflight"],
  world: (trial) =>
    forgottenFlowWorld(trial, { forgetsAfterMs: trial.between(13_000, 14_500), then: "reset-next-packet" }),
  treatments: {
    "order-idle-times": {
      says: "grpc.client_idle_timeout_ms of 2 s, more than 10 s below the hop's",
      client: { options: { "grpc.client_idle_timeout_ms": 2_000 } },
      clients: ["grpc-js", "nice-grpc", "grpcio"],
    },
    "retry-if-idempotent": { says: "a retry policy for UNAVAILABLE", client: retryOn("UNAVAILABLE") },
    "recreate-on-thaw": { says: "a new channel after the pause", plan: { warmUp: false, idleMs: 0 } },
    "ping-without-calls": {
      says: "a PING every 0.3 s without calls, to a server that permits one in 5 minutes; the call takes 0.4 to 3 s",
      client: { keepalive: { timeMs: 300, timeoutMs: 5_000, permitWithoutCalls: true } },
      plan: { idleMs: 2_000 },
      world: (trial) => pingPolicingWorld(trial, { minimumMs: 300_000, workMs: trial.between(400, 3_000) }),
      // Go and Java raise the interval to 10 s by themselves.
      clients: ["grpc-js", "nice-grpc", "grpcio"],
    },
  },
});
