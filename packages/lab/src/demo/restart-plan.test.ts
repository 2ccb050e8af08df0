import { describe, expect, it } from "vitest";
import { restartPlan } from "./restart-plan.ts";

describe("the restarts of a run", () => {
  it("come every 2 s and go round the backends", () => {
    expect([...restartPlan("mixed", 9_000)]).toEqual([
      { atMs: 2_000, backend: 1, signal: "SIGTERM" },
      { atMs: 4_000, backend: 2, signal: "SIGKILL" },
      { atMs: 6_000, backend: 3, signal: "SIGTERM" },
      { atMs: 8_000, backend: 1, signal: "SIGKILL" },
    ]);
  });

  it("meet every backend with both signals in 12 s", () => {
    const ways = [...restartPlan("mixed", 13_000)].map(({ backend, signal }) => `${signal} ${backend}`);
    expect(new Set(ways).size).toBe(6);
  });

  it("are all of one kind when asked", () => {
    expect(new Set([...restartPlan("term", 30_000)].map(({ signal }) => signal))).toEqual(new Set(["SIGTERM"]));
    expect(new Set([...restartPlan("kill", 30_000)].map(({ signal }) => signal))).toEqual(new Set(["SIGKILL"]));
  });

  it("do not come at the very end, where no call would see them", () => {
    expect([...restartPlan("mixed", 2_000)]).toEqual([]);
    expect([...restartPlan("mixed", 30_000)].at(-1)?.atMs).toBe(28_000);
  });
});
