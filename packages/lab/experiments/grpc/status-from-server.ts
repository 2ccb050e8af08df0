/** grpc/status-from-server: the handler ran and chose the status that the caller sees. */

import type { Trial } from "#lab/experiment/experiment";
import { experiment } from "#lab/experiment/experiment";
import { eagerKeepalive, fiveAttemptsOn } from "#lab/setups/habits";
import { answers, serves } from "#lab/worlds/answers";
import { grpcLibraries } from "#lab/setups/client-groups";
import { peerWorld } from "#lab/worlds/peer-world";

const statuses: readonly (readonly [code: number, message: string])[] = [
  [3, "order id must be positive"],
  [5, "order 4711 does not exist"],
  [6, "user already exists"],
  [9, "cart is locked"],
  [10, "transaction was aborted by a concurrent one"],
  [11, "page is out of range"],
];

/** What connect-node prints of a status 10 reads like its own word for a lost connection, and explain leaves it alone. */
const aborted = 10;

/** The state that the handler looks at stays as it is: each call runs and ends in the same way. */
function refusal(trial: Trial) {
  const clear = trial.client === "connect-node" ? statuses.filter(([code]) => code !== aborted) : statuses;
  const [code, message] = clear[trial.between(0, clear.length - 1)] ?? [3, ""];
  return answers((peer, call) => peer.answerStatus(call, code, message, "not-begun"));
}

export default experiment({
  entry: "grpc/status-from-server",
  says: "The handler runs and ends every call with a status of its own: 3, 5, 6, 9, 10 or 11.",
  tier: "reproduced",
  clients: grpcLibraries,
  world: (trial) => peerWorld(trial, refusal(trial)),
  treatments: {
    "search-the-message": {
      says: "what the message names was found in the server and put right",
      world: (trial) => peerWorld(trial, serves),
    },
    "network-tuning": {
      says: "keepalive every 10 s and a deadline of 20 s",
      plan: { deadlineMs: 20_000 },
      client: eagerKeepalive,
    },
    "retry-aborted": {
      says: "maxAttempts 5 on ABORTED, FAILED_PRECONDITION and UNAVAILABLE",
      client: fiveAttemptsOn("ABORTED", "FAILED_PRECONDITION", "UNAVAILABLE"),
    },
  },
});
