/**
 * Owns the runs of one server: at most one at a time, the same for everybody who watches, and none that nobody watches. Does
 * not know HTTP (`add-live.ts`).
 */

import type { DemoPlan } from "@holdfast/lab/demo";
import type { FindEntry } from "./failure-list.ts";
import type { MakeDemo } from "./live-demo.ts";
import { LiveRun } from "./live-run.ts";
import { pieceMs, type LiveView } from "./page/live-view.ts";

/** So long may nobody watch before a run is cut off: time to load a page again. */
const unwatchedLimitMs = 3_000;

export type Watcher = (view: LiveView) => void;

export interface LiveRunsSetting {
  readonly makeDemo: MakeDemo;
  readonly findEntry: FindEntry;
}

export class LiveRuns {
  readonly #setting: LiveRunsSetting;
  readonly #watchers = new Set<Watcher>();
  #run: LiveRun | undefined;
  #runs = 0;
  /** While a demo is being loaded there is no run yet, and no second one either. */
  #isMaking = false;
  #isClosed = false;
  #unwatched: NodeJS.Timeout | undefined;

  constructor(setting: LiveRunsSetting) {
    this.#setting = setting;
  }

  view(): LiveView {
    return this.#run?.look() ?? { kind: "idle" };
  }

  /** False if one is going on, or the server is closing. */
  async start(plan: DemoPlan): Promise<boolean> {
    if (this.#isMaking || this.#isClosed || this.#run?.isOver === false) return false;
    this.#isMaking = true;
    try {
      const demo = await this.#setting.makeDemo(plan);
      // Closed meanwhile: nothing has been started, so nothing is left.
      if (this.#isClosed) return false;
      const run = new LiveRun(++this.#runs, plan, demo, this.#setting.findEntry);
      const showing = setInterval(() => this.#show(), pieceMs);
      void run.done.then(() => this.#over(run, showing));
      this.#run = run;
      this.#show();
      if (this.#watchers.size === 0) this.#limitUnwatched();
      return true;
    } finally {
      this.#isMaking = false;
    }
  }

  /** Lets open calls settle. */
  stop(): void {
    this.#run?.stop();
  }

  /** Tells the watcher how things stand, and again whenever they change. Returns how to stop that. */
  watch(watcher: Watcher): () => void {
    this.#watchers.add(watcher);
    clearTimeout(this.#unwatched);
    watcher(this.view());
    return () => {
      this.#watchers.delete(watcher);
      if (this.#watchers.size === 0) this.#limitUnwatched();
    };
  }

  /** Ends what goes on; nothing can be started any more. Resolves when no process is left. */
  async close(): Promise<void> {
    this.#isClosed = true;
    clearTimeout(this.#unwatched);
    this.#run?.abort();
    await this.#run?.done;
  }

  #limitUnwatched(): void {
    clearTimeout(this.#unwatched);
    if (this.#run === undefined || this.#run.isOver) return;
    this.#unwatched = setTimeout(() => this.#run?.abort(), unwatchedLimitMs);
  }

  /** The next run may have begun: its predecessor's last words may take a while to be looked up. */
  #over(run: LiveRun, showing: NodeJS.Timeout): void {
    clearInterval(showing);
    if (this.#run === run) clearTimeout(this.#unwatched);
    this.#show();
  }

  #show(): void {
    const view = this.view();
    for (const watcher of this.#watchers) watcher(view);
  }
}
