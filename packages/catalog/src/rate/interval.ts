/** Owns the interval of one rate: Wilson's score interval, 95 %. */

/** The 97.5 % point of the normal distribution: two sides of an interval of 95 %. */
export const z95 = 1.959963984540054;

export type Interval = readonly [low: number, high: number];

/**
 * Where a rate lies that showed itself `count` times in `trials` (Wilson 1927; method 3 of Newcombe, Statistics in Medicine
 * 17, 857, 1998). It is honest at 0 and at all of them too. No trial: anything from 0 to 1. `z`: how sure, default 95 %.
 */
export function wilsonInterval(count: number, trials: number, z: number = z95): Interval {
  if (trials === 0) return [0, 1];
  const share = count / trials;
  const square = z * z;
  const middle = share + square / (2 * trials);
  const half = z * Math.sqrt((share * (1 - share)) / trials + square / (4 * trials * trials));
  const whole = 1 + square / trials;
  // At the ends the formula is exact but for the last bit.
  const low = count === 0 ? 0 : (middle - half) / whole;
  const high = count === trials ? 1 : (middle + half) / whole;
  return [Math.max(0, low), Math.min(1, high)];
}
