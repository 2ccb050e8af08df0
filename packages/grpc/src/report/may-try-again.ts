/**
 * The one table that says whether a failed attempt may be followed by another. No other code lists status codes for
 * trying again. Pure: how often, how soon and until when is the business of whoever asks.
 *
 * What the wire proves was not processed may always go again. What may have been processed goes again only if somebody
 * took that upon himself: the service config by naming codes (gRFC A6), or the caller of `retry` by `idempotent: true`.
 */

import { status, statusName, type StatusCode } from "../rpc/status.ts";
import type { Evidence, Processed } from "./evidence.ts";
import type { Reason } from "./reasons.ts";
import type { TerminationReport } from "./termination-report.ts";

/** What is known of an attempt that failed. A `StatusError` is one. */
export interface FailedAttempt {
  readonly code: StatusCode;
  readonly reason: Reason;
  readonly processed: Processed;
  readonly evidence: readonly Evidence[];
  /** The message without code and reason; a peer may say in it what it means by RESOURCE_EXHAUSTED. */
  readonly text: string;
  readonly report?: Pick<TerminationReport, "goaways"> | undefined;
}

export type TryAgainPolicy =
  /** Nobody allowed anything: only what was not processed. */
  | { readonly kind: "unprocessed" }
  /** A `retryPolicy` of the service config names the codes. */
  | { readonly kind: "retry-policy"; readonly codes: ReadonlySet<StatusCode> }
  /** The caller of `retry` said whether the call may run twice. `attemptTimedOut`: the attempt's own time was up. */
  | { readonly kind: "caller"; readonly idempotent: boolean; readonly attemptTimedOut?: boolean };

export interface Verdict {
  readonly again: boolean;
  /** For logs and reports: the row of the table that decided. */
  readonly why: string;
}

/** Ends that another attempt would meet again, whoever allows it. */
const finalReasons: ReadonlySet<Reason> = new Set([
  "CANCELLED_BY_CALLER",
  "CHANNEL_CLOSED",
  "MESSAGE_TOO_LARGE",
  "BAD_SERVICE_CONFIG",
] satisfies Reason[]);

type Row = (failed: FailedAttempt, attemptTimedOut: boolean) => Verdict;

/** What a call that may run twice is worth trying again for. A code that is absent is not. */
const idempotentRows: Partial<Record<StatusCode, Row>> = {
  [status.UNAVAILABLE]: () => yes("UNAVAILABLE, and the call may run twice"),
  [status.ABORTED]: () => yes("ABORTED, and the call may run twice"),
  [status.DEADLINE_EXCEEDED]: ({ reason }, attemptTimedOut) =>
    attemptTimedOut || reason !== "PEER_STATUS"
      ? yes("the attempt's own deadline, and the call may run twice")
      : no("the deadline was the server's, not the attempt's"),
  [status.RESOURCE_EXHAUSTED]: (failed) => {
    if (isPingPolicing(failed)) return no("too_many_pings: the same PINGs would end the next connection too");
    if (isSizeLimit(failed)) return no("a size limit: the same message would meet it again");
    return yes("RESOURCE_EXHAUSTED, and the call may run twice");
  },
};

export function mayTryAgain(failed: FailedAttempt, policy: TryAgainPolicy): Verdict {
  if (finalReasons.has(failed.reason)) return no(`${failed.reason} is final`);
  switch (policy.kind) {
    case "unprocessed":
      if (failed.reason === "DEADLINE_EXCEEDED") return no("the call's time is up");
      return failed.processed === "no" ? yes("not processed, by the wire") : no(`processed: ${failed.processed}`);
    case "retry-policy":
      return byRetryPolicy(failed, policy.codes);
    case "caller":
      return byCaller(failed, policy.idempotent, policy.attemptTimedOut ?? false);
  }
}

/** Whether an answer has begun, so that a retryPolicy no longer applies (gRFC A6, "committed"). */
export function isCommitted(evidence: readonly Evidence[]): boolean {
  return evidence.some((fact) => fact.kind === "headers-seen" || fact.kind === "message-seen");
}

function byRetryPolicy(failed: FailedAttempt, codes: ReadonlySet<StatusCode>): Verdict {
  if (failed.reason === "DEADLINE_EXCEEDED") return no("the call's time is up");
  if (isCommitted(failed.evidence)) return no("committed: the answer had begun");
  const name = statusName(failed.code);
  return codes.has(failed.code) ? yes(`retryPolicy names ${name}`) : no(`retryPolicy does not name ${name}`);
}

function byCaller(failed: FailedAttempt, idempotent: boolean, attemptTimedOut: boolean): Verdict {
  if (failed.processed === "no") return yes("not processed, by the wire");
  if (!idempotent) return no(`processed: ${failed.processed}, and the call is not idempotent`);
  const row = idempotentRows[failed.code];
  return row === undefined ? no(`${statusName(failed.code)} is not worth another try`) : row(failed, attemptTimedOut);
}

function isPingPolicing({ report, text }: FailedAttempt): boolean {
  return text.includes("too_many_pings") || (report?.goaways ?? []).some((each) => each.debugData === "too_many_pings");
}

/** How the servers of grpc-go, C-core, grpc-js, grpc-java and our own say that a message was over their limit. */
function isSizeLimit({ text }: FailedAttempt): boolean {
  return /larger than max|max(imum)? (message )?size|over the limit of/i.test(text);
}

function yes(why: string): Verdict {
  return { again: true, why };
}

function no(why: string): Verdict {
  return { again: false, why };
}
