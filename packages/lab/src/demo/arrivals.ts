/**
 * Owns the load: when which call arrives. An open schedule, made from the seed alone, so that both clients get the same one
 * and a client that fails fast does not get to fail more.
 */

import type { DemoPlan, MethodName } from "./demo-plan.ts";
import { seededRandom } from "./seeded-random.ts";

export interface Arrival {
  /** Since the start of the load. */
  readonly atMs: number;
  /** From 1. */
  readonly number: number;
  readonly method: MethodName;
}

/** Handlers take from 5 to 50 ms. */
const shortestWorkMs = 5;
const workStepsMs = 46;

/** Calls of many independent callers: the gaps between them are exponential. Reads and writes are as many. */
export function* arrivals({
  forMs,
  ratePerS,
  seed,
}: Pick<DemoPlan, "forMs" | "ratePerS" | "seed">): Generator<Arrival> {
  const random = seededRandom(seed);
  let atMs = 0;
  for (let number = 1; ; number++) {
    atMs += (-Math.log(1 - random()) * 1_000) / ratePerS;
    if (atMs >= forMs) return;
    yield { atMs, number, method: random() < 0.5 ? "Read" : "Write" };
  }
}

/**
 * What the handler takes for this call, whoever made it and wherever it is served. A plain formula, because a backend in
 * another language has it too; 7,919 is a prime, so that neighbours differ.
 */
export function workMs(callNumber: number, seed: number): number {
  return shortestWorkMs + ((callNumber * 7_919 + seed) % workStepsMs);
}
