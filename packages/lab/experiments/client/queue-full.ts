/** client/queue-full: calls wait for a connection, and Holdfast's own queue of them is at its limit. */

import { experiment } from "#lab/experiment/experiment";
import type { Trial } from "#lab/experiment/experiment";
import type { World } from "#lab/experiment/world";
import { peerWorld } from "#lab/worlds/peer-world";

export default experiment({
  entry: "client/queue-full",
  says: "The server is silent for 0.2 to 3 s; 40 calls with a deadline of 1 s wait for it in a queue of 20.",
  tier: "reproduced",
  clients: ["holdfast"],
  client: { options: { maxQueuedCalls: 20 } },
  plan: { warmUp: false, calls: 40, deadlineMs: 1_000 },
  world: silentAtFirst,
  treatments: {
    "shed-load": { says: "15 calls at once", plan: { calls: 15 } },
    "raise-limit": { says: "a queue of 100", client: { options: { maxQueuedCalls: 100 } } },
  },
});

function silentAtFirst(trial: Trial): Promise<World> {
  const silentMs = trial.between(200, 3_000);
  return peerWorld(trial, () => ({
    settings: "none",
    play: (connection) => {
      connection.freeze(silentMs);
      connection.greet();
    },
  }));
}
