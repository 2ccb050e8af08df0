/** Owns the pace of calls, taken from how many had ended when. Pure. */

import type { LiveClient } from "./live-view.ts";

/** A point of the line is the mean over so long: reports of the clients come in steps of 100 ms, and calls by chance. */
const windowMs = 1_000;
/** The mean over less says more about chance than about calls. */
const leastMs = 500;

/** Calls ended per second, at each moment that has enough of the load before it. */
export function pace(ended: LiveClient["ended"]): readonly (readonly [atMs: number, callsPerS: number])[] {
  const points: (readonly [number, number])[] = [];
  let from = 0;
  for (const [index, [atMs, calls]] of ended.entries()) {
    if (index === 0) continue;
    // The oldest moment that is not older than the window; of a sparse history the one before.
    while (from < index - 1 && (ended[from]?.[0] ?? 0) < atMs - windowMs) from++;
    const [fromMs, fromCalls] = ended[from] ?? [0, 0];
    if (atMs - fromMs >= leastMs) points.push([atMs, ((calls - fromCalls) * 1_000) / (atMs - fromMs)]);
  }
  return points;
}
