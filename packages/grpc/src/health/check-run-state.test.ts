import { describe, expect, it } from "vitest";
import { checkRunDeadline, type CheckRunInput, type CheckRunState, step } from "./check-run-state.ts";

const states: CheckRunState[] = [
  { kind: "waiting", dueAtMs: 100 },
  { kind: "running", giveUpAtMs: 100, dueAtMs: 200 },
  { kind: "overdue", dueAtMs: 100 },
  { kind: "stopped" },
];
const inputs: CheckRunInput[] = [{ kind: "tick" }, { kind: "settled" }, { kind: "stop" }];
const policy = { intervalMs: 1_000, timeoutMs: 10 };

function walk(nowMs: number): string[] {
  return states.flatMap((state) =>
    inputs.map((input) => {
      const [next, effects] = step(state, input, nowMs, policy);
      const same = JSON.stringify(next) === JSON.stringify(state);
      return `${state.kind} ${input.kind} → ${same ? "same" : next.kind} [${effects.join(" ")}]`;
    }),
  );
}

describe("a check that runs again and again", () => {
  it("has an answer for every state and input, before its time", () => {
    expect(walk(99)).toEqual([
      "waiting tick → same []",
      "waiting settled → same []",
      "waiting stop → stopped []",
      "running tick → same []",
      "running settled → waiting [count-result]",
      "running stop → stopped [abort]",
      "overdue tick → same []",
      "overdue settled → waiting []",
      "overdue stop → stopped []",
      "stopped tick → same []",
      "stopped settled → same []",
      "stopped stop → same []",
    ]);
  });

  it("has an answer for every state and input, when its time has come", () => {
    expect(walk(100)).toEqual([
      "waiting tick → running [start]",
      "waiting settled → same []",
      "waiting stop → stopped []",
      "running tick → overdue [abort count-timeout]",
      "running settled → waiting [count-result]",
      "running stop → stopped [abort]",
      "overdue tick → overdue [count-hang]",
      "overdue settled → waiting []",
      "overdue stop → stopped []",
      "stopped tick → same []",
      "stopped settled → same []",
      "stopped stop → same []",
    ]);
  });

  it("keeps its interval from start to start, and never starts while one is out", () => {
    let state: CheckRunState = { kind: "waiting", dueAtMs: 0 };
    const starts: number[] = [];
    let out = false;
    for (let nowMs = 0; nowMs < 5_000; nowMs += 5) {
      const input: CheckRunInput = out && nowMs % 1_000 === 500 ? { kind: "settled" } : { kind: "tick" };
      if (input.kind === "settled") out = false;
      const [next, effects]: readonly [CheckRunState, readonly string[]] = step(state, input, nowMs, policy);
      state = next;
      if (!effects.includes("start")) continue;
      expect(out).toBe(false);
      out = true;
      starts.push(nowMs);
    }
    expect(starts).toEqual([0, 1_000, 2_000, 3_000, 4_000]);
  });

  it("has a deadline in every state but the last", () => {
    expect(states.map(checkRunDeadline)).toEqual([100, 100, 100, Infinity]);
  });
});
