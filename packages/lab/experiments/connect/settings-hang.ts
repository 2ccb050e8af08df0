/** connect/settings-hang: TCP is accepted, and no SETTINGS ever come. */

import { experiment } from "#lab/experiment/experiment";
import { withoutNiceGrpc } from "#lab/setups/client-groups";
import { peerWorld } from "#lab/worlds/peer-world";

export default experiment({
  entry: "connect/settings-hang",
  says: "The peer accepts the connection and says nothing at all; the call has a deadline of 0.5 s.",
  tier: "reproduced",
  clients: withoutNiceGrpc,
  also: ["client/deadline-exceeded"],
  plan: { warmUp: false, deadlineMs: 500 },
  world: (trial) => peerWorld(trial, () => ({ settings: "none", play: (connection) => connection.blackHole() })),
  treatments: {
    "raise-deadline": { says: "a deadline of 3 s", plan: { deadlineMs: 3_000 } },
    "look-at-accept": {
      says: "the accept loop unblocked 0.1 to 0.4 s after the connection",
      world: (trial) => {
        const blockedMs = trial.between(100, 400);
        return peerWorld(trial, () => ({
          settings: "none",
          play: (connection) => {
            connection.freeze(blockedMs);
            connection.greet();
          },
        }));
      },
      plan: { deadlineMs: 2_000 },
    },
  },
});
