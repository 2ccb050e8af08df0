/** Owns one row of counts, from wherever it comes: a run, a result file, a record. Pure. */

import type { EntryRecord } from "@holdfast/catalog";
import type { MeasuredFile } from "@holdfast/catalog/schema";
import type { ExperimentRun } from "@holdfast/lab/experiment";

/** One client in one arm. */
export interface CountedRow {
  readonly client: string;
  /** `control`, or the id of a workaround or dead end. */
  readonly arm: string;
  readonly trials: number;
  readonly survived: number;
  readonly executedTwice: number;
  readonly neverSettled: number;
}

export function rowsOfRun({ arms }: ExperimentRun): readonly CountedRow[] {
  return arms.flatMap(({ client, arm, run }) => {
    if (run.kind !== "ran") return [];
    const { trials, survived, executedTwice, neverSettled } = run.count;
    return [{ client, arm, trials, survived, executedTwice, neverSettled }];
  });
}

export function rowsOfFile({ clients }: MeasuredFile): readonly CountedRow[] {
  return clients.flatMap(({ client, control, treatments }) =>
    [["control", control] as const, ...Object.entries(treatments)].map(([arm, counts]) => rowOf(client, arm, counts)),
  );
}

/** What is published: of the clients that showed the failure. */
export function rowsOfRecord({ measured, workarounds, dead_ends }: EntryRecord): readonly CountedRow[] {
  const claims = [...workarounds, ...dead_ends].map((claim) => [claim.id, claim.measured] as const);
  const rates = [["control", measured?.control ?? null] as const, ...claims];
  return rates.flatMap(([arm, rate]) => rate?.by.map((row) => rowOf(row.client, arm, row)) ?? []);
}

type Counts = Pick<
  MeasuredFile["clients"][number]["control"],
  "trials" | "survived" | "executed_twice" | "never_settled"
>;

function rowOf(client: string, arm: string, counts: Counts): CountedRow {
  const { trials, survived, executed_twice: executedTwice, never_settled: neverSettled } = counts;
  return { client, arm, trials, survived, executedTwice, neverSettled };
}
