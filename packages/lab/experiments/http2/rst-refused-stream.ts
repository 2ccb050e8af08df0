/** http2/rst-refused-stream: more calls come at once than the peer takes, before the client knows the limit. */

import { clientIds, experiment } from "#lab/experiment/experiment";
import { retryOn } from "#lab/setups/habits";
import { peerWorld } from "#lab/worlds/peer-world";
import { refusesAbove } from "#lab/worlds/stream-resets";

export default experiment({
  entry: "http2/rst-refused-stream",
  says: "The peer takes 2 of 6 calls at once, for 50 to 150 ms, and refuses the others by RST_STREAM(REFUSED_STREAM).",
  tier: "reproduced",
  clients: clientIds,
  plan: { calls: 6 },
  world: (trial) => peerWorld(trial, refusesAbove(2, trial.between(50, 150))),
  treatments: {
    "more-streams": {
      says: "the server takes 100 calls at once",
      world: (trial) => peerWorld(trial, refusesAbove(100, trial.between(50, 150))),
    },
    "retry-policy-core": {
      says: "a retry policy of 3 attempts on UNAVAILABLE",
      client: retryOn("UNAVAILABLE"),
      clients: ["grpcio"],
    },
  },
});
