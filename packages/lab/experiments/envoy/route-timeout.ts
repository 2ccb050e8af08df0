/** envoy/route-timeout: Envoy gives the whole response 15 s; here 15 s are 0.2 s. */

import type { Trial } from "#lab/experiment/experiment";
import { grpcLibraries } from "#lab/setups/client-groups";
import { eagerKeepalive } from "#lab/setups/habits";
import { experiment } from "#lab/experiment/experiment";
import type { World } from "#lab/experiment/world";
import { eachCall, slowly } from "#lab/worlds/each-call";
import { answerAsEnvoy } from "#lab/worlds/envoy-answers";
import { peerWorld } from "#lab/worlds/peer-world";

/** 15 s, a second being 13 ms. */
const routeTimeoutMs = 200;

export default experiment({
  entry: "envoy/route-timeout",
  says: "A hop that speaks as Envoy ends a call 0.2 s (15 s) after its request was complete; the server works for 0.3 to 0.8 s (22 to 60 s).",
  tier: "emulated",
  clients: grpcLibraries,
  also: ["grpc/status-from-server"], // what Holdfast prints names the peer's status first
  world: (trial) => impatient(trial),
  treatments: {
    "route-timeout-off": {
      says: "timeout 0s on the route",
      world: (trial) => peerWorld(trial, slowly(trial.between(300, 800))),
    },
    "per-method-route": {
      says: "a route of its own for the slow method, without a timeout",
      world: (trial) => peerWorld(trial, slowly(trial.between(300, 800))),
    },
    "client-deadline": { says: "a deadline of 20 s in the client", plan: { deadlineMs: 20_000 } },
    keepalive: { says: "keepalive every 10 s, with and without calls", client: eagerKeepalive },
  },
});

function impatient(trial: Trial): Promise<World> {
  return peerWorld(
    trial,
    eachCall(async (connection, call) => {
      connection.execute([call]);
      await connection.pause(routeTimeoutMs);
      answerAsEnvoy(connection, call, "routeTimeout");
    }),
  );
}
