/** lb/azure-silent-drop: an Azure load balancer forgets a flow after 4 min and tells nobody; here 4 min are 1.2 s. */

import { experiment } from "#lab/experiment/experiment";
import { pingAsTold, withoutNiceGrpc } from "#lab/setups/client-groups";
import { forgottenFlowWorld } from "#lab/worlds/forgotten-flow-world";

/** 240 s, a second being 5 ms. */
const forgetsAfterMs = 1_200;

export default experiment({
  entry: "lb/azure-silent-drop",
  says: "A device forgets a flow after 1.2 s (for 4 min) and lets the next packet, 2 s (400 s) after the last, vanish.",
  tier: "emulated",
  clients: withoutNiceGrpc,
  plan: { idleMs: 2_000, deadlineMs: 1_000 },
  atOnce: 60,
  also: ["client/deadline-exceeded"],
  world: (trial) => forgottenFlowWorld(trial, { forgetsAfterMs, then: "silence" }),
  treatments: {
    "tcp-reset": {
      says: "TCP reset enabled: both ends learn it when the flow is forgotten",
      world: (trial) => forgottenFlowWorld(trial, { forgetsAfterMs, then: "reset-at-once" }),
    },
    "server-ping": {
      says: "a PING of the server every 0.75 s (150 s)",
      world: (trial) => forgottenFlowWorld(trial, { forgetsAfterMs, then: "silence", serverPingEveryMs: 750 }),
    },
    "client-ping": {
      says: "a PING of the client every 0.9 s (180 s), without calls too",
      client: { keepalive: { timeMs: 900, timeoutMs: 5_000, permitWithoutCalls: true } },
      clients: pingAsTold,
    },
  },
});
