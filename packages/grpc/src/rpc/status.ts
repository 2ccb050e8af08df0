/** The status codes of gRPC, by name. */
export const status = {
  OK: 0,
  CANCELLED: 1,
  UNKNOWN: 2,
  INVALID_ARGUMENT: 3,
  DEADLINE_EXCEEDED: 4,
  NOT_FOUND: 5,
  ALREADY_EXISTS: 6,
  PERMISSION_DENIED: 7,
  RESOURCE_EXHAUSTED: 8,
  FAILED_PRECONDITION: 9,
  ABORTED: 10,
  OUT_OF_RANGE: 11,
  UNIMPLEMENTED: 12,
  INTERNAL: 13,
  UNAVAILABLE: 14,
  DATA_LOSS: 15,
  UNAUTHENTICATED: 16,
} as const;

export type StatusName = keyof typeof status;
export type StatusCode = (typeof status)[StatusName];

const names = Object.keys(status) as StatusName[];

/** `UNAVAILABLE` for 14; `UNKNOWN` for a number that gRPC does not define, as the specification asks. */
export function statusName(code: number): StatusName {
  return names[code] ?? "UNKNOWN";
}
