/** linkerd/fail-fast: Linkerd's proxy has had no ready server for a while, and answers at once with a status of a deadline. */

import type { Trial } from "#lab/experiment/experiment";
import { experiment } from "#lab/experiment/experiment";
import type { World } from "#lab/experiment/world";
import * as wire from "#lab/peer/frame";
import { wellBehaved } from "#lab/peer/peer-script";
import { grpcLibraries } from "#lab/setups/client-groups";
import { eachCall } from "#lab/worlds/each-call";
import { peerWorld } from "#lab/worlds/peer-world";

const text = "logical service 10.0.4.20:50051: service in fail-fast";

export default experiment({
  entry: "linkerd/fail-fast",
  says: "A hop that speaks as Linkerd's proxy answers every call at once with grpc-status 4 and l5d-proxy-error, for 0.2 to 0.6 s after the first.",
  tier: "emulated",
  clients: grpcLibraries,
  also: ["grpc/status-from-server"], // what Holdfast prints names the peer's status first
  world: failFast,
  treatments: {
    endpoints: { says: "an endpoint that is ready", world: (trial) => peerWorld(trial, () => wellBehaved) },
    "retry-this-deadline": {
      says: "the program calls again where the text names fail-fast, up to 5 times, 0.2 s apart",
      client: { again: { codes: "any", times: 5, pauseMs: 200, texts: ["fail-fast"] } },
    },
    "raise-deadline": { says: "a deadline of 30 s", plan: { deadlineMs: 30_000 } },
  },
});

function failFast(trial: Trial): Promise<World> {
  const forMs = trial.between(200, 600);
  let endsAt: number | undefined;
  return peerWorld(
    trial,
    eachCall((connection, call) => {
      endsAt ??= performance.now() + forMs;
      if (performance.now() > endsAt) return connection.finish([call]);
      const fields = {
        ":status": "200",
        "content-type": "application/grpc",
        "grpc-status": "4",
        "grpc-message": text,
        "l5d-proxy-error": text,
      };
      connection.write(wire.headersFrame(call.streamId, fields, true));
    }),
  );
}
