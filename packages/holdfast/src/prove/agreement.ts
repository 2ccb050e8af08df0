/** Owns whether two counts of an experiment agree: rate by rate, by the interval of their difference. Pure. */

import { differenceInterval, type Interval } from "@holdfast/catalog/rate";
import type { CountedRow } from "./counted-row.ts";

export type RateId = "survived" | "executedTwice" | "neverSettled";

export interface ComparedRate {
  readonly client: string;
  /** `control`, or a treatment's id. */
  readonly arm: string;
  readonly rate: RateId;
  readonly published: { readonly count: number; readonly trials: number };
  readonly now: { readonly count: number; readonly trials: number };
  /** Of now minus published (Newcombe's hybrid score). */
  readonly difference: Interval;
  /** The interval holds 0. */
  readonly agrees: boolean;
}

const rateIds: readonly RateId[] = ["survived", "executedTwice", "neverSettled"];

/** Every rate that both have. `z`: how sure a disagreement must be; default: 95 %. */
export function compareRates(
  published: readonly CountedRow[],
  now: readonly CountedRow[],
  z?: number,
): readonly ComparedRate[] {
  return now.flatMap((row) => {
    const old = published.find(({ client, arm }) => client === row.client && arm === row.arm);
    if (old === undefined || old.trials === 0 || row.trials === 0) return [];
    return rateIds.map((rate) => {
      const before = { count: old[rate], trials: old.trials };
      const after = { count: row[rate], trials: row.trials };
      const difference = differenceInterval(after, before, z);
      const agrees = difference[0] <= 0 && difference[1] >= 0;
      return { client: row.client, arm: row.arm, rate, published: before, now: after, difference, agrees };
    });
  });
}
