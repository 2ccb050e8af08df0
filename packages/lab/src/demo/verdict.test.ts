import { describe, expect, it } from "vitest";
import type { CallRecord } from "./tally.ts";
import { judge } from "./verdict.ts";

const read: CallRecord = {
  id: "h-r-000001",
  client: "holdfast",
  method: "Read",
  state: "ok",
  executedBy: ["backend-1.1"],
};
const write: CallRecord = { ...read, id: "h-w-000002", method: "Write" };

function failed(call: CallRecord, processed: "no" | "maybe" | "yes", executedBy: readonly string[]): CallRecord {
  const failure = { id: call.id, atMs: 1, code: "UNAVAILABLE", text: "gone", processed };
  return { ...call, state: "failed", failure, executedBy };
}

/** Story, call, promises that it breaks, lies. */
const cases: readonly (readonly [string, CallRecord, readonly string[], number])[] = [
  ["a read that is OK", read, [], 0],
  ["a read that ran twice", { ...read, executedBy: ["backend-1.1", "backend-2.1"] }, [], 0],
  ["a read that failed", failed(read, "maybe", []), ["read-failed"], 0],
  ["a write that may have run, and failed", failed(write, "maybe", ["backend-1.1"]), [], 0],
  ["a write that may have run and did not", failed(write, "maybe", []), [], 0],
  ["a write that ran twice", { ...write, executedBy: ["backend-1.1", "backend-1.2"] }, ["write-executed-twice"], 0],
  ["a write that failed though nobody had seen it", failed(write, "no", []), ["write-failed-unprocessed"], 0],
  [
    "a write told not to have run, that ran",
    failed(write, "no", ["backend-1.1"]),
    ["write-failed-unprocessed", "told-no-but-executed"],
    1,
  ],
  ["a write told to have run, that ran", failed(write, "yes", ["backend-1.1"]), [], 0],
  ["a write told to have run, that did not", failed(write, "yes", []), ["told-yes-but-not-executed"], 1],
  ["an OK that no backend knows of", { ...write, executedBy: [] }, ["told-yes-but-not-executed"], 1],
  ["a call that was given up", { ...write, state: "never-settled" }, ["never-settled"], 0],
  ["a call that is still open", { ...read, state: "open" }, ["never-settled"], 0],
  [
    "a call with the answer of another",
    {
      ...write,
      state: "failed",
      failure: { id: write.id, atMs: 1, code: "OK", text: "the answer is that of h-w-000003" },
    },
    ["answered-for-another"],
    0,
  ],
];

describe("the verdict", () => {
  it.each(cases)("on %s", (_story, call, broken, lies) => {
    const verdict = judge([read, call]);
    expect(verdict.breaches.map(({ promise }) => promise)).toEqual(broken);
    expect(verdict.breaches.flatMap(({ calls }) => calls)).toEqual(broken.map(() => call));
    expect(verdict.passed).toBe(broken.length === 0);
    expect(verdict.lies).toBe(lies);
  });

  it("is not about other clients", () => {
    const others = cases.map(([, call]): CallRecord => ({ ...call, client: "grpc-js" }));
    expect(judge(others)).toEqual({ passed: true, breaches: [], lies: 0 });
  });
});
