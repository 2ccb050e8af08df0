/** lb/ipvs-idle-900s: IPVS forgets a flow after 900 s; here 900 s are 1.8 s. */

import { experiment } from "#lab/experiment/experiment";
import { withoutNiceGrpc } from "#lab/setups/client-groups";
import { wellBehaved } from "#lab/peer/peer-script";
import { forgottenFlowWorld } from "#lab/worlds/forgotten-flow-world";
import { peerWorld } from "#lab/worlds/peer-world";

/** 900 s, a second being 2 ms. */
const forgetsAfterMs = 1_800;

export default experiment({
  entry: "lb/ipvs-idle-900s",
  says: "A device forgets a flow after 1.8 s (for 900 s) and answers the next packet, 2.4 s (1,200 s) after the last, with a reset or not at all, as chance has it.",
  tier: "emulated",
  clients: withoutNiceGrpc,
  plan: { idleMs: 2_400, deadlineMs: 1_000 },
  atOnce: 60,
  also: ["tcp/fin-inflight", "tcp/reset-inflight", "client/deadline-exceeded", "connect/connection-drop-mislabelled"],
  world: (trial) =>
    forgottenFlowWorld(trial, { forgetsAfterMs, then: trial.random() < 0.5 ? "reset-next-packet" : "silence" }),
  treatments: {
    ping: {
      says: "a PING of the server every 1.2 s (600 s)",
      world: (trial) => forgottenFlowWorld(trial, { forgetsAfterMs, then: "silence", serverPingEveryMs: 1_200 }),
    },
    "no-vip": {
      says: "the server's own address, without the device",
      world: (trial) => peerWorld(trial, () => wellBehaved),
    },
  },
});
