/** What the caller of `retry` decides, and how a wrong wish is refused. Owns defaults and checks, no behaviour. */

import type { BackoffPolicy } from "./backoff.ts";
import { nearest } from "../rpc/nearest.ts";

export interface RetryOptions {
  /**
   * Whether the work may run twice without harm. There is no default: with `false` only what provably was not processed
   * is tried again; with `true` also what may have been. The proof covers the one call whose error is thrown: work that
   * makes several calls is idempotent as a whole or not at all.
   */
  readonly idempotent: boolean;
  /** Tries after the first one. Default 5. */
  readonly retries?: number;
  /** The wait before the first retry, ms. Default 100. */
  readonly initialBackoffMs?: number;
  /** Default 2. */
  readonly backoffMultiplier?: number;
  /** The longest wait before jitter, ms. Default 5,000. */
  readonly maxBackoffMs?: number;
  /** The share by which a wait may be shorter or longer, 0 to 1. Default 0.2; 0 gives the bare sequence. */
  readonly jitter?: number;
  /** The time for everything, waits included, ms. Default: no limit. */
  readonly timeoutMs?: number;
  /** The time for each try, ms; each has it anew. Default: no limit but `timeoutMs`. */
  readonly attemptTimeoutMs?: number;
  /** Ends a wait at once, and the try under way through its own signal. */
  readonly signal?: AbortSignal;
  /**
   * Has the word on errors that are not a `StatusError`, when `idempotent` is true. Default: errors of grpc-js and
   * Connect are judged by their code, all others are final.
   */
  readonly retryable?: (error: unknown) => boolean;
  /** Hears of each retry before its wait. */
  readonly onRetry?: (retry: RetryNote) => void;
}

export interface RetryNote {
  /** The retry that is about to be made, 1 to `of`; also the number of the try that failed. */
  readonly attempt: number;
  readonly of: number;
  /** The wait that comes before it, ms. */
  readonly delayMs: number;
  readonly error: unknown;
}

/** `RetryOptions` with its defaults. */
export interface RetrySettings {
  readonly idempotent: boolean;
  readonly retries: number;
  readonly backoff: BackoffPolicy;
  /** Infinity for no limit. */
  readonly timeoutMs: number;
  readonly attemptTimeoutMs: number;
  readonly signal: AbortSignal | undefined;
  readonly retryable: ((error: unknown) => boolean) | undefined;
  readonly onRetry: ((retry: RetryNote) => void) | undefined;
}

const checks: Readonly<Record<keyof RetryOptions, readonly [expected: string, isFit: (value: unknown) => boolean]>> = {
  idempotent: ["true or false: whether the work may run twice without harm", (value) => typeof value === "boolean"],
  retries: ["a whole number, 0 or more", (value) => Number.isInteger(value) && Number(value) >= 0],
  initialBackoffMs: ["milliseconds, 0 or more", isDuration],
  backoffMultiplier: ["a number of at least 1", (value) => isDuration(value) && Number(value) >= 1],
  maxBackoffMs: ["milliseconds, 0 or more", isDuration],
  jitter: ["a number from 0 to 1", (value) => isDuration(value) && Number(value) <= 1],
  timeoutMs: ["milliseconds above 0", (value) => isDuration(value) && value !== 0],
  attemptTimeoutMs: ["milliseconds above 0", (value) => isDuration(value) && value !== 0],
  signal: ["an AbortSignal", (value) => value instanceof AbortSignal],
  retryable: ["a function", (value) => typeof value === "function"],
  onRetry: ["a function", (value) => typeof value === "function"],
};

/** Throws a `TypeError` for what nobody can have meant. */
export function readRetryOptions(options: RetryOptions): RetrySettings {
  const given: unknown = options;
  if (typeof given !== "object" || given === null)
    throw new TypeError("retry: options are required, at least { idempotent }");
  const known = Object.keys(checks) as (keyof RetryOptions)[];
  for (const name of Object.keys(given)) {
    if (Object.hasOwn(checks, name)) continue;
    const meant = nearest(name, known);
    throw new TypeError(`retry: unknown option ${name}${meant === undefined ? "" : `; did you mean ${meant}?`}`);
  }
  for (const name of known) {
    const [expected, isFit] = checks[name];
    const value: unknown = options[name];
    if (value === undefined && name !== "idempotent") continue;
    if (!isFit(value)) throw new TypeError(`retry: ${name} must be ${expected}, not ${String(value)}`);
  }
  return {
    idempotent: options.idempotent,
    retries: options.retries ?? 5,
    backoff: {
      initialMs: options.initialBackoffMs ?? 100,
      multiplier: options.backoffMultiplier ?? 2,
      maxMs: options.maxBackoffMs ?? 5_000, // 5 s: a person's patience with a page
      jitter: options.jitter ?? 0.2,
    },
    timeoutMs: options.timeoutMs ?? Infinity,
    attemptTimeoutMs: options.attemptTimeoutMs ?? Infinity,
    signal: options.signal,
    retryable: options.retryable,
    onRetry: options.onRetry,
  };
}

function isDuration(value: unknown): boolean {
  return typeof value === "number" && Number.isFinite(value) && value >= 0;
}
