/** server/handler-failed: the handler throws, and the server says UNKNOWN. */

import { experiment } from "#lab/experiment/experiment";
import { grpcLibraries } from "#lab/setups/client-groups";
import type { Trial } from "#lab/experiment/experiment";
import type { World } from "#lab/experiment/world";
import { eagerKeepalive, fiveAttemptsOn } from "#lab/setups/habits";
import { eachCall } from "#lab/worlds/each-call";
import { peerWorld } from "#lab/worlds/peer-world";

export default experiment({
  entry: "server/handler-failed",
  says: "The handler does its work, throws at its end, and the server answers UNKNOWN as a Python server words it.",
  tier: "reproduced",
  clients: grpcLibraries,
  also: ["grpc/status-from-server"],
  world: (trial) => failingHandler(trial, 2, "Exception calling application: order 7 is unknown"),
  treatments: {
    "throw-a-status": {
      says: "the handler says NOT_FOUND before it does its work",
      world: (trial) =>
        peerWorld(
          trial,
          eachCall((connection, call) => connection.answerStatus(call, 5, "order 7 is unknown", "not-begun")),
        ),
    },
    "retry-unknown": { says: "a retry policy for UNKNOWN", client: fiveAttemptsOn("UNKNOWN") },
    "blame-network": { says: "keepalive every 10 s, with and without calls", client: eagerKeepalive },
  },
});

function failingHandler(trial: Trial, status: number, message: string): Promise<World> {
  const workMs = trial.between(1, 40);
  return peerWorld(
    trial,
    eachCall(async (connection, call) => {
      connection.execute([call]);
      await connection.pause(workMs);
      connection.answerStatus(call, status, message, "not-begun");
    }),
  );
}
