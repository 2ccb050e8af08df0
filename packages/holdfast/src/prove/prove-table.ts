/** Owns the table at the end of `holdfast prove`: counted now, published, and whether they agree. Pure. */

import { wilsonInterval } from "@holdfast/catalog/rate";
import type { Paint } from "../demo/paint.ts";
import type { ComparedRate } from "./agreement.ts";
import type { CountedRow } from "./counted-row.ts";

export interface ProveTable {
  readonly now: readonly CountedRow[];
  readonly published: readonly CountedRow[];
  readonly compared: readonly ComparedRate[];
}

const clientWidth = 13;
const countsWidth = 31;

/** Arms in the order of the run, clients under each. */
export function proveTable({ now, published, compared }: ProveTable, paint: Paint): readonly string[] {
  const head = `${"".padEnd(clientWidth)}${"now".padEnd(countsWidth)}${"published".padEnd(countsWidth)}agree`;
  const sub = `${"".padEnd(clientWidth)}${columnNames()}${columnNames()}`;
  const arms = [...new Set(now.map(({ arm }) => arm))];
  const lines = arms.flatMap((arm) => [
    "",
    paint.strong(arm === "control" ? "nothing done" : arm),
    ...now.filter((row) => row.arm === arm).map((row) => line(row, published, compared, paint)),
  ]);
  return [paint.faint(head.trimEnd()), paint.faint(sub.trimEnd()), ...lines];
}

function columnNames(): string {
  return `${"survived".padEnd(15)}${"twice".padEnd(6)}${"unsettled ".padEnd(10)}`;
}

function line(
  row: CountedRow,
  published: readonly CountedRow[],
  compared: readonly ComparedRate[],
  paint: Paint,
): string {
  const same = (one: { readonly client: string; readonly arm: string }): boolean =>
    one.client === row.client && one.arm === row.arm;
  const old = published.find(same);
  const apart = compared.filter((rate) => same(rate) && !rate.agrees);
  const agree = old === undefined ? paint.faint("–") : apart.length === 0 ? paint.good("yes") : paint.bad("no");
  const before = old === undefined ? "–".padEnd(countsWidth) : counts(old);
  return `${row.client.padEnd(clientWidth)}${counts(row)}${old === undefined ? paint.faint(before) : before}${agree}`;
}

/** `60/60 94–100%  28    0`. */
function counts({ trials, survived, executedTwice, neverSettled }: CountedRow): string {
  const [low, high] = wilsonInterval(survived, trials).map((share) => Math.round(share * 100));
  const rate = `${survived}/${trials} ${low}–${high}%`;
  return `${rate.padEnd(15)}${String(executedTwice).padEnd(6)}${String(neverSettled).padEnd(10)}`;
}
