import { describe, expect, it } from "vitest";
import { TokenBucket } from "./limits.ts";

describe("a token bucket", () => {
  it("allows its burst at once and no more", () => {
    const bucket = new TokenBucket({ burst: 3, perSecond: 1 }, 0);
    expect([1, 2, 3, 4].map(() => bucket.take(0))).toEqual([true, true, true, false]);
  });

  it("refills by the clock, never above its burst", () => {
    const bucket = new TokenBucket({ burst: 2, perSecond: 10 }, 0);
    bucket.take(0);
    bucket.take(0);
    expect(bucket.take(99)).toBe(false);
    expect(bucket.take(100)).toBe(true);
    expect([1, 2, 3].map(() => bucket.take(60_000))).toEqual([true, true, false]);
  });
});
