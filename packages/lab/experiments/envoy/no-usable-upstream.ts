/** envoy/no-usable-upstream: Envoy has no server to send to for a moment, and answers by itself. */

import type { Trial } from "#lab/experiment/experiment";
import { experiment } from "#lab/experiment/experiment";
import type { World } from "#lab/experiment/world";
import { grpcLibraries } from "#lab/setups/client-groups";
import { eachCall } from "#lab/worlds/each-call";
import { answerAsEnvoy } from "#lab/worlds/envoy-answers";
import { peerWorld } from "#lab/worlds/peer-world";

export default experiment({
  entry: "envoy/no-usable-upstream",
  says: "A hop that speaks as Envoy has no server for 50 to 200 ms after the first call, and answers what comes in that time.",
  tier: "emulated",
  clients: grpcLibraries,
  also: ["grpc/status-from-server"], // what Holdfast prints names the peer's status first
  world: (trial) => envoy(trial, { retries: false }),
  treatments: {
    readiness: { says: "a new server is ready before the old one stops", world: (trial) => envoy(trial, { gapMs: 0 }) },
    "connect-failure-retry": {
      says: "retry_on: connect-failure in the hop, with backoff",
      world: (trial) => envoy(trial, { retries: true }),
    },
    "as-uc": {
      says: "taken for a connection termination: the client does not repeat it",
      client: { retry: "off" },
    },
  },
});

function envoy(trial: Trial, how: { readonly gapMs?: number; readonly retries?: boolean }): Promise<World> {
  const gapMs = how.gapMs ?? trial.between(50, 200);
  const why = trial.random() < 0.5 ? "noHealthyUpstream" : "connectionFailure";
  let endsAt: number | undefined;
  return peerWorld(
    trial,
    eachCall(async (connection, call) => {
      endsAt ??= performance.now() + gapMs;
      const leftMs = endsAt - performance.now();
      if (leftMs > 0 && how.retries !== true) return answerAsEnvoy(connection, call, why);
      await connection.pause(Math.max(0, leftMs));
      connection.finish([call]);
    }),
  );
}
