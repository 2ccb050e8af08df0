/** client/channel-closed-locally: the program closes its channel while it still makes calls on it. */

import { experiment } from "#lab/experiment/experiment";
import { grpcLibraries } from "#lab/setups/client-groups";
import { eagerKeepalive, retryOn } from "#lab/setups/habits";
import { wellBehaved } from "#lab/peer/peer-script";
import { peerWorld } from "#lab/worlds/peer-world";

export default experiment({
  entry: "client/channel-closed-locally",
  says: "Three calls, 60 ms apart; the program closes the channel 30 ms after the first.",
  tier: "reproduced",
  clients: grpcLibraries,
  plan: { calls: 3, everyMs: 60, closeChannelAfterMs: 30, deadlineMs: 2_000 },
  world: (trial) => peerWorld(trial, () => wellBehaved),
  treatments: {
    "one-owner": { says: "a channel that lives as long as the process", plan: { closeChannelAfterMs: "never" } },
    "order-of-shutdown": {
      says: "the channel closed 1.5 s after the first call, when all have ended",
      plan: { closeChannelAfterMs: 1_500 },
    },
    "change-network": { says: "keepalive every 10 s, with and without calls", client: eagerKeepalive },
    "retry-policy": { says: "a retry policy for UNAVAILABLE", client: retryOn("UNAVAILABLE") },
  },
});
