/** http2/stream-ids-exhausted: a connection near the end of its 31-bit ids. */

import type { ClientSetup } from "#lab/experiment/client-setup";
import { experiment } from "#lab/experiment/experiment";
import { ages } from "#lab/worlds/leaving-server";
import { peerWorld } from "#lab/worlds/peer-world";
import { serves } from "#lab/worlds/answers";

const calls = 8;
/** Five ids are left on each connection: a billion calls have gone before. */
const nearTheEnd: ClientSetup = { session: { firstStreamId: 2 ** 31 - 9 } };

export default experiment({
  entry: "http2/stream-ids-exhausted",
  says: "A session is set to the last five of its stream ids; eight calls follow one another.",
  tier: "reproduced",
  clients: ["node-http2"],
  plan: { calls, everyMs: 5 },
  client: nearTheEnd,
  world: (trial) => peerWorld(trial, serves),
  treatments: {
    "connection-age": {
      says: "the server ends each connection by GOAWAY after three calls",
      world: (trial) => peerWorld(trial, ages(3)),
    },
    "concurrent-streams": {
      says: "the server allows 1,000 streams at once",
      world: (trial) => peerWorld(trial, () => ({ settings: { maxConcurrentStreams: 1_000 }, play: () => {} })),
    },
  },
});
