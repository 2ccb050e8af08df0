/** httpclient/goaway: a server that recycles connections excludes a request of a plain HTTP client twice. */

import { experiment } from "#lab/experiment/experiment";
import { serves } from "#lab/worlds/answers";
import { drain } from "#lab/worlds/leaving-server";
import { peerWorld } from "#lab/worlds/peer-world";

const calls = 4;

export default experiment({
  entry: "httpclient/goaway",
  says: "GOAWAY(NO_ERROR) excludes some of four requests; undici replays each once, and the second connection excludes them too.",
  tier: "reproduced",
  clients: ["undici"],
  plan: { calls },
  world: (trial) => peerWorld(trial, drain(trial, { calls, connections: trial.between(2, 3) })),
  treatments: {
    "raise-request-limit": {
      says: "the server's connections serve more requests than there are",
      world: (trial) => peerWorld(trial, serves),
    },
  },
});
