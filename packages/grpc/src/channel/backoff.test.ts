import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { backoffMs, connectionBackoff } from "./backoff.ts";

describe("backoff", () => {
  it("grows to its cap", () => {
    const bare = { initialMs: 100, multiplier: 2, maxMs: 5_000, jitter: 0 };
    expect([0, 1, 2, 3, 4, 5, 6, 5_000].map((attempt) => backoffMs(attempt, bare, 0.3))).toEqual([
      100, 200, 400, 800, 1_600, 3_200, 5_000, 5_000,
    ]);
  });

  it("lies within its jitter on both sides, also at the cap", () => {
    expect([0, 0.5, 1].map((random) => backoffMs(0, connectionBackoff, random))).toEqual([800, 1_000, 1_200]);
    fc.assert(
      fc.property(
        fc.nat({ max: 2_000 }),
        fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
        (attempt, random) => {
          const middle = Math.min(1_000 * 1.6 ** attempt, 120_000);
          const delayMs = backoffMs(attempt, connectionBackoff, random);
          expect(delayMs).toBeGreaterThanOrEqual(middle * 0.8 - 1e-6);
          expect(delayMs).toBeLessThanOrEqual(middle * 1.2 + 1e-6);
        },
      ),
    );
  });
});
