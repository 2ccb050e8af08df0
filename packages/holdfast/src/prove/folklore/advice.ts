/**
 * Owns the sorting of tried advice by what it did: against the control of the same programs, by the interval of the
 * difference. Pure. It says what was counted and nothing of who gave the advice.
 */

import { differenceInterval, wilsonInterval, type Counted, type Interval } from "@holdfast/catalog/rate";
import type { EntryRecord } from "@holdfast/catalog";

export type Effect =
  /** More trials survived, and no more were executed twice. */
  | "helped"
  /** More survived, and more were executed twice. */
  | "helped-at-a-price"
  /** The intervals of both differences hold 0. */
  | "no-difference"
  /** Fewer survived, or as many with more executed twice. */
  | "harmed";

export interface TriedAdvice {
  readonly entry: string;
  readonly title: string;
  readonly emulated: boolean;
  readonly advice: string;
  /** How it was set. */
  readonly says: string;
  readonly effect: Effect;
  readonly programs: readonly string[];
  /** Survivors without it and with it, among the same programs. */
  readonly without: Counted;
  readonly with: Counted;
  readonly interval: Interval;
  /** Trials in which a call was executed twice, with it. */
  readonly twice: number;
}

type Rate = NonNullable<EntryRecord["workarounds"][number]["measured"]>;

/** Everything that was tried, entry by entry. */
export function triedAdvice(records: readonly EntryRecord[]): readonly TriedAdvice[] {
  return records.flatMap((record) => {
    const { measured } = record;
    if (measured === null) return [];
    return [...record.workarounds, ...record.dead_ends].flatMap(({ action, measured: rate }) =>
      rate === null ? [] : [adviceOf(record, action, rate, measured.control, measured.tier === "emulated")],
    );
  });
}

function adviceOf(
  { id, title }: EntryRecord,
  advice: string,
  rate: Rate,
  control: Rate,
  emulated: boolean,
): TriedAdvice {
  const programs = rate.by.map(({ client }) => client);
  const same = control.by.filter(({ client }) => programs.includes(client));
  const total = (rows: Rate["by"], of: "trials" | "survived" | "executed_twice"): number =>
    rows.reduce((sum, row) => sum + row[of], 0);
  const counted = (rows: Rate["by"], of: "survived" | "executed_twice"): Counted => {
    return { count: total(rows, of), trials: total(rows, "trials") };
  };
  const [before, after] = [counted(same, "survived"), counted(rate.by, "survived")];
  const survival = differenceInterval(after, before);
  const twice = differenceInterval(counted(rate.by, "executed_twice"), counted(same, "executed_twice"));
  return {
    entry: id,
    title,
    emulated,
    advice,
    says: rate.says,
    effect: effectOf(survival, twice),
    programs,
    without: before,
    with: after,
    interval: wilsonInterval(after.count, after.trials),
    twice: total(rate.by, "executed_twice"),
  };
}

function effectOf(survival: Interval, twice: Interval): Effect {
  const isMoreTwice = twice[0] > 0;
  if (survival[0] > 0) return isMoreTwice ? "helped-at-a-price" : "helped";
  return survival[1] < 0 || isMoreTwice ? "harmed" : "no-difference";
}
