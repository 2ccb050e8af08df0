/** retry/ambiguous-unavailable-duplicate: a policy repeats a call that had run, because UNAVAILABLE does not say whether it did. */

import { experiment } from "#lab/experiment/experiment";
import type { Trial } from "#lab/experiment/experiment";
import type { World } from "#lab/experiment/world";
import { fiveAttemptsOn } from "#lab/setups/habits";
import { cutWorld } from "#lab/worlds/cut-world";
import { idempotentWorld } from "#lab/worlds/idempotent-world";
import { eventOn, peerWorld } from "#lab/worlds/peer-world";

/** A policy for another method, and so none for this one. */
const otherMethodOnly = JSON.stringify({
  methodConfig: [
    {
      name: [{ service: "holdfast.lab.v1.Lab", method: "Read" }],
      retryPolicy: {
        maxAttempts: 4,
        initialBackoff: "0.1s",
        maxBackoff: "1s",
        backoffMultiplier: 2,
        retryableStatusCodes: ["UNAVAILABLE"],
      },
    },
  ],
});

export default experiment({
  entry: "retry/ambiguous-unavailable-duplicate",
  says: "The server acts on the call and its connection ends before the answer; without a policy the caller is told UNAVAILABLE, which does not say that it ran.",
  tier: "reproduced",
  clients: ["grpc-js", "nice-grpc", "holdfast", "grpcio", "grpc-go", "grpc-java"],
  also: ["tcp/fin-inflight"],
  world: (trial) => cutWorld(trial, { by: "fin", acted: true }),
  treatments: {
    "idempotency-key": {
      says: "a policy, and a server that answers the second try from the first",
      client: fiveAttemptsOn("UNAVAILABLE"),
      world: idempotentWorld,
    },
    "policy-per-method": {
      says: "a policy that names only a method of reads",
      client: { serviceConfig: otherMethodOnly },
    },
    "rely-on-transparent": {
      says: "no policy, where a GOAWAY said that the call did not run",
      world: excludedWorld,
    },
    "global-policy": { says: "one policy for every method: name [{}]", client: fiveAttemptsOn("UNAVAILABLE") },
    "retry-aborted": { says: "ABORTED added", client: fiveAttemptsOn("UNAVAILABLE", "ABORTED") },
    "retry-exhausted": {
      says: "RESOURCE_EXHAUSTED added",
      client: fiveAttemptsOn("UNAVAILABLE", "RESOURCE_EXHAUSTED"),
    },
    "retry-deadline": { says: "DEADLINE_EXCEEDED added", client: fiveAttemptsOn("UNAVAILABLE", "DEADLINE_EXCEEDED") },
    "any-error": {
      says: "the article's loop: five more tries on any error",
      client: { again: { codes: "any", times: 5, pauseMs: 100 } },
    },
    "loop-over-policy": {
      says: "a loop of five tries around the policy, where twelve connections end in the same way",
      client: { ...fiveAttemptsOn("UNAVAILABLE"), again: { codes: ["UNAVAILABLE"], times: 5, pauseMs: 100 } },
      plan: { deadlineMs: 10_000 },
      world: (trial) => cutWorld(trial, { by: "fin", acted: true, connections: 12 }),
    },
  },
});

/** GOAWAY with a last id below the call: it did not run. */
function excludedWorld(trial: Trial): Promise<World> {
  const afterMs = trial.between(0, 40);
  return peerWorld(
    trial,
    eventOn(async (connection) => {
      const [call] = await connection.calls(1);
      await connection.pause(afterMs);
      connection.goaway("NO_ERROR", Math.max(0, (call?.streamId ?? 1) - 2));
    }),
  );
}
