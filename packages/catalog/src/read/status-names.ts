/** How programs spell the gRPC status codes. Owns spellings, not the places where they stand. */

import { statusNames, type StatusName } from "../record/vocabulary.ts";

/** What tonic prints for a code when it shows it in words (`tonic::Code`, its `description`). */
const tonicDescriptions: Readonly<Record<string, StatusName>> = {
  "The operation was cancelled": "CANCELLED",
  "Unknown error": "UNKNOWN",
  "Client specified an invalid argument": "INVALID_ARGUMENT",
  "Deadline expired before operation could complete": "DEADLINE_EXCEEDED",
  "Some requested entity was not found": "NOT_FOUND",
  "Some entity that we attempted to create already exists": "ALREADY_EXISTS",
  "The caller does not have permission to execute the specified operation": "PERMISSION_DENIED",
  "Some resource has been exhausted": "RESOURCE_EXHAUSTED",
  "The system is not in a state required for the operation's execution": "FAILED_PRECONDITION",
  "The operation was aborted": "ABORTED",
  "Operation was attempted past the valid range": "OUT_OF_RANGE",
  "Operation is not implemented or not supported": "UNIMPLEMENTED",
  "Internal error": "INTERNAL",
  "The service is currently unavailable": "UNAVAILABLE",
  "Unrecoverable data loss or corruption": "DATA_LOSS",
  "The request does not have valid authentication credentials": "UNAUTHENTICATED",
};

/** Without case and separators, `DeadlineExceeded`, `deadline-exceeded` and `DEADLINE_EXCEEDED` are one. */
const folded: ReadonlyMap<string, StatusName> = new Map([
  ...statusNames.map((name): [string, StatusName] => [fold(name), name]),
  ["canceled", "CANCELLED"],
]);

/** The code that a program spelt, by name in any case, by number, or in tonic's words. */
export function statusNamed(spelling: string): StatusName | undefined {
  if (/^\d{1,2}$/.test(spelling)) return statusNames[Number(spelling)];
  return folded.get(fold(spelling)) ?? tonicDescriptions[spelling];
}

function fold(name: string): string {
  return name.replace(/[-_ ]/g, "").toLowerCase();
}
