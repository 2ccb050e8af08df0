/** The counting decides every published rate, so each way of counting wrongly that we could think of is tried here. */
import { describe, expect, it } from "vitest";
import type { ClientLine } from "./client-order.ts";
import type { TrialFacts } from "./count.ts";
import { countArm, countTrial } from "./count.ts";

const ok = (id: number, trial = 1): ClientLine => ({ kind: "ok", trial, id, tookMs: 1 });
const failed = (id: number, text = "14 UNAVAILABLE: gone", code = "UNAVAILABLE"): ClientLine => ({
  kind: "failed",
  trial: 1,
  id,
  tookMs: 1,
  code,
  text,
});

function trial(given: Partial<TrialFacts> & { readonly lines: readonly ClientLine[] }): TrialFacts {
  return { trial: 1, callIds: [1], executions: () => 1, done: true, ...given };
}

describe("countTrial", () => {
  it("survives if every call ended OK", () => {
    expect(countTrial(trial({ callIds: [1, 2], lines: [ok(2), ok(1)] }))).toEqual({
      trial: 1,
      kind: "survived",
      neverSettled: false,
      executedTwice: false,
    });
  });

  it("fails by one call out of many, with the first failure's code and text (mutant: a lost call counted OK)", () => {
    const lines = [ok(1), failed(3, "14 UNAVAILABLE: first"), failed(2, "4 DEADLINE_EXCEEDED", "DEADLINE_EXCEEDED")];
    expect(countTrial(trial({ callIds: [1, 2, 3], lines }))).toMatchObject({
      kind: "failed",
      failure: { code: "UNAVAILABLE", text: "14 UNAVAILABLE: first" },
      neverSettled: false,
    });
  });

  it("fails by a call without a line, which never settled (mutant: an unsettled one forgotten)", () => {
    const outcome = countTrial(trial({ callIds: [1, 2], lines: [ok(1)] }));
    expect(outcome).toMatchObject({ kind: "failed", neverSettled: true });
    expect(outcome.failure).toBeUndefined();
  });

  it("counts a call that failed beside one that never settled in both", () => {
    expect(countTrial(trial({ callIds: [1, 2], lines: [failed(1)] }))).toMatchObject({
      failure: { code: "UNAVAILABLE" },
      neverSettled: true,
    });
  });

  it("sees an execution too many of any call, also of one that ended OK (mutant: a twice not seen)", () => {
    const executions = (id: number): number => (id === 2 ? 2 : 1);
    const lines = [ok(1), ok(2)];
    expect(countTrial(trial({ callIds: [1, 2], lines, executions }))).toMatchObject({
      kind: "survived",
      executedTwice: true,
    });
  });

  it("does not count a call that was not executed as executed twice", () => {
    expect(countTrial(trial({ lines: [failed(1)], executions: () => 0 })).executedTwice).toBe(false);
  });

  it("sets a trial without its world apart (mutant: broken counted as failed)", () => {
    const noWarmUp = countTrial(trial({ lines: [{ kind: "broken", trial: 1, why: "no port" }] }));
    expect(noWarmUp).toMatchObject({ kind: "broken", why: "no port", neverSettled: false });
    expect(countTrial(trial({ lines: [], executions: undefined })).kind).toBe("broken");
  });

  it("knows nothing of a call whose driver was lost (mutant: a lost driver's calls counted as never settled)", () => {
    expect(countTrial(trial({ lines: [], done: false })).kind).toBe("broken");
    expect(countTrial(trial({ lines: [ok(1)], done: false })).kind).toBe("survived");
  });

  it("takes a line said twice as one, and believes no driver that contradicts itself", () => {
    expect(countTrial(trial({ lines: [ok(1), ok(1)] })).kind).toBe("survived");
    expect(countTrial(trial({ lines: [ok(1), failed(1)] })).kind).toBe("broken");
  });

  it("believes no line of a call that the trial does not have", () => {
    expect(countTrial(trial({ lines: [ok(1), ok(7)] })).kind).toBe("broken");
  });
});

describe("countArm", () => {
  const arm = countArm([
    countTrial(trial({ lines: [ok(1)] })),
    countTrial(trial({ lines: [ok(1)], executions: () => 2 })),
    countTrial(trial({ lines: [failed(1, "14 UNAVAILABLE: read ECONNRESET 127.0.0.1:40001")] })),
    countTrial(trial({ lines: [failed(1, "14 UNAVAILABLE: read ECONNRESET 127.0.0.1:40002")] })),
    countTrial(trial({ lines: [failed(1, "Deadline exceeded", "DEADLINE_EXCEEDED")] })),
    countTrial(trial({ lines: [] })),
    countTrial(trial({ lines: [{ kind: "broken", trial: 7, why: "warm-up" }] })),
  ]);

  it("keeps broken trials out of every other count (mutant: broken counted as failed)", () => {
    expect(arm).toMatchObject({ trials: 6, survived: 2, broken: 1, executedTwice: 1, neverSettled: 1 });
  });

  it("counts first failures by code; a trial that only never settled has none", () => {
    expect(arm.failed).toEqual({ UNAVAILABLE: 2, DEADLINE_EXCEEDED: 1 });
  });

  it("counts texts that differ in a port as one, the most frequent first", () => {
    expect(arm.texts).toEqual([
      { text: "14 UNAVAILABLE: read ECONNRESET 127.0.0.1:…", count: 2 },
      { text: "Deadline exceeded", count: 1 },
    ]);
  });

  it("leaves no trial out: survived, failed by code and only unsettled make up the trials", () => {
    const byCode = Object.values(arm.failed).reduce((sum, count) => sum + count, 0);
    expect(arm.survived + byCode + 1).toBe(arm.trials);
  });
});
