/** What a table of spellings is made of: the shape of an entry, and the parts that patterns share. */

import type { Implementation } from "../record/vocabulary.ts";

export interface StatusForm {
  /** Nothing is tried on a line without this. */
  readonly mark: string;
  /** Groups `code` and `message`, or `other` in other quotes; `number` where the code stands a second time as a number. */
  readonly pattern: RegExp;
  readonly implementation?: Implementation;
  readonly proof: "form" | "words";
  /** How the message ends: at the end of the line, or with its own quote (then it is unescaped). */
  readonly message: "rest" | "quoted";
}

/** The names of statuses, as programs spell them. */
export const upper =
  "CANCELL?ED|UNKNOWN|INVALID_ARGUMENT|DEADLINE_EXCEEDED|NOT_FOUND|ALREADY_EXISTS|PERMISSION_DENIED|" +
  "RESOURCE_EXHAUSTED|FAILED_PRECONDITION|ABORTED|OUT_OF_RANGE|UNIMPLEMENTED|INTERNAL|UNAVAILABLE|DATA_LOSS|UNAUTHENTICATED";
export const camel =
  "Cancell?ed|Unknown|InvalidArgument|DeadlineExceeded|NotFound|AlreadyExists|PermissionDenied|ResourceExhausted|" +
  "FailedPrecondition|Aborted|OutOfRange|Unimplemented|Internal|Unavailable|DataLoss|Unauthenticated";
export const lower = upper.toLowerCase();
/** A message in double quotes; the second one may have been cut off. */
export const quoted = String.raw`"(?<message>(?:[^"\\]|\\.)*)"?`;
