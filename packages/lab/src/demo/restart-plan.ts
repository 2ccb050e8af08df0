/** Owns which backend goes when, and by which signal. Does not own the processes. */

import { backendCount, restartEveryMs } from "./demo-plan.ts";
import type { KillStyle } from "./demo-plan.ts";

/** SIGTERM asks a backend to drain; SIGKILL asks nobody. */
export type RestartSignal = "SIGTERM" | "SIGKILL";

export interface Restart {
  /** Since the start of the load. */
  readonly atMs: number;
  /** The backend, from 1. */
  readonly backend: number;
  readonly signal: RestartSignal;
}

/** Three backends and two signals have no factor in common: every backend goes in both ways. */
export function* restartPlan(kill: KillStyle, forMs: number): Generator<Restart> {
  for (let turn = 0; (turn + 1) * restartEveryMs < forMs; turn++) {
    yield {
      atMs: (turn + 1) * restartEveryMs,
      backend: (turn % backendCount) + 1,
      signal: kill === "kill" || (kill === "mixed" && turn % 2 === 1) ? "SIGKILL" : "SIGTERM",
    };
  }
}
