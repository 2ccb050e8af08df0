/** How a service can be, in the words of grpc.health.v1, and the numbers that stand for them on the wire. */
import { HealthCheckResponse_ServingStatus as numbers } from "./health-pb.ts";

/** `SERVICE_UNKNOWN` is what a server says of a service that it was never told of. */
export type ServingStatus = keyof typeof numbers;

/** What a server can say of a service of its own. */
export type SettableStatus = Exclude<ServingStatus, "SERVICE_UNKNOWN">;

const names = Object.keys(numbers) as ServingStatus[];

/** One of grpc.health.v1's numbers. */
export type StatusNumber = (typeof numbers)[ServingStatus];

export function statusNumber(status: ServingStatus): StatusNumber {
  return numbers[status];
}

/** A number that a newer protocol may have is UNKNOWN to us. */
export function statusName(number: number): ServingStatus {
  return names.find((name) => numbers[name] === number) ?? "UNKNOWN";
}

/** @throws TypeError for what cannot be set. */
export function checkSettable(status: unknown): asserts status is SettableStatus {
  if (status === "SERVING" || status === "NOT_SERVING" || status === "UNKNOWN") return;
  const hint = status === "SERVICE_UNKNOWN" ? "; it is what a client hears of a service that was never set" : "";
  throw new TypeError(`health status ${JSON.stringify(status)}: expected SERVING, NOT_SERVING or UNKNOWN${hint}`);
}
