/** tcp/reset-inflight: the connection is reset while a call waits; nothing on the wire says whether the call ran. */

import { experiment } from "#lab/experiment/experiment";
import { grpcLibraries } from "#lab/setups/client-groups";
import { eagerKeepalive, retryOn } from "#lab/setups/habits";
import { cutWorld } from "#lab/worlds/cut-world";

export default experiment({
  entry: "tcp/reset-inflight",
  says: "The peer takes a call and resets the TCP connection before it answers; whether it had acted on the call is a matter of chance.",
  tier: "reproduced",
  clients: grpcLibraries,
  world: (trial) => cutWorld(trial, { by: "reset" }),
  treatments: {
    "retry-if-idempotent": { says: "a retry policy for UNAVAILABLE", client: retryOn("UNAVAILABLE") },
    keepalive: { says: "keepalive every 10 s, with and without calls", client: eagerKeepalive },
  },
});
