/** http2/rst-enhance-your-calm: a server whose budget is used up by open calls refuses further streams with code 11. */

import { clientIds, experiment } from "#lab/experiment/experiment";
import { withChannelArguments } from "#lab/setups/client-groups";
import { peerWorld } from "#lab/worlds/peer-world";
import { refusesAbove } from "#lab/worlds/stream-resets";

const refuses = { code: "ENHANCE_YOUR_CALM" } as const;

export default experiment({
  entry: "http2/rst-enhance-your-calm",
  says: "Two answers that wait to be read fill the server's memory; the other 4 of 6 calls meet RST_STREAM(ENHANCE_YOUR_CALM).",
  tier: "reproduced",
  clients: clientIds,
  plan: { calls: 6 },
  world: (trial) => peerWorld(trial, refusesAbove(2, trial.between(50, 150), refuses)),
  treatments: {
    "session-memory": {
      says: "the server's memory for a session holds 100 such answers",
      world: (trial) => peerWorld(trial, refusesAbove(100, trial.between(50, 150), refuses)),
    },
    "buffer-less": {
      says: "the server writes only what is read: a place is free again after 2 ms, and calls come 10 ms apart",
      plan: { everyMs: 10 },
      world: (trial) => peerWorld(trial, refusesAbove(2, 2, refuses)),
    },
    "receive-limit": {
      says: "grpc.max_receive_message_length of 64 MB on the client",
      client: { options: { "grpc.max_receive_message_length": 64 * 1024 * 1024 } },
      clients: withChannelArguments,
    },
  },
});
