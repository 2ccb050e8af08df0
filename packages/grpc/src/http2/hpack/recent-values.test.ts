import { describe, expect, it } from "vitest";
import { RecentValues } from "./recent-values.ts";

describe("recent values", () => {
  it("notice a pair at its second sight, once", () => {
    const recent = new RecentValues();
    expect(["/a", "/b", "/a", "/b", "/a"].map((value) => recent.repeats(":path", value))).toEqual([
      ...[false, false],
      ...[true, true],
      false,
    ]);
  });

  it("do not take another name's value for a repetition", () => {
    const recent = new RecentValues();
    recent.repeats("x-a", "1");
    expect(recent.repeats("x-b", "1")).toBe(false);
  });

  it("go round 64 values, and not one more", () => {
    for (const [count, repeats] of [
      [64, true],
      [65, false],
    ] as const) {
      const recent = new RecentValues();
      for (let i = 0; i < count; i++) recent.repeats(":path", `/${i}`);
      expect(recent.repeats(":path", "/0")).toBe(repeats);
    }
  });

  it("leave values over 256 octets alone", () => {
    const recent = new RecentValues();
    for (const [length, repeats] of [
      [256, true],
      [257, false],
    ] as const) {
      recent.repeats("x-a", "v".repeat(length));
      expect(recent.repeats("x-a", "v".repeat(length))).toBe(repeats);
    }
  });
});
