/** The generator is pinned, so that a seed in an old report still means the same run; and it is no worse than it should be. */

import { expect, it } from "vitest";
import { createRandom } from "./random.ts";

it("gives the same numbers for ever", () => {
  const random = createRandom(1);
  expect(Array.from({ length: 4 }, () => Math.floor(random() * 1e9))).toEqual([
    124_534_548, 341_866_956, 599_165_229, 142_144_351,
  ]);
});

it("spreads evenly, also over the first numbers of neighbouring seeds", () => {
  const buckets = new Array<number>(16).fill(0);
  for (let seed = 0; seed < 16_000; seed++) {
    const bucket = Math.floor(createRandom(seed)() * 16);
    buckets[bucket] = (buckets[bucket] ?? 0) + 1;
  }
  for (const count of buckets) expect(Math.abs(count - 1_000)).toBeLessThan(150); // nearly five standard deviations
});
