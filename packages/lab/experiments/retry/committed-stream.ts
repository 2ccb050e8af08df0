/** retry/committed-stream: response headers had arrived, so no policy repeats the call. */

import type { ClientSetup } from "#lab/experiment/client-setup";
import { experiment } from "#lab/experiment/experiment";
import { callAgainOn } from "#lab/setups/habits";
import { cutWorld } from "#lab/worlds/cut-world";
import { eachCall } from "#lab/worlds/each-call";
import { peerWorld } from "#lab/worlds/peer-world";

/** A policy alone: no word of the application that the call may run twice. */
function policy(maxAttempts: number): ClientSetup {
  return { retry: { maxAttempts, initialBackoffMs: 100, maxBackoffMs: 1_000, codes: ["UNAVAILABLE"] } };
}

export default experiment({
  entry: "retry/committed-stream",
  says: "A server stream that only reads ends by FIN after its headers and one to five messages; a policy retries UNAVAILABLE.",
  tier: "reproduced",
  clients: ["grpc-js", "nice-grpc", "holdfast", "grpcio", "grpc-go", "grpc-java"],
  also: ["tcp/fin-inflight"],
  client: policy(3),
  plan: { kind: "server-streaming" },
  world: (trial) => cutWorld(trial, { by: "fin", acted: false, answeredMessages: trial.between(1, 5) }),
  treatments: {
    resume: {
      says: "the application opens the stream once more, behind its cursor",
      client: callAgainOn("UNAVAILABLE"),
    },
    "late-headers": {
      says: "the server fails before it sends headers",
      world: (trial) =>
        peerWorld(
          trial,
          eachCall((connection, call) => connection.answerStatus(call, 14, "not now", "not-begun"), 1),
        ),
    },
    "policy-as-reconnect": { says: "a retry policy of five attempts and nothing else", client: policy(5) },
    "more-attempts": {
      says: "maxAttempts of 10",
      client: policy(10),
    },
    "wait-for-ready": { says: "waitForReady on the stream", client: { waitForReady: true } },
  },
});
