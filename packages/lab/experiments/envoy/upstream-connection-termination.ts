/** envoy/upstream-connection-termination: the server behind Envoy closed its connection under a request that it had. */

import { experiment } from "#lab/experiment/experiment";
import { grpcLibraries } from "#lab/setups/client-groups";
import { retryOn } from "#lab/setups/habits";
import { eachCall, slowly } from "#lab/worlds/each-call";
import { answerAsEnvoy } from "#lab/worlds/envoy-answers";
import { peerWorld } from "#lab/worlds/peer-world";

export default experiment({
  entry: "envoy/upstream-connection-termination",
  says: "A hop that speaks as Envoy answers the first call with its connection termination; one in two calls had run by then.",
  tier: "emulated",
  clients: grpcLibraries,
  also: ["grpc/status-from-server"], // what Holdfast prints names the peer's status first
  world: (trial) => {
    const acted = trial.random() < 0.5;
    return peerWorld(
      trial,
      eachCall(async (connection, call) => {
        if (acted) connection.execute([call]);
        await connection.pause(trial.between(0, 40));
        answerAsEnvoy(connection, call, "connectionTermination");
      }, 1),
    );
  },
  treatments: {
    "drain-server": {
      says: "the server ends its calls before it closes",
      world: (trial) => peerWorld(trial, slowly(trial.between(0, 40))),
    },
    "retry-all-unavailable": {
      says: "a retry policy of the client for UNAVAILABLE, on every method",
      client: retryOn("UNAVAILABLE"),
    },
  },
});
