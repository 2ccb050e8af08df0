/**
 * Reads the errors of other libraries. Only shapes that cannot be mistaken are read: a number in `code` alone is not a
 * gRPC status (DOMException has numbers of its own, Node has strings).
 */

import { status, type StatusCode } from "../rpc/status.ts";
import type { Reason } from "./reasons.ts";

export interface ForeignError {
  readonly reason: Reason;
  readonly code: StatusCode;
  readonly text: string;
}

export function readForeignError(thrown: unknown): ForeignError {
  if (typeof thrown !== "object" || thrown === null) {
    return { reason: "FOREIGN_ERROR", code: status.UNKNOWN, text: String(thrown) };
  }
  const { name, message, code, details, rawMessage } = thrown as Readonly<Record<string, unknown>>;
  const text = typeof message === "string" ? message : "an object was thrown that is not an Error";
  if (name === "AbortError") return { reason: "CANCELLED_BY_CALLER", code: status.CANCELLED, text };
  if (name === "TimeoutError") return { reason: "DEADLINE_EXCEEDED", code: status.DEADLINE_EXCEEDED, text };
  if (isErrorCode(code)) {
    // grpc-js: `details` is the status message. Connect: `rawMessage` is.
    if (typeof details === "string") return { reason: "FOREIGN_ERROR", code, text: details };
    if (name === "ConnectError" && typeof rawMessage === "string")
      return { reason: "FOREIGN_ERROR", code, text: rawMessage };
  }
  return { reason: "FOREIGN_ERROR", code: status.UNKNOWN, text };
}

function isErrorCode(code: unknown): code is StatusCode {
  return typeof code === "number" && Number.isInteger(code) && code >= 1 && code <= 16;
}
