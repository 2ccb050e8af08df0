import { mayTryAgain } from "../report/may-try-again.ts";
import { backoffMs, type BackoffPolicy } from "./backoff.ts";
import type { Failure } from "./failure.ts";
import { decideRetry } from "./retry-policy.ts";
import type { RetryPolicy } from "./service-config.ts";

/**
 * What to do after an attempt that failed. Two separate rights to try again: *reissue*, which needs nobody's leave
 * because the wire proves that the call was not processed, and *retry*, which a policy of the service config gives.
 * Pure. Going beyond gRFC A6's single transparent retry is a decision of ours: docs/decisions holds the reasons.
 */

export interface ReissueOptions {
  /**
   * How often a call that a peer refused unprocessed is sent again. Default 5; 0 turns it off. What never left this
   * process (no stream was opened) does not count, gRFC A6 "transparent retries".
   */
  readonly maxReissues: number;
}

export const defaultReissue: ReissueOptions = { maxReissues: 5 };

/** The first reissue goes at once: a single refusal is the normal course of a restart. From the second on it waits. */
const reissueBackoff: BackoffPolicy = { initialMs: 100, maxMs: 2_000, multiplier: 2, jitter: 0.2 };

export interface Tries {
  readonly reissues: number;
  readonly retries: number;
  /** See `RetrySituation.backoffStep`. */
  readonly backoffStep: number;
  /** `grpc-retry-pushback-ms` of the failed attempt, as it came. */
  readonly pushback: string | undefined;
}

export type Again =
  | { readonly kind: "stop" }
  /** `counts`: against `maxReissues`. */
  | { readonly kind: "reissue"; readonly delayMs: number; readonly counts: boolean }
  | { readonly kind: "retry"; readonly delayMs: number; readonly backoffStep: number };

export function decideAgain(
  failed: Failure,
  tries: Tries,
  options: ReissueOptions,
  retryPolicy: RetryPolicy | undefined,
  random: number,
): Again {
  // Nothing could be connected: how long to wait for that is the connections' business, not a reissue's.
  const unreachable = failed.evidence.some((fact) => fact.kind === "never-ready");
  if (!unreachable && mayTryAgain(failed, { kind: "unprocessed" }).again) {
    const counts = failed.evidence.every((fact) => fact.kind !== "never-sent");
    if (!counts) return { kind: "reissue", delayMs: 0, counts };
    if (tries.reissues < options.maxReissues) {
      const delayMs = tries.reissues === 0 ? 0 : backoffMs(tries.reissues - 1, reissueBackoff, random);
      return { kind: "reissue", delayMs, counts };
    }
  }
  if (retryPolicy === undefined) return { kind: "stop" };
  const { retries, backoffStep, pushback } = tries;
  return decideRetry({ policy: retryPolicy, attempts: retries + 1, backoffStep, failed, pushback, random });
}
