import { describe, expect, it } from "vitest";
import { farewellMs } from "./drain-state.ts";
import { begin, jittered, lifetimeDeadline, type LifetimeInput, type LifetimeState, step } from "./lifetime-state.ts";

const policy = { maxIdleMs: 300_000, maxAgeMs: 1_800_000, graceMs: 5_000 };
const said: LifetimeInput = { kind: "last-id-said" };
const idleSince = (idleSinceMs: number): LifetimeInput => ({ kind: "tick", idleSinceMs });

describe("a connection's lifetime", () => {
  it("ends with idleness, counted from the last call's end", () => {
    const serving = begin(0, policy);
    expect(lifetimeDeadline(serving)).toBe(300_000);
    const [later, nothing] = step(serving, idleSince(120_000), 300_000, policy);
    expect([nothing, lifetimeDeadline(later)]).toEqual([undefined, 420_000]);
    expect(step(later, idleSince(120_000), 420_000, policy)).toEqual([{ kind: "warned" }, "drain-idle"]);
  });

  it("is not idle while a call is open, and looks again no sooner than that call could have made it idle", () => {
    const [next, effect] = step(begin(0, policy), idleSince(Infinity), 300_000, policy);
    expect([effect, lifetimeDeadline(next)]).toEqual([undefined, 600_000]);
  });

  it("ends with age, calls or not", () => {
    const serving = begin(0, { ...policy, maxIdleMs: Infinity });
    expect(lifetimeDeadline(serving)).toBe(1_800_000);
    expect(step(serving, idleSince(Infinity), 1_800_000, policy)).toEqual([{ kind: "warned" }, "drain-old"]);
  });

  it("gives the grace from the last id on, not from the warning: until then calls are still being taken in", () => {
    const warned: LifetimeState = { kind: "warned" };
    expect(lifetimeDeadline(warned)).toBe(Infinity);
    const [finishing] = step(warned, said, 1_000, policy);
    expect(lifetimeDeadline(finishing)).toBe(6_000);
    expect(step(finishing, idleSince(Infinity), 5_999, policy)).toEqual([finishing]);
    const [cutting, cut] = step(finishing, idleSince(Infinity), 6_000, policy);
    expect([cut, lifetimeDeadline(cutting)]).toEqual(["cut", 6_000 + farewellMs]);
    expect(step(cutting, idleSince(Infinity), 6_000 + farewellMs, policy)).toEqual([{ kind: "over" }, "close"]);
  });

  it("waits for the last id however long that takes: whoever drains has a time of its own", () => {
    const warned: LifetimeState = { kind: "warned" };
    expect(step(warned, idleSince(0), 1e9, policy)).toEqual([warned]);
  });

  it("looks at the clock at a tick only, and does nothing before its time", () => {
    const states: LifetimeState[] = [
      { kind: "finishing", cutAtMs: 5 },
      { kind: "cutting", closeAtMs: 5 },
    ];
    for (const state of states) {
      expect(step(state, said, 1e9, policy)).toEqual([state]);
      expect(step(state, idleSince(0), 4, policy)).toEqual([state]);
    }
  });

  it("leaves a connection alone that leaves for another reason", () => {
    expect(step(begin(0, policy), said, 10, policy)).toEqual([{ kind: "over" }]);
  });

  it("knows no end that nobody asked for", () => {
    const never = { maxIdleMs: Infinity, maxAgeMs: Infinity, graceMs: Infinity };
    expect(lifetimeDeadline(begin(7, never))).toBe(Infinity);
    expect(lifetimeDeadline(step({ kind: "warned" }, said, 7, never)[0])).toBe(Infinity);
  });

  it("varies an age by a tenth either way", () => {
    const agesMs = [0, 0.5, 1].map((random) => Math.round(jittered(1_800_000, random)));
    expect(agesMs).toEqual([1_620_000, 1_800_000, 1_980_000]);
  });

  it("has an answer for every state and input; over is final", () => {
    const states: LifetimeState[] = [
      begin(0, policy),
      { kind: "warned" },
      { kind: "finishing", cutAtMs: 5 },
      { kind: "cutting", closeAtMs: 5 },
      { kind: "over" },
    ];
    for (const state of states) {
      for (const input of [said, idleSince(0), idleSince(Infinity)]) {
        const [next, effect] = step(state, input, 1e9, policy);
        expect(lifetimeDeadline(next)).toBeGreaterThan(0);
        if (state.kind === "over") expect([next, effect]).toEqual([state, undefined]);
      }
    }
  });
});
