/** Owns the line of one arm with its bar. Pure: counts in, a line out. */

import type { TrialOutcome } from "@holdfast/lab/experiment";
import type { Paint } from "../demo/paint.ts";

export interface ArmTally {
  readonly trials: number;
  readonly survived: number;
  readonly executedTwice: number;
  readonly neverSettled: number;
  readonly failed: number;
  readonly broken: number;
}

export const noTrialYet: ArmTally = {
  trials: 0,
  survived: 0,
  executedTwice: 0,
  neverSettled: 0,
  failed: 0,
  broken: 0,
};

export function tallied(before: ArmTally, { kind, executedTwice, neverSettled }: TrialOutcome): ArmTally {
  if (kind === "broken") return { ...before, broken: before.broken + 1 };
  return {
    ...before,
    trials: before.trials + 1,
    survived: before.survived + Number(kind === "survived"),
    failed: before.failed + Number(kind === "failed"),
    executedTwice: before.executedTwice + Number(executedTwice),
    neverSettled: before.neverSettled + Number(neverSettled),
  };
}

/** `████████▒▒▒▒····`: survivors, failures, and what has not been tried yet, of `wanted`. */
export function barOf({ survived, failed }: ArmTally, wanted: number, width: number, paint: Paint): string {
  const cells = (count: number): number => Math.round((count / Math.max(1, wanted)) * width);
  const good = cells(survived);
  const bad = Math.min(width - good, cells(survived + failed) - good);
  return paint.good("█".repeat(good)) + paint.bad("▒".repeat(bad)) + paint.faint("·".repeat(width - good - bad));
}

/** `36/60 survived · 12 twice · 1 unsettled`: twice is executed twice, of survivors and others alike. */
export function tallyWords({ trials, survived, executedTwice, neverSettled, broken }: ArmTally, paint: Paint): string {
  if (trials + broken === 0) return "";
  return [
    `${survived}/${trials} survived`,
    ...(executedTwice === 0 ? [] : [paint.warn(`${executedTwice} twice`)]),
    ...(neverSettled === 0 ? [] : [paint.bad(`${neverSettled} unsettled`)]),
    ...(broken === 0 ? [] : [paint.faint(`${broken} broken`)]),
  ].join(" · ");
}
