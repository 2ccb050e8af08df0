/** h2/reset-limiter-goaway: calls that are cancelled in a burst fill the reset counter of a Rust endpoint. */

import { clientIds, experiment } from "#lab/experiment/experiment";
import { countsResets } from "#lab/worlds/counts-resets";
import { peerWorld } from "#lab/worlds/peer-world";

/** As many as h2 allows before it has accepted them: 20. */
const limit = 20;
const burst = { calls: 40, then: "cancel" } as const;

export default experiment({
  entry: "h2/reset-limiter-goaway",
  says: "The program cancels 40 calls at once; a peer that counts as h2 does answers GOAWAY(ENHANCE_YOUR_CALM, too_many_resets) and closes.",
  // The counting is imitated: no Rust server can be had on every machine.
  tier: "emulated",
  clients: clientIds,
  // tonic may write before it reads the GOAWAY.
  also: ["tcp/fin-inflight"],
  plan: { aside: burst },
  world: (trial) => peerWorld(trial, countsResets(limit)),
  treatments: {
    "cancel-less": {
      says: "the program cancels 10 calls at once",
      plan: { aside: { calls: 10, then: "cancel" } },
    },
    "raise-limits": {
      says: "the server counts up to 200 resets",
      world: (trial) => peerWorld(trial, countsResets(200)),
    },
    keepalive: {
      says: "keepalive only every 300 s",
      client: { keepalive: { timeMs: 300_000, timeoutMs: 20_000, permitWithoutCalls: false } },
    },
  },
});
