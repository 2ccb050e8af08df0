/** lb/alb-464: an AWS ALB answers with HTTP status 464, because the protocol does not fit the target group. */

import { experiment } from "#lab/experiment/experiment";
import { grpcLibraries } from "#lab/setups/client-groups";
import { fiveAttemptsOn } from "#lab/setups/habits";
import { wellBehaved } from "#lab/peer/peer-script";
import { answerHttp, eachCall } from "#lab/worlds/each-call";
import { peerWorld } from "#lab/worlds/peer-world";

export default experiment({
  entry: "lb/alb-464",
  says: "A hop answers each call with :status 464 and nothing else.",
  tier: "emulated",
  clients: grpcLibraries,
  world: (trial) =>
    peerWorld(
      trial,
      eachCall((connection, call) => answerHttp(connection, call, 464)),
    ),
  treatments: {
    "grpc-target-group": {
      says: "a target group of version GRPC: the server answers",
      world: (trial) => peerWorld(trial, () => wellBehaved),
    },
    retry: { says: "a retry policy for UNKNOWN and UNAVAILABLE", client: fiveAttemptsOn("UNKNOWN", "UNAVAILABLE") },
  },
});
