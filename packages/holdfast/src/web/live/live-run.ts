/**
 * Owns one run on the server, from the press of Start to its last word: what it looks like at any moment. Does not know who
 * watches (`live-runs.ts`).
 */

import type { DemoPlan, DemoResult, DemoView } from "@holdfast/lab/demo";
import { FailureList, type FindEntry } from "./failure-list.ts";
import type { LiveDemo } from "./live-demo.ts";
import { RunHistory } from "./run-history.ts";
import type { LiveEnding, RunView } from "./page/live-view.ts";

export class LiveRun {
  readonly #number: number;
  readonly #plan: DemoPlan;
  readonly #demo: LiveDemo;
  readonly #history: RunHistory;
  readonly #failures: FailureList;
  #failuresHeard = 0;
  #ending: LiveEnding | undefined;
  /** Resolves when nothing of it is left and everything is told; never rejects. */
  readonly done: Promise<void>;

  /** Starts it. */
  constructor(number: number, plan: DemoPlan, demo: LiveDemo, findEntry: FindEntry) {
    this.#number = number;
    this.#plan = plan;
    this.#demo = demo;
    this.#history = new RunHistory(plan.forMs);
    this.#failures = new FailureList(findEntry);
    this.done = this.#through();
  }

  get isOver(): boolean {
    return this.#ending !== undefined;
  }

  stop(): void {
    this.#demo.stop();
  }

  abort(): void {
    this.#demo.abort();
  }

  /** Looks at the demo and says what is to be seen of it. */
  look(): RunView {
    const { phase, elapsedMs, backends, restarts, clients } = this.#look();
    return {
      kind: "run",
      number: this.#number,
      plan: this.#plan,
      phase,
      elapsedMs,
      backends,
      restarts,
      clients: clients.map((client) => this.#history.of(client)),
      failures: this.#failures.latest(),
      ...(this.#ending === undefined ? {} : { ending: this.#ending }),
    };
  }

  async #through(): Promise<void> {
    try {
      const result = await this.#demo.run();
      this.#look();
      this.#ending = endingOf(result);
    } catch (error) {
      this.#ending = { kind: "trouble", message: error instanceof Error ? error.message : String(error) };
    }
    await this.#failures.looked();
  }

  #look(): DemoView {
    const view = this.#demo.view();
    if (!this.isOver) this.#history.look(view);
    for (const failure of this.#demo.failures.slice(this.#failuresHeard)) {
      this.#history.failed(failure);
      this.#failures.add(failure);
      this.#failuresHeard++;
    }
    return view;
  }
}

function endingOf({ ending, verdict }: DemoResult): LiveEnding {
  if (ending === "aborted" || verdict === undefined) return { kind: "cut" };
  return { kind: ending, broken: verdict.breaches.map(({ promise, calls }) => ({ promise, calls: calls.length })) };
}
