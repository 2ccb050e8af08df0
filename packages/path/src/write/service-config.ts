/** The service config of a planned client, as gRPC's JSON has it (gRFC A2): what a `Sender` says about calls. */

import type { Sender } from "../hops/path.ts";
import type { Workload } from "../hops/path.ts";

/** Written with the keys in lowerCamelCase, which every library reads. */
export function serviceConfigOf(sender: Sender, { deadlineMs }: Workload): Readonly<Record<string, unknown>> {
  const { retry } = sender;
  const policy =
    retry === undefined
      ? {}
      : {
          retryPolicy: {
            maxAttempts: retry.maxAttempts,
            initialBackoff: seconds(retry.initialBackoffMs),
            maxBackoff: seconds(retry.maxBackoffMs),
            backoffMultiplier: retry.multiplier,
            retryableStatusCodes: retry.codes,
          },
        };
  return {
    loadBalancingConfig: [{ [sender.balancing ?? "pick_first"]: {} }],
    ...(sender.watchesHealth === true ? { healthCheckConfig: { serviceName: "" } } : {}),
    methodConfig: [{ name: [{}], timeout: seconds(deadlineMs), ...policy }],
  };
}

/** The names of a client's settings that end up in its service config. */
export function serviceConfigSettings(sender: Sender): readonly string[] {
  return ["sender.balancing", "sender.watchesHealth", ...(sender.retry === undefined ? [] : ["sender.retry"])];
}

/** protobuf's JSON of a duration: `0.5s`. */
function seconds(ms = 0): string {
  return `${ms / 1_000}s`;
}
