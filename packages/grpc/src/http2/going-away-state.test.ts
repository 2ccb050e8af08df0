import { describe, expect, it } from "vitest";
import { draining, type GoingAway, type GoingAwayInput, step, warnedForMs } from "./going-away-state.ts";

const drain: GoingAwayInput = { kind: "drain", pingSequence: 7, twoPhase: true, why: "max_age" };
const warnedOnce: GoingAway = { kind: "warned", pingSequence: 1, finishAtMs: 5, why: "max_idle" };

describe("leaving a connection", () => {
  it("warns with a PING, and names the last id when the PING came back", () => {
    const [warned, first] = step({ kind: "staying" }, drain, 1_000, 5);
    expect([warned, first]).toEqual([
      { kind: "warned", pingSequence: 7, finishAtMs: 21_000, why: "max_age" },
      "warn-and-ping",
    ]);
    expect(step(warned, { kind: "pong", sequence: 6 }, 1_010, 9)).toEqual([warned]);
    expect(step(warned, { kind: "pong", sequence: 7 }, 1_010, 9)).toEqual([
      { kind: "leaving", lastStreamId: 9, why: "max_age" },
      "say-last-id",
    ]);
  });

  it("does not wait for ever for a PING that is never answered", () => {
    const warned: GoingAway = { kind: "warned", pingSequence: 7, finishAtMs: warnedForMs, why: "max_age" };
    expect(step(warned, { kind: "tick" }, warnedForMs - 1, 3)).toEqual([warned]);
    expect(step(warned, { kind: "tick" }, warnedForMs, 3)[1]).toBe("say-last-id");
  });

  it("looks at the clock at a tick only: what comes late is not what it waited for", () => {
    for (const input of [drain, { kind: "pong", sequence: 99 } as const])
      expect(step(warnedOnce, input, 1e9, 3)).toEqual([warnedOnce]);
  });

  it("needs one phase where no new stream can come", () => {
    expect(step({ kind: "staying" }, { ...drain, twoPhase: false }, 0, 0)).toEqual([
      { kind: "leaving", lastStreamId: 0, why: "max_age" },
      "say-last-id",
    ]);
  });

  it("names the last id at once when there is no time for a round trip", () => {
    const leaving = (why: string) => [{ kind: "leaving", lastStreamId: 7, why }, "say-last-id"];
    expect(step({ kind: "staying" }, { kind: "leave" }, 0, 7)).toEqual(leaving("draining"));
    expect(step(warnedOnce, { kind: "leave" }, 0, 7)).toEqual(leaving("max_idle"));
  });

  it("has an answer for every state and input; leaving is final", () => {
    const inputs: GoingAwayInput[] = [drain, { kind: "leave" }, { kind: "pong", sequence: 7 }, { kind: "tick" }];
    const leaving: GoingAway = { kind: "leaving", lastStreamId: 3, why: draining };
    for (const input of inputs) expect(step(leaving, input, 1e9, 99)).toEqual([leaving]);
    for (const input of inputs.slice(2))
      expect(step({ kind: "staying" }, input, 1e9, 99)).toEqual([{ kind: "staying" }]);
    expect(step(warnedOnce, drain, 0, 0)[1]).toBeUndefined();
  });
});
