/** http2/rst-cancel-from-server: the peer gives up a stream by RST_STREAM(CANCEL), before or after headers. */

import { experiment } from "#lab/experiment/experiment";
import { without } from "#lab/setups/client-groups";
import { callAgainOn, retryOn } from "#lab/setups/habits";
import { endsWith } from "#lab/worlds/answers";
import { peerWorld } from "#lab/worlds/peer-world";
import { resets } from "#lab/worlds/stream-resets";

export default experiment({
  entry: "http2/rst-cancel-from-server",
  says: "The peer resets the stream of a call with CANCEL; in half of the trials the call had run.",
  tier: "reproduced",
  clients: without("node-http2", "undici"),
  world: (trial) =>
    peerWorld(trial, resets(trial, { code: "CANCEL", ran: "by-chance", afterHeaders: trial.random() < 0.5 })),
  treatments: {
    "check-own-signal": {
      says: "no signal of its own fired, so the program calls once more",
      client: callAgainOn("CANCELLED", "CANCELED", "canceled", "ERR_HTTP2_STREAM_ERROR"),
    },
    "end-with-status": {
      says: "the server ends the call with UNAVAILABLE; the client has a retry policy of 3 attempts for that",
      client: retryOn("UNAVAILABLE"),
      world: (trial) => peerWorld(trial, endsWith(14, "server is leaving")),
    },
  },
});
