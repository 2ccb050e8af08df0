/** The figures are those of Newcombe's two papers of 1998: table I of the first, table II of the second. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { wilsonInterval } from "./interval.ts";
import { differenceInterval, mayBeEqual } from "./newcombe.ts";

describe("wilsonInterval", () => {
  it.each([
    [81, 263, 0.2553, 0.3662],
    [15, 148, 0.0624, 0.1605],
    [0, 20, 0, 0.1611],
    [1, 29, 0.0061, 0.1718],
  ])("%i of %i", (count, trials, low, high) => {
    const interval = wilsonInterval(count, trials);
    expect(interval[0]).toBeCloseTo(low, 4);
    expect(interval[1]).toBeCloseTo(high, 4);
  });

  it("holds the rate that was seen, and lies between 0 and 1", () => {
    const counted = fc.integer({ min: 1, max: 5_000 }).chain((trials) => fc.tuple(fc.nat(trials), fc.constant(trials)));
    fc.assert(
      fc.property(counted, ([count, trials]) => {
        const [low, high] = wilsonInterval(count, trials);
        return 0 <= low && low <= count / trials && count / trials <= high && high <= 1;
      }),
    );
  });

  it("says nothing of what was not tried", () => {
    expect(wilsonInterval(0, 0)).toEqual([0, 1]);
  });
});

describe("differenceInterval", () => {
  it.each([
    [56, 70, 48, 80, 0.0524, 0.3339],
    [9, 10, 3, 10, 0.1705, 0.809],
    [6, 7, 2, 7, 0.0582, 0.8062],
    [5, 56, 0, 29, -0.0381, 0.1926],
    [0, 10, 0, 20, -0.1611, 0.2775],
    [0, 10, 0, 10, -0.2775, 0.2775],
    [10, 10, 0, 20, 0.6791, 1],
    [10, 10, 0, 10, 0.6075, 1],
  ])("%i of %i against %i of %i", (a, m, b, n, low, high) => {
    const interval = differenceInterval({ count: a, trials: m }, { count: b, trials: n });
    expect(interval[0]).toBeCloseTo(low, 4);
    expect(interval[1]).toBeCloseTo(high, 4);
  });

  it("agrees where both are the same, and not where one always fails and the other never", () => {
    expect(mayBeEqual({ count: 0, trials: 60 }, { count: 0, trials: 60 })).toBe(true);
    expect(mayBeEqual({ count: 60, trials: 60 }, { count: 30, trials: 60 })).toBe(false);
  });
});
