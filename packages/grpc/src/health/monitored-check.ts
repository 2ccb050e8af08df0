/** Acts on what `check-run-state.ts` decides: runs one check again and again, and hands on what it says. */
import type { Host, Timer } from "../host/host.ts";
import {
  checkRunDeadline,
  type CheckRunInput,
  type CheckRunPolicy,
  type CheckRunState,
  step,
} from "./check-run-state.ts";
import type { CheckResult } from "./dependency-state.ts";
import { failureText } from "./failure-text.ts";

/**
 * Asks a dependency whether it is there. Failed is whatever throws, rejects, resolves to `false`, or is not back in time;
 * `signal` aborts then.
 */
export type Check = (signal: AbortSignal) => unknown;

/** A tenth either way, so that the replicas of a service do not ask their database in step. */
const jitter = 0.1;

export class MonitoredCheck {
  readonly #host: Host;
  readonly #check: Check;
  readonly #policy: CheckRunPolicy;
  readonly #count: (result: CheckResult) => void;
  #state: CheckRunState;
  #timer: Timer | undefined;
  #controller = new AbortController();
  #result: CheckResult = { kind: "passed" };

  /** The first run begins a turn from now. */
  constructor(host: Host, check: Check, policy: CheckRunPolicy, count: (result: CheckResult) => void) {
    this.#host = host;
    this.#check = check;
    this.#policy = policy;
    this.#count = count;
    this.#state = { kind: "waiting", dueAtMs: host.nowMs() };
    this.#armTimer();
  }

  stop(): void {
    this.#take({ kind: "stop" });
  }

  #take(input: CheckRunInput): void {
    const { intervalMs, timeoutMs } = this.#policy;
    const share = 1 + jitter * (2 * this.#host.random() - 1);
    const before = this.#state;
    const [next, effects] = step(before, input, this.#host.nowMs(), { intervalMs: intervalMs * share, timeoutMs });
    this.#state = next;
    if (next !== before) this.#armTimer();
    for (const effect of effects) {
      switch (effect) {
        case "start":
          this.#start();
          break;
        case "abort":
          this.#controller.abort(
            input.kind === "stop"
              ? new DOMException("the health monitor was stopped", "AbortError")
              : new DOMException(`the health check took longer than ${timeoutMs} ms`, "TimeoutError"),
          );
          break;
        case "count-result":
          this.#count(this.#result);
          break;
        case "count-timeout":
          this.#count({ kind: "failed", reason: `no answer within ${timeoutMs} ms` });
          break;
        case "count-hang":
          this.#count({ kind: "failed", reason: "an earlier check has still not come back" });
          break;
      }
    }
  }

  #start(): void {
    this.#controller = new AbortController();
    const { signal } = this.#controller;
    const settled = (result: CheckResult): void => {
      this.#result = result;
      this.#take({ kind: "settled" });
    };
    const failed = (thrown: unknown): void => settled({ kind: "failed", reason: failureText(thrown) });
    // Code of the user, in a turn of its own; `async`, so that what it throws at once is no different.
    this.#host.defer(() => {
      (async () => this.#check(signal))().then(
        (answer) => (answer === false ? failed("the check says false") : settled({ kind: "passed" })),
        failed,
      );
    });
  }

  #armTimer(): void {
    this.#timer?.cancel();
    const dueMs = checkRunDeadline(this.#state);
    if (dueMs === Infinity) return;
    const delayMs = Math.max(0, dueMs - this.#host.nowMs());
    const look = (): void => this.#take({ kind: "tick" });
    // A blocked event loop fires its timers before it looks at its sockets: an answer that is there already counts.
    const patient = (): void => {
      this.#timer = this.#host.timer(0, look, { background: true });
    };
    this.#timer = this.#host.timer(delayMs, this.#state.kind === "running" ? patient : look, { background: true });
  }
}
