import { errorCodeName } from "./error-code.ts";

/**
 * A breach of RFC 9113 or 7541, as data. The pure layers never throw because of a peer: they hand one of these on, and
 * the connection answers with RST_STREAM (scope `stream`) or GOAWAY (scope `connection`).
 */
export interface Violation {
  readonly scope: "stream" | "connection";
  /** Who broke the rule; `us` when the local application asked for something that the rules forbid. */
  readonly by: "us" | "peer";
  /** The HTTP/2 error code to send, RFC 9113 §7. */
  readonly code: number;
  /** Section that was broken, for instance `rfc9113-6.9.1`, or the named limit that was passed, `limit-header-list`. */
  readonly rule: `rfc9113-${string}` | `rfc7541-${string}` | `limit-${string}`;
  readonly streamId?: number;
  /** What came and what was expected, for a person. */
  readonly detail: string;
}

/** `PROTOCOL_ERROR by peer (rfc9113-6.7): PING on stream 3, expected stream 0`. */
export function describeViolation(violation: Violation): string {
  return `${errorCodeName(violation.code)} by ${violation.by} (${violation.rule}): ${violation.detail}`;
}

/** A named limit was passed, by the peer. */
export function limitPassed(rule: `limit-${string}`, code: number, detail: string): Violation {
  return { scope: "connection", by: "peer", code, rule, detail };
}
