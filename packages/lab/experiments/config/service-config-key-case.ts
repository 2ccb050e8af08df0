/** config/service-config-key-case: the keys of a retry policy are written as in Go structs. */

import { experiment } from "#lab/experiment/experiment";
import { cutWorld } from "#lab/worlds/cut-world";

const name = [{ service: "holdfast.lab.v1.Lab" }];

/** As in the article: accepted by Go, whose JSON decoder ignores case. */
function goCased(maxAttempts: number, initialBackoff: string): string {
  const retryPolicy = {
    MaxAttempts: maxAttempts,
    InitialBackoff: initialBackoff,
    MaxBackoff: "5s",
    BackoffMultiplier: 2,
    RetryableStatusCodes: ["UNAVAILABLE", "RESOURCE_EXHAUSTED", "ABORTED"],
  };
  return JSON.stringify({ methodConfig: [{ name, waitForReady: true, retryPolicy }] });
}

const retryPolicy = {
  maxAttempts: 5,
  initialBackoff: "0.1s",
  maxBackoff: "5s",
  backoffMultiplier: 2,
  retryableStatusCodes: ["UNAVAILABLE"],
};

export default experiment({
  entry: "config/service-config-key-case",
  says: "A policy with MaxAttempts, InitialBackoff and so on; the connection ends under the first call, before the server acted on it.",
  tier: "reproduced",
  clients: ["grpc-js", "nice-grpc", "grpcio", "grpc-go", "grpc-java"],
  client: { serviceConfig: goCased(5, "0.1s") },
  plan: { warmUp: false },
  world: (trial) => cutWorld(trial, { by: "fin", acted: false }),
  treatments: {
    "camel-case": {
      says: "the same policy in lowerCamelCase",
      client: { serviceConfig: JSON.stringify({ methodConfig: [{ name, waitForReady: true, retryPolicy }] }) },
    },
    "all-fields": {
      says: "the five fields of a retryPolicy and nothing else",
      client: { serviceConfig: JSON.stringify({ methodConfig: [{ name: [{}], retryPolicy }] }) },
    },
    "edit-values": { says: "the same keys with other values", client: { serviceConfig: goCased(3, "0.2s") } },
    "copy-go": { says: "the article's text as it stands", client: { serviceConfig: goCased(5, "0.1s") } },
    "bare-policy": {
      says: "the policy without methodConfig around it",
      client: { serviceConfig: JSON.stringify({ retryPolicy }) },
    },
  },
});
