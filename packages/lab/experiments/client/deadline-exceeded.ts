/** client/deadline-exceeded: the handler takes longer than the call's deadline allows. */

import { experiment } from "#lab/experiment/experiment";
import { withoutNiceGrpc } from "#lab/setups/client-groups";
import { retryOn } from "#lab/setups/habits";
import { slowly } from "#lab/worlds/each-call";
import { peerWorld } from "#lab/worlds/peer-world";
import { vanishedWorld } from "#lab/worlds/vanished-world";

export default experiment({
  entry: "client/deadline-exceeded",
  says: "The handler takes 0.4 to 0.8 s, the deadline is 0.3 s.",
  tier: "reproduced",
  clients: withoutNiceGrpc,
  plan: { deadlineMs: 300 },
  world: (trial) => peerWorld(trial, slowly(trial.between(400, 800))),
  treatments: {
    "set-from-measurements": { says: "a deadline of 2 s, above the slowest answers", plan: { deadlineMs: 2_000 } },
    keepalive: {
      says: "keepalive every 0.5 s, where the connection fell silent 1.5 s before the call",
      client: { keepalive: { timeMs: 500, timeoutMs: 300, permitWithoutCalls: true } },
      plan: { idleMs: 2_500, deadlineMs: 1_000 },
      world: (trial) => vanishedWorld(trial, trial.between(400, 900)),
      clients: ["grpc-js", "connect-node", "tonic"],
    },
    "retry-same-context": {
      says: "five more tries in a loop with the same context",
      client: { again: { codes: ["DEADLINE_EXCEEDED"], times: 5, pauseMs: 50, sameDeadline: true } },
    },
    "retry-on-code": { says: "a retry policy for DEADLINE_EXCEEDED", client: retryOn("DEADLINE_EXCEEDED") },
  },
});
