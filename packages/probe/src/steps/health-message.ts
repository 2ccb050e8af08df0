/** The messages of grpc.health.v1, written and read by hand: one text, one number. */

import { protoField, protoFields } from "./proto-fields.ts";

export const healthPath = "/grpc.health.v1.Health/Check";

export const servingStatus = ["UNKNOWN", "SERVING", "NOT_SERVING", "SERVICE_UNKNOWN"] as const;

/** HealthCheckRequest. */
export function healthRequest(service: string): Uint8Array {
  return service === "" ? new Uint8Array(0) : protoField(1, service);
}

/** The status of a HealthCheckResponse; undefined: the bytes are none. */
export function healthStatus(message: Uint8Array): number | undefined {
  const fields = protoFields(message);
  if (fields === undefined) return undefined;
  const last = fields.findLast(({ number }) => number === 1)?.value;
  if (last === undefined) return 0;
  return typeof last === "number" ? last : undefined;
}
