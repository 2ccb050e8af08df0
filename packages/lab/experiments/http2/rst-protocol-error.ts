/** http2/rst-protocol-error: a hop dislikes the bytes of a request, and the same bytes come again. */

import { clientIds, experiment } from "#lab/experiment/experiment";
import type { CodeName } from "#lab/peer/frame";
import { peerWorld } from "#lab/worlds/peer-world";
import { resets } from "#lab/worlds/stream-resets";

const codes: readonly CodeName[] = [
  "PROTOCOL_ERROR",
  "FLOW_CONTROL_ERROR",
  "SETTINGS_TIMEOUT",
  "STREAM_CLOSED",
  "FRAME_SIZE_ERROR",
  "COMPRESSION_ERROR",
  "CONNECT_ERROR",
];

export default experiment({
  entry: "http2/rst-protocol-error",
  says: "A hop rejects every request by RST_STREAM with code 1, 3, 4, 5, 6, 9 or 10, without passing it on.",
  tier: "reproduced",
  clients: clientIds,
  world: (trial) =>
    peerWorld(
      trial,
      resets(trial, { code: codes[trial.between(0, codes.length - 1)] ?? "PROTOCOL_ERROR", ran: "no", calls: "all" }),
    ),
  treatments: {
    retry: {
      says: "whatever fails is sent again, up to 4 times, 50 ms apart",
      client: { again: { codes: "any", times: 4, pauseMs: 50 } },
    },
  },
});
