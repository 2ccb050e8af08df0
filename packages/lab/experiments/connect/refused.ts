/** connect/refused: nobody listens at the address, for a while or for good. */

import { experiment } from "#lab/experiment/experiment";
import { grpcLibraries } from "#lab/setups/client-groups";
import { fiveAttemptsOn } from "#lab/setups/habits";
import { wellBehaved } from "#lab/peer/peer-script";
import { peerWorld } from "#lab/worlds/peer-world";
import { unreachableWorld } from "#lab/worlds/unreachable-world";

export default experiment({
  entry: "connect/refused",
  says: "The server stops; the call comes up to 0.3 s later, and a server listens at the address again 0.8 to 1.5 s after it stopped.",
  tier: "reproduced",
  clients: grpcLibraries,
  plan: { idleMs: 400 },
  world: (trial) => unreachableWorld(trial, trial.between(800, 1_500)),
  treatments: {
    "check-target": {
      says: "the address of a server that listens",
      world: (trial) => peerWorld(trial, () => wellBehaved),
    },
    "check-rollout": {
      says: "the address advertised once the server listens: the call comes 2.5 s after the first",
      plan: { idleMs: 2_500 },
    },
    "wait-for-ready": {
      says: "calls that wait for a connection, with a deadline of 5 s",
      client: { waitForReady: true },
    },
    "retry-only": {
      says: "a retry policy of five attempts, and nobody listens at the address any more",
      client: fiveAttemptsOn("UNAVAILABLE"),
      world: (trial) => unreachableWorld(trial, "never"),
    },
  },
});
