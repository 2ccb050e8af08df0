/**
 * Whether and when the `retryPolicy` of a service config makes another attempt (gRFC A6). Pure: counts in, a decision
 * out. What the wire proves was not processed is not its business; that goes again without a policy.
 */

import { mayTryAgain, type FailedAttempt } from "../report/may-try-again.ts";
import { backoffMs, type BackoffPolicy } from "./backoff.ts";
import type { RetryPolicy } from "./service-config.ts";

export interface RetrySituation {
  readonly policy: RetryPolicy;
  /** Attempts that count against `maxAttempts`, the failed one included. */
  readonly attempts: number;
  /** Waits since the last pushback; `backoffStep` of the decision before, 0 at first. */
  readonly backoffStep: number;
  readonly failed: FailedAttempt;
  /** `grpc-retry-pushback-ms` as it came in the trailers. */
  readonly pushback?: string | undefined;
  /** In [0, 1). */
  readonly random: number;
}

export type RetryDecision =
  | { readonly kind: "retry"; readonly delayMs: number; readonly backoffStep: number; readonly why: string }
  | { readonly kind: "stop"; readonly why: string };

export function decideRetry({
  policy,
  attempts,
  backoffStep,
  failed,
  pushback,
  random,
}: RetrySituation): RetryDecision {
  const { again, why } = mayTryAgain(failed, { kind: "retry-policy", codes: policy.retryableStatusCodes });
  if (!again) return { kind: "stop", why };
  if (attempts >= policy.maxAttempts) return { kind: "stop", why: `all ${policy.maxAttempts} attempts are used` };
  if (pushback === undefined) {
    return {
      kind: "retry",
      delayMs: backoffMs(backoffStep, backoffOf(policy), random),
      backoffStep: backoffStep + 1,
      why,
    };
  }
  const delayMs = pushbackMs(pushback);
  if (delayMs === undefined)
    return { kind: "stop", why: `the server asked not to retry (pushback ${JSON.stringify(pushback)})` };
  return { kind: "retry", delayMs, backoffStep: 0, why: `${why}, and the server named the wait` };
}

/** A6: negative, or anything that is not a number, means "do not retry". */
function pushbackMs(text: string): number | undefined {
  return /^[0-9]{1,10}$/.test(text) ? Number(text) : undefined;
}

/** A6: min(initial × multiplier^n, max), 20 % either way. */
function backoffOf(policy: RetryPolicy): BackoffPolicy {
  const { initialBackoffMs, backoffMultiplier, maxBackoffMs } = policy;
  return { initialMs: initialBackoffMs, multiplier: backoffMultiplier, maxMs: maxBackoffMs, jitter: 0.2 };
}
