/**
 * When one check runs, pure: every interval, never on top of itself, given up after its time. `monitored-check.ts` acts.
 */

export type CheckRunState =
  | { readonly kind: "waiting"; readonly dueAtMs: number }
  | { readonly kind: "running"; readonly giveUpAtMs: number; readonly dueAtMs: number }
  /** It was given up and told so, but has not come back: another one must not start on top of it. */
  | { readonly kind: "overdue"; readonly dueAtMs: number }
  | { readonly kind: "stopped" };

export type CheckRunInput =
  | { readonly kind: "tick" }
  /** The check came back, whatever it says. */
  | { readonly kind: "settled" }
  | { readonly kind: "stop" };

export type CheckRunEffect =
  | "start"
  /** Tell it that nobody waits any more. */
  | "abort"
  | "count-result"
  | "count-timeout"
  /** It should run again and is still not back from the last time. */
  | "count-hang";

export interface CheckRunPolicy {
  readonly intervalMs: number;
  readonly timeoutMs: number;
}

type Step = readonly [next: CheckRunState, effects: readonly CheckRunEffect[]];

export function step(state: CheckRunState, input: CheckRunInput, nowMs: number, policy: CheckRunPolicy): Step {
  if (input.kind === "stop") return [{ kind: "stopped" }, running(state) ? ["abort"] : []];
  switch (state.kind) {
    case "waiting":
      if (input.kind !== "tick" || nowMs < state.dueAtMs) return [state, []];
      return [{ kind: "running", giveUpAtMs: nowMs + policy.timeoutMs, dueAtMs: nowMs + policy.intervalMs }, ["start"]];
    case "running":
      if (input.kind === "settled") return [{ kind: "waiting", dueAtMs: state.dueAtMs }, ["count-result"]];
      if (nowMs < state.giveUpAtMs) return [state, []];
      return [{ kind: "overdue", dueAtMs: Math.max(state.dueAtMs, nowMs) }, ["abort", "count-timeout"]];
    case "overdue":
      // What it says now is of no use: it was counted as failed.
      if (input.kind === "settled") return [{ kind: "waiting", dueAtMs: state.dueAtMs }, []];
      if (nowMs < state.dueAtMs) return [state, []];
      return [{ kind: "overdue", dueAtMs: nowMs + policy.intervalMs }, ["count-hang"]];
    case "stopped":
      return [state, []];
  }
}

/** When a `tick` is wanted, ms; Infinity if never. */
export function checkRunDeadline(state: CheckRunState): number {
  switch (state.kind) {
    case "waiting":
    case "overdue":
      return state.dueAtMs;
    case "running":
      return state.giveUpAtMs;
    case "stopped":
      return Infinity;
  }
}

function running({ kind }: CheckRunState): boolean {
  return kind === "running";
}
