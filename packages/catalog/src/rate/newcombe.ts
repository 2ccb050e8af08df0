/** Owns the interval of a difference of two rates: Newcombe's hybrid score interval, 95 %. */

import type { Interval } from "./interval.ts";
import { wilsonInterval, z95 } from "./interval.ts";

/** So many of so many. */
export interface Counted {
  readonly count: number;
  readonly trials: number;
}

/** Of `one` minus `other` (method 10 of Newcombe, Statistics in Medicine 17, 873, 1998): independent samples. */
export function differenceInterval(one: Counted, other: Counted, z: number = z95): Interval {
  if (one.trials === 0 || other.trials === 0) return [-1, 1];
  const p1 = one.count / one.trials;
  const p2 = other.count / other.trials;
  const [low1, high1] = wilsonInterval(one.count, one.trials, z);
  const [low2, high2] = wilsonInterval(other.count, other.trials, z);
  return [p1 - p2 - Math.hypot(p1 - low1, high2 - p2), p1 - p2 + Math.hypot(high1 - p1, p2 - low2)];
}

/** Whether two counts may well be of one rate: the interval of their difference holds 0. */
export function mayBeEqual(one: Counted, other: Counted, z: number = z95): boolean {
  const [low, high] = differenceInterval(one, other, z);
  return low <= 0 && high >= 0;
}
