import { expect, it } from "vitest";
import { Stalls } from "./stalls.ts";

it("keeps the longest stall since a time, and forgets what is no stall", () => {
  const stalls = new Stalls();
  stalls.fired(100, 149);
  expect(stalls.longestSince(0)).toBe(0);
  stalls.fired(100, 740);
  stalls.fired(1_000, 1_080);
  expect([stalls.longestSince(0), stalls.longestSince(740), stalls.longestSince(741)]).toEqual([640, 640, 80]);
});

it("holds a bounded number of them", () => {
  const stalls = new Stalls();
  stalls.fired(0, 9_999);
  for (let i = 0; i < 100; i++) stalls.fired(0, 60);
  expect(stalls.longestSince(0)).toBe(60);
});
