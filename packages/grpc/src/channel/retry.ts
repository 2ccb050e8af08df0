/**
 * `retry`: tries any asynchronous work again, on the same back-off and the same table as the channel. Owns the order of
 * tries and waits, deadlines and the caller's signal; what may be tried again is `report/may-try-again.ts`.
 */

import type { Host, Timer } from "../host/host.ts";
import { mayTryAgain } from "../report/may-try-again.ts";
import { StatusError, type AttemptRecord } from "../report/status-error.ts";
import { backoffMs } from "./backoff.ts";
import { readRetryOptions, type RetryOptions, type RetrySettings } from "./retry-options.ts";
import { withAttempts } from "./with-attempts.ts";

/** What `retry` needs of its surroundings. */
export type RetryHost = Pick<Host, "nowMs" | "timer" | "random">;

/** What one try is given. It can be handed on as the options of a call. */
export interface RetryTry {
  /** 1 for the first. */
  readonly attempt: number;
  /** Aborts when the try's or the whole time is up, and when the caller's signal does. Made on first use. */
  readonly signal: AbortSignal;
  /** What is left for this try, ms; absent when there is no limit. */
  readonly timeoutMs?: number;
}

/**
 * Calls `work` until it succeeds, fails for good, or the tries or the time are used up. The promise is rejected with the
 * error of the last try, which has `attempts`: a record of every try, oldest first.
 *
 * A try whose time is up is left alone when it does not heed its signal; what it does later is not heard.
 */
export function retry<T>(
  host: RetryHost,
  work: (attempt: RetryTry) => Promise<T> | T,
  options: RetryOptions,
): Promise<T> {
  if (typeof work !== "function") throw new TypeError(`retry: expected a function to try, not ${typeof work}`);
  const settings = readRetryOptions(options);
  return new Promise((resolve, reject) => new Retrying(host, work, settings, { resolve, reject }).start());
}

interface Outcome<T> {
  resolve(value: T): void;
  reject(error: unknown): void;
}

/** Why a try was told to stop, and what it comes to if it does not answer that. */
interface Cut {
  readonly by: "attempt-timeout" | "deadline" | "caller";
  readonly error: StatusError;
}

type State =
  | { readonly kind: "between" }
  | { readonly kind: "trying"; readonly current: Try }
  | { readonly kind: "waiting"; readonly wait: Timer }
  | { readonly kind: "done" };

class Retrying<T> {
  readonly #host: RetryHost;
  readonly #work: (attempt: RetryTry) => Promise<T> | T;
  readonly #settings: RetrySettings;
  readonly #outcome: Outcome<T>;
  readonly #attempts: AttemptRecord[] = [];
  readonly #deadlineMs: number;
  #state: State = { kind: "between" };
  #deadlineTimer: Timer | undefined;

  constructor(
    host: RetryHost,
    work: (attempt: RetryTry) => Promise<T> | T,
    settings: RetrySettings,
    outcome: Outcome<T>,
  ) {
    this.#host = host;
    this.#work = work;
    this.#settings = settings;
    this.#outcome = outcome;
    this.#deadlineMs = host.nowMs() + settings.timeoutMs;
  }

  start(): void {
    const { signal, timeoutMs } = this.#settings;
    if (signal?.aborted === true) return this.#onAbort();
    signal?.addEventListener("abort", this.#onAbort, { once: true });
    if (timeoutMs !== Infinity) this.#deadlineTimer = this.#host.timer(timeoutMs, () => this.#onDeadline());
    this.#tryOnce();
  }

  #tryOnce(): void {
    const nowMs = this.#host.nowMs();
    const timeoutMs = Math.min(this.#settings.attemptTimeoutMs, this.#deadlineMs - nowMs);
    const current = new Try(this.#attempts.length + 1, nowMs, timeoutMs);
    this.#state = { kind: "trying", current };
    // The last stretch before the deadline is the deadline's own.
    if (timeoutMs < this.#deadlineMs - nowMs)
      current.timer = this.#host.timer(timeoutMs, () => this.#onAttemptTimeout(current));
    const working = new Promise<T>((resolve) => resolve(this.#work(current.handle)));
    working.then(
      (value) => this.#succeeded(current, value),
      (error: unknown) => this.#failed(current, error),
    );
  }

  #succeeded(current: Try, value: T): void {
    if (!this.#isCurrent(current)) return;
    this.#end();
    this.#outcome.resolve(value);
  }

  #failed(current: Try, thrown: unknown): void {
    if (!this.#isCurrent(current)) return;
    current.timer?.cancel();
    this.#state = { kind: "between" };
    const { cut } = current;
    const error = cut === undefined ? thrown : cutError(cut, thrown);
    const known = StatusError.from(error);
    this.#attempts.push(recordOf(current, known, this.#host.nowMs()));
    if (cut !== undefined && cut.by !== "attempt-timeout") return this.#giveUp(error);
    if (this.#attempts.length > this.#settings.retries) return this.#giveUp(error);
    try {
      this.#waitAfter(error, known, cut !== undefined);
    } catch (mistake) {
      // `retryable` or `onRetry` threw: the caller's own mistake is his to see.
      this.#giveUp(mistake);
    }
  }

  #waitAfter(error: unknown, known: StatusError, attemptTimedOut: boolean): void {
    const { retries, backoff, onRetry } = this.#settings;
    if (!this.#mayTryAgain(error, known, attemptTimedOut)) return this.#giveUp(error);
    const attempt = this.#attempts.length;
    const delayMs = backoffMs(attempt - 1, backoff, this.#host.random());
    // A wait that outlasts the deadline helps nobody.
    if (this.#host.nowMs() + delayMs >= this.#deadlineMs) return this.#giveUp(error);
    onRetry?.({ attempt, of: retries, delayMs, error });
    // `onRetry` may have aborted the signal.
    if (this.#state.kind !== "between") return;
    this.#state = { kind: "waiting", wait: this.#host.timer(delayMs, () => this.#tryOnce()) };
  }

  #mayTryAgain(error: unknown, known: StatusError, attemptTimedOut: boolean): boolean {
    const { idempotent, retryable } = this.#settings;
    if (retryable !== undefined && !(error instanceof StatusError)) return idempotent && retryable(error);
    return mayTryAgain(known, { kind: "caller", idempotent, attemptTimedOut }).again;
  }

  #onAttemptTimeout(current: Try): void {
    const { attemptTimeoutMs } = this.#settings;
    this.#cut({
      by: "attempt-timeout",
      error: StatusError.of("DEADLINE_EXCEEDED", `try ${current.number} had ${attemptTimeoutMs} ms, and they are up`),
    });
  }

  #onDeadline(): void {
    const last = this.#attempts.at(-1);
    const before = last === undefined ? "" : `; the try before ended with ${last.text}`;
    this.#cut({
      by: "deadline",
      error: StatusError.of("DEADLINE_EXCEEDED", `the ${this.#settings.timeoutMs} ms for all tries are up${before}`),
    });
  }

  readonly #onAbort = (): void => {
    const cause: unknown = this.#settings.signal?.reason;
    this.#cut({ by: "caller", error: StatusError.of("CANCELLED_BY_CALLER", undefined, { cause }) });
  };

  /** Tells the try under way to stop, and lets it say what it knows: its error carries the evidence, ours would not. */
  #cut(cut: Cut): void {
    const state = this.#state;
    if (state.kind === "done") return;
    if (state.kind !== "trying") return this.#giveUp(cut.error);
    const { current } = state;
    // What came first governs, but the caller's word and the last deadline end everything.
    if (current.cut === undefined || current.cut.by === "attempt-timeout") current.cut = cut;
    current.timer?.cancel();
    current.abort(cut.by === "caller" ? cut.error.cause : cut.error);
    current.timer = this.#host.timer(0, () => this.#failed(current, cut.error));
  }

  #giveUp(error: unknown): void {
    this.#end();
    this.#outcome.reject(withAttempts(error, this.#attempts));
  }

  #end(): void {
    if (this.#state.kind === "trying") this.#state.current.timer?.cancel();
    if (this.#state.kind === "waiting") this.#state.wait.cancel();
    this.#state = { kind: "done" };
    this.#deadlineTimer?.cancel();
    this.#settings.signal?.removeEventListener("abort", this.#onAbort);
  }

  #isCurrent(current: Try): boolean {
    return this.#state.kind === "trying" && this.#state.current === current;
  }
}

/** One call of the work, as the machine sees it; the work sees `handle`. */
class Try {
  readonly number: number;
  readonly startedAtMs: number;
  readonly handle: RetryTry;
  timer: Timer | undefined;
  cut: Cut | undefined;
  #controller: AbortController | undefined;
  #aborted: { readonly reason: unknown } | undefined;

  constructor(number: number, startedAtMs: number, timeoutMs: number) {
    this.number = number;
    this.startedAtMs = startedAtMs;
    const signalOf = (): AbortSignal => this.#signal();
    const base = {
      attempt: number,
      // A signal costs microseconds, and much work never asks for it.
      get signal(): AbortSignal {
        return signalOf();
      },
    };
    this.handle = timeoutMs === Infinity ? base : Object.assign(base, { timeoutMs });
  }

  abort(reason: unknown): void {
    if (this.#aborted !== undefined) return;
    this.#aborted = { reason };
    this.#controller?.abort(reason);
  }

  #signal(): AbortSignal {
    if (this.#controller === undefined) {
      this.#controller = new AbortController();
      if (this.#aborted !== undefined) this.#controller.abort(this.#aborted.reason);
    }
    return this.#controller.signal;
  }
}

/** The error of a try that was told to stop: ours by name, with the evidence of its own. */
function cutError(cut: Cut, thrown: unknown): StatusError {
  if (thrown === cut.error) return cut.error;
  const { evidence, processed, report } = StatusError.from(thrown);
  const { code, reason, text } = cut.error;
  const known = report === undefined ? { evidence, processed } : { evidence, processed, report };
  return new StatusError(code, text, { reason, cause: cut.by === "caller" ? cut.error.cause : thrown, ...known });
}

function recordOf(current: Try, known: StatusError, endedAtMs: number): AttemptRecord {
  const { code, reason, processed, evidence, text, report } = known;
  const { number, startedAtMs } = current;
  const record = { number, startedAtMs, endedAtMs, code, reason, processed, evidence, text };
  return report === undefined ? record : { ...record, report };
}
