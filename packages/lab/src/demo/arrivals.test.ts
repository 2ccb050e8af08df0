import { describe, expect, it } from "vitest";
import { arrivals, workMs } from "./arrivals.ts";

const load = { forMs: 60_000, ratePerS: 200, seed: 42 };

describe("the schedule of arrivals", () => {
  it("is the same for the same seed, so that both clients get one schedule", () => {
    expect([...arrivals(load)]).toEqual([...arrivals(load)]);
  });

  it("is another for another seed", () => {
    expect([...arrivals(load)][0]).not.toEqual([...arrivals({ ...load, seed: 43 })][0]);
  });

  it("numbers calls from 1, in the order of their times, and ends before its end", () => {
    const all = [...arrivals(load)];
    expect(all.map(({ number }) => number)).toEqual(all.map((_, index) => index + 1));
    expect(all.every(({ atMs }, index) => atMs >= (all[index - 1]?.atMs ?? 0))).toBe(true);
    expect(all.at(-1)?.atMs).toBeLessThan(load.forMs);
  });

  it("keeps the rate, and halves it between the methods", () => {
    const all = [...arrivals(load)];
    const expected = (load.ratePerS * load.forMs) / 1_000;
    // Five standard deviations of a Poisson count; the seed is fixed, so it holds or it does not.
    expect(Math.abs(all.length - expected)).toBeLessThan(5 * Math.sqrt(expected));
    const reads = all.filter(({ method }) => method === "Read").length;
    expect(Math.abs(reads - expected / 2)).toBeLessThan(5 * Math.sqrt(expected / 2));
  });
});

describe("the time a handler takes", () => {
  it("is from 5 to 50 ms, every length of it, whatever the seed", () => {
    for (const seed of [0, 7, 2 ** 32 - 1]) {
      const lengths = new Set(Array.from({ length: 460 }, (_, index) => workMs(index + 1, seed)));
      expect([...lengths].sort((a, b) => a - b)).toEqual(Array.from({ length: 46 }, (_, index) => 5 + index));
    }
  });
});
