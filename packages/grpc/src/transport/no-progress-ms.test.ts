import { expect, it } from "vitest";
import { noProgressMs } from "./no-progress-ms.ts";

it("is 2 min, or what silence may last if that is less", () => {
  expect(noProgressMs({ quietMs: 315_000, answerMs: 20_000 })).toBe(120_000);
  expect(noProgressMs({ quietMs: 30_000, answerMs: 10_000 })).toBe(40_000);
  expect(noProgressMs({ quietMs: 30_000, answerMs: 10_000 }, 5_000)).toBe(5_000);
  expect(noProgressMs({ quietMs: Infinity, answerMs: 10_000 })).toBe(120_000);
});
