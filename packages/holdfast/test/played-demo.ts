/** A demo that a test plays: it starts nothing, and shows and ends as it is told. */

import type { DemoPlan, DemoResult, DemoView, NamedFailure } from "@holdfast/lab/demo";
import type { LiveDemo } from "../src/web/live/live-demo.ts";
import { sampleView } from "./sample-view.ts";

export class PlayedDemo implements LiveDemo {
  readonly failures: NamedFailure[] = [];
  /** What was asked of it, in order. */
  readonly asked: ("run" | "stop" | "abort")[] = [];
  #view: DemoView;
  #end: (result: DemoResult) => void = () => {};
  #fail: (error: Error) => void = () => {};

  constructor(plan: DemoPlan) {
    this.#view = { ...sampleView, plan, phase: "starting", elapsedMs: 0, restarts: [] };
  }

  run(): Promise<DemoResult> {
    this.asked.push("run");
    return new Promise((resolve, reject) => {
      this.#end = resolve;
      this.#fail = reject;
    });
  }

  stop(): void {
    this.asked.push("stop");
  }

  /** Ends at once, as the real one does. */
  abort(): void {
    this.asked.push("abort");
    this.#end({ ending: "aborted", view: this.#view });
  }

  view(): DemoView {
    return this.#view;
  }

  show(view: Partial<DemoView>): void {
    this.#view = { ...this.#view, ...view };
  }

  end(ending: DemoResult["ending"], breaches: NonNullable<DemoResult["verdict"]>["breaches"] = []): void {
    this.show({ phase: "over" });
    this.#end({ ending, view: this.#view, verdict: { passed: breaches.length === 0, breaches, lies: 0 } });
  }

  fail(error: Error): void {
    this.#fail(error);
  }
}
