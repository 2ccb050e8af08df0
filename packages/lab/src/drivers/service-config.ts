/** Owns gRPC's service config (gRFC A2, A6) as the settings of an order make it; the clients on gRPC's own libraries take it. */

import type { ClientSetup } from "../experiment/client-setup.ts";

/** As JSON text; undefined if no setting asks for one. A whole config of the setup stands as it is. */
export function serviceConfigOf({ serviceConfig, retry, loadBalancing }: ClientSetup): string | undefined {
  if (serviceConfig !== undefined) return serviceConfig;
  const config: Record<string, unknown> = {};
  if (loadBalancing !== undefined) config["loadBalancingConfig"] = [{ [loadBalancing]: {} }];
  if (retry !== undefined && retry !== "off") {
    const retryPolicy = {
      maxAttempts: retry.maxAttempts,
      initialBackoff: seconds(retry.initialBackoffMs),
      maxBackoff: seconds(retry.maxBackoffMs),
      backoffMultiplier: 2,
      retryableStatusCodes: retry.codes,
    };
    config["methodConfig"] = [{ name: [{}], retryPolicy }];
  }
  return Object.keys(config).length === 0 ? undefined : JSON.stringify(config);
}

function seconds(timeMs: number): string {
  return `${timeMs / 1_000}s`;
}
