/** envoy/remote-reset: the server behind Envoy ended a stream by RST_STREAM; Envoy repeats it if it was told to. */

import type { Trial } from "#lab/experiment/experiment";
import { experiment } from "#lab/experiment/experiment";
import type { World } from "#lab/experiment/world";
import { grpcLibraries } from "#lab/setups/client-groups";
import { eachCall } from "#lab/worlds/each-call";
import { answerAsEnvoy } from "#lab/worlds/envoy-answers";
import { peerWorld } from "#lab/worlds/peer-world";

export default experiment({
  entry: "envoy/remote-reset",
  says: "A hop that speaks as Envoy: the server behind it refuses the first stream (one in two), or resets it after it has acted.",
  tier: "emulated",
  clients: grpcLibraries,
  also: ["grpc/status-from-server"], // what Holdfast prints names the peer's status first
  world: (trial) => envoy(trial, "never"),
  treatments: {
    "retry-refused": {
      says: "retry_on: refused-stream",
      world: (trial) => envoy(trial, "refused-stream"),
    },
    "retry-reset": { says: "retry_on: reset", world: (trial) => envoy(trial, "reset") },
  },
});

function envoy(trial: Trial, retryOn: "never" | "refused-stream" | "reset"): Promise<World> {
  const refused = trial.random() < 0.5;
  const repeats = retryOn === "reset" || (retryOn === "refused-stream" && refused);
  return peerWorld(
    trial,
    eachCall(async (connection, call) => {
      if (!refused) connection.execute([call]);
      await connection.pause(trial.between(0, 40));
      if (repeats) connection.finish([call]);
      else answerAsEnvoy(connection, call, refused ? "remoteRefused" : "remoteReset");
    }, 1),
  );
}
