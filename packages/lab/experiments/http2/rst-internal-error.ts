/** http2/rst-internal-error: a proxy's upstream fails after the response headers, and the proxy resets the client's stream. */

import { clientIds, experiment } from "#lab/experiment/experiment";
import { callAgainOn } from "#lab/setups/habits";
import { serves } from "#lab/worlds/answers";
import { withChannelArguments } from "#lab/setups/client-groups";
import { peerWorld } from "#lab/worlds/peer-world";
import { resets } from "#lab/worlds/stream-resets";

export default experiment({
  entry: "http2/rst-internal-error",
  says: "Response headers come, then RST_STREAM(INTERNAL_ERROR): what nginx sends when its upstream fails behind the headers.",
  tier: "reproduced",
  clients: clientIds,
  world: (trial) => peerWorld(trial, resets(trial, { code: "INTERNAL_ERROR", ran: "by-chance", afterHeaders: true })),
  treatments: {
    "heal-the-upstream": {
      says: "the upstream ends its calls before it stops",
      world: (trial) => peerWorld(trial, serves),
    },
    "retry-idempotent": {
      says: "the program calls once more on INTERNAL",
      client: callAgainOn("INTERNAL", "internal", "ERR_HTTP2_STREAM_ERROR"),
    },
    "channel-options": {
      says: "larger message limits and keepalive every 10 s",
      client: {
        keepalive: { timeMs: 10_000, timeoutMs: 5_000, permitWithoutCalls: true },
        options: { "grpc.max_receive_message_length": -1, "grpc.max_send_message_length": -1 },
      },
      clients: withChannelArguments,
    },
  },
});
