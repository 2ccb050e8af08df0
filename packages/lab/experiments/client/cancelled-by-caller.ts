/** client/cancelled-by-caller: the caller's own signal or context ends the call. */

import { experiment } from "#lab/experiment/experiment";
import { withoutNiceGrpc } from "#lab/setups/client-groups";
import { callAgainOn } from "#lab/setups/habits";
import { slowly } from "#lab/worlds/each-call";
import { peerWorld } from "#lab/worlds/peer-world";

export default experiment({
  entry: "client/cancelled-by-caller",
  says: "The caller cancels 50 ms after it called; the handler takes 0.1 to 0.3 s.",
  tier: "reproduced",
  clients: withoutNiceGrpc,
  plan: { cancelAfterMs: 50 },
  world: (trial) => peerWorld(trial, slowly(trial.between(100, 300))),
  treatments: {
    "detach-work": { says: "a context of its own, which nobody cancels", plan: { cancelAfterMs: "never" } },
    "retry-cancelled": { says: "called once more on CANCELLED", client: callAgainOn("CANCELLED") },
  },
});
