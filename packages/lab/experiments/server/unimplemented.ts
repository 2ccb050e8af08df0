/** server/unimplemented: somebody answers, but no handler has this path. */

import { experiment } from "#lab/experiment/experiment";
import { grpcLibraries } from "#lab/setups/client-groups";
import { fiveAttemptsOn } from "#lab/setups/habits";
import { wellBehaved } from "#lab/peer/peer-script";
import { eachCall } from "#lab/worlds/each-call";
import { peerWorld } from "#lab/worlds/peer-world";

export default experiment({
  entry: "server/unimplemented",
  says: "The server answers every call with UNIMPLEMENTED, as a Go server words it.",
  tier: "reproduced",
  clients: grpcLibraries,
  also: ["grpc/status-from-server"],
  world: (trial) =>
    peerWorld(
      trial,
      eachCall((connection, call) =>
        connection.answerStatus(call, 12, "unknown service holdfast.lab.v1.Lab", "not-begun"),
      ),
    ),
  treatments: {
    "register-the-service": {
      says: "a server that has the service",
      world: (trial) => peerWorld(trial, () => wellBehaved),
    },
    retry: { says: "a retry policy for UNIMPLEMENTED", client: fiveAttemptsOn("UNIMPLEMENTED") },
  },
});
