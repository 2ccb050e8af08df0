/** lb/nlb-idle-350s: an AWS Network Load Balancer forgets a flow after 350 s; here 350 s are 1.4 s. */

import { experiment } from "#lab/experiment/experiment";
import { grpcLibraries, pingAsTold } from "#lab/setups/client-groups";
import { retryOn } from "#lab/setups/habits";
import { forgottenFlowWorld } from "#lab/worlds/forgotten-flow-world";

/** 350 s, a second being 4 ms. */
const forgetsAfterMs = 1_400;

export default experiment({
  entry: "lb/nlb-idle-350s",
  says: "A device forgets a flow after 1.4 s (for 350 s) and answers the next packet, 2 s (500 s) after the last, with a reset.",
  tier: "emulated",
  clients: grpcLibraries,
  plan: { idleMs: 2_000 },
  atOnce: 60,
  also: ["tcp/fin-inflight", "tcp/reset-inflight", "connect/connection-drop-mislabelled"],
  world: (trial) => forgottenFlowWorld(trial, { forgetsAfterMs, then: "reset-next-packet" }),
  treatments: {
    "server-ping": {
      says: "a PING of the server every 0.96 s (240 s)",
      world: (trial) =>
        forgottenFlowWorld(trial, { forgetsAfterMs, then: "reset-next-packet", serverPingEveryMs: 960 }),
    },
    "client-ping": {
      says: "a PING of the client every 1.2 s (300 s), without calls too",
      client: { keepalive: { timeMs: 1_200, timeoutMs: 5_000, permitWithoutCalls: true } },
      clients: pingAsTold,
    },
    "raise-timeout": {
      says: "an idle timeout of 14.4 s (3,600 s)",
      world: (trial) => forgottenFlowWorld(trial, { forgetsAfterMs: 14_400, then: "reset-next-packet" }),
    },
    "retry-only": { says: "a retry policy for UNAVAILABLE", client: retryOn("UNAVAILABLE") },
  },
});
