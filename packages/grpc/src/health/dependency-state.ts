/**
 * What the results of its checks make of one dependency, pure. Owns the damping: the first result counts at once, later
 * ones only in a row. `monitor.ts` acts.
 */

export type DependencyState =
  /** Nothing was heard yet: what needs it does not serve. */
  | { readonly kind: "unchecked" }
  | { readonly kind: "up"; readonly failuresInARow: number }
  | { readonly kind: "down"; readonly successesInARow: number; readonly sinceMs: number; readonly reason: string };

export type CheckResult = { readonly kind: "passed" } | { readonly kind: "failed"; readonly reason: string };

export interface Thresholds {
  /** Failures in a row that make a dependency down. */
  readonly failure: number;
  /** Successes in a row that make it up again. */
  readonly success: number;
}

type Step = readonly [next: DependencyState, turned: boolean];

const up: DependencyState = { kind: "up", failuresInARow: 0 };

/** `turned`: it is not as it was, and what needs it may turn, too. */
export function step(state: DependencyState, result: CheckResult, nowMs: number, thresholds: Thresholds): Step {
  switch (state.kind) {
    case "unchecked":
      return [result.kind === "passed" ? up : down(result.reason, nowMs), true];
    case "up": {
      if (result.kind === "passed") return [up, false];
      const failuresInARow = state.failuresInARow + 1;
      if (failuresInARow >= thresholds.failure) return [down(result.reason, nowMs), true];
      return [{ kind: "up", failuresInARow }, false];
    }
    case "down": {
      // The newest reason is the one to look at.
      if (result.kind === "failed") return [{ ...state, successesInARow: 0, reason: result.reason }, false];
      const successesInARow = state.successesInARow + 1;
      return successesInARow >= thresholds.success ? [up, true] : [{ ...state, successesInARow }, false];
    }
  }
}

function down(reason: string, sinceMs: number): DependencyState {
  return { kind: "down", successesInARow: 0, sinceMs, reason };
}
