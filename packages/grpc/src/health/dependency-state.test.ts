import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type CheckResult, type DependencyState, step } from "./dependency-state.ts";

const states: DependencyState[] = [
  { kind: "unchecked" },
  { kind: "up", failuresInARow: 0 },
  { kind: "up", failuresInARow: 1 },
  { kind: "down", successesInARow: 0, sinceMs: 7, reason: "old" },
  { kind: "down", successesInARow: 1, sinceMs: 7, reason: "old" },
];
const passed: CheckResult = { kind: "passed" };
const failed: CheckResult = { kind: "failed", reason: "new" };
const thresholds = { failure: 2, success: 2 };

describe("a dependency", () => {
  it("has an answer for every state and result", () => {
    const cells = states.map((state) => [passed, failed].map((result) => step(state, result, 50, thresholds)));
    expect(cells).toEqual([
      [
        [{ kind: "up", failuresInARow: 0 }, true],
        [{ kind: "down", successesInARow: 0, sinceMs: 50, reason: "new" }, true],
      ],
      [
        [{ kind: "up", failuresInARow: 0 }, false],
        [{ kind: "up", failuresInARow: 1 }, false],
      ],
      [
        [{ kind: "up", failuresInARow: 0 }, false],
        [{ kind: "down", successesInARow: 0, sinceMs: 50, reason: "new" }, true],
      ],
      [
        [{ kind: "down", successesInARow: 1, sinceMs: 7, reason: "old" }, false],
        [{ kind: "down", successesInARow: 0, sinceMs: 7, reason: "new" }, false],
      ],
      [
        [{ kind: "up", failuresInARow: 0 }, true],
        [{ kind: "down", successesInARow: 0, sinceMs: 7, reason: "new" }, false],
      ],
    ]);
  });

  it("turns only behind as many equal results in a row as its thresholds say", () => {
    const anyThreshold = fc.integer({ min: 1, max: 5 });
    fc.assert(
      fc.property(fc.array(fc.boolean()), anyThreshold, anyThreshold, (results, failure, success) => {
        let state: DependencyState = { kind: "unchecked" };
        for (const [index, result] of results.entries()) {
          const [next, turned]: readonly [DependencyState, boolean] = step(state, result ? passed : failed, index, {
            failure,
            success,
          });
          const inARow = next.kind === "up" ? success : failure;
          if (turned && state.kind !== "unchecked") {
            const last = results.slice(index + 1 - inARow, index + 1);
            expect(last).toEqual(Array(inARow).fill(next.kind === "up"));
          }
          if (!turned) expect(next.kind).toBe(state.kind);
          state = next;
        }
      }),
    );
  });
});
