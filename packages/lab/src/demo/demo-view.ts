/** Owns the shape in which a run is shown while it goes on and when it is over: plain data, nothing to act on. */

import type { BackendState } from "./backend.ts";
import type { ClientName, DemoPlan, MethodName } from "./demo-plan.ts";
import type { Restart } from "./restart-plan.ts";
import type { Counts, FailedCall } from "./tally.ts";
import type { Verdict } from "./verdict.ts";

export interface MethodView extends Counts {
  readonly method: MethodName;
  /** Calls that settled in a second: of late while the run goes on, over the whole run when it is over. */
  readonly callsPerS: number;
}

export interface ClientView {
  readonly client: ClientName;
  readonly methods: readonly MethodView[];
  /** CPU of the client's process, user and system, per settled call, after the warm-up. Absent before that. */
  readonly cpuUsPerCall?: number;
  readonly lastFailure?: FailedCall;
  /** Failed calls before the first restart, then after each and before the next. */
  readonly lost: readonly number[];
}

export interface DemoView {
  readonly plan: DemoPlan;
  readonly phase: "starting" | "running" | "settling" | "over";
  /** Of the load, ms; never more than the plan's. */
  readonly elapsedMs: number;
  readonly backends: readonly { readonly number: number; readonly state: BackendState }[];
  /** Those that have happened, with the times at which they did. */
  readonly restarts: readonly Restart[];
  readonly clients: readonly ClientView[];
}

export interface DemoResult {
  /** `stopped`: by the user, early, and every call has settled. `aborted`: too early for anything to be judged. */
  readonly ending: "finished" | "stopped" | "aborted";
  readonly view: DemoView;
  /** Absent if aborted. */
  readonly verdict?: Verdict;
}
