/** tonic/transport-error-unknown-or-cancelled: what tonic makes of a connection that is lost under a call. */

import { experiment } from "#lab/experiment/experiment";
import { callAgainOn, eagerKeepalive } from "#lab/setups/habits";
import { dropsOnce } from "#lab/worlds/server-behind";
import { peerWorld } from "#lab/worlds/peer-world";

export default experiment({
  entry: "tonic/transport-error-unknown-or-cancelled",
  says: "The peer runs a call and is lost before it answers: by FIN, RST, or RST_STREAM(INTERNAL_ERROR).",
  tier: "reproduced",
  clients: ["tonic"],
  also: ["tcp/fin-inflight", "tcp/reset-inflight", "http2/rst-internal-error", "http2/missing-trailers"],
  world: (trial) => peerWorld(trial, dropsOnce(trial, { endings: ["fin", "reset", "rst-stream"] })),
  treatments: {
    "keep-alive": { says: "keepalive every 10 s, with and without calls", client: eagerKeepalive },
    "retry-layer": { says: "called once more, whatever the error", client: callAgainOn() },
    "retry-unknown": { says: "called once more on UNKNOWN", client: callAgainOn("UNKNOWN") },
  },
});
