/**
 * What a client may learn of something that a handler threw. Statuses that were meant as such go out as they are; of
 * everything else the client learns only that it happened, because messages of strange errors hold queries, paths and
 * secrets.
 */

import { readForeignError } from "../report/foreign-error.ts";
import { StatusError } from "../report/status-error.ts";
import { status } from "../rpc/status.ts";

export interface VisibleStatus {
  readonly error: StatusError;
  /** False: nobody chose this status, so the operator should hear of what was thrown. */
  readonly chosen: boolean;
}

/** A `StatusError`, or an error of grpc-js or Connect with a code of its own, is a status; anything else is UNKNOWN. */
export function visibleStatus(thrown: unknown): VisibleStatus {
  if (thrown instanceof StatusError) return { error: thrown, chosen: true };
  const { reason, code, text } = readForeignError(thrown);
  // An UNKNOWN of theirs cannot be told from an error of anybody's, and says no more than ours does.
  if (reason === "FOREIGN_ERROR" && code !== status.UNKNOWN) {
    return { error: new StatusError(code, text, { cause: thrown }), chosen: true };
  }
  return { error: StatusError.of("HANDLER_FAILED", undefined, { cause: thrown }), chosen: false };
}
