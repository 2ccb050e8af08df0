/** What an experiment counted, as every face shows it: the control first, then each treatment, each program beside it. */

import { wilsonInterval, type Interval } from "../rate/interval.ts";
import type { EntryRecord } from "../record/entry-record.ts";
import type { Words } from "./words/words.ts";

type Run = NonNullable<EntryRecord["measured"]>;
type Rate = Run["control"];

/** How many of the trials, as a share with its interval. */
export interface ShareView {
  readonly count: number;
  readonly trials: number;
  readonly share: number;
  /** Wilson, 95 %. */
  readonly interval: Interval;
}

export interface CountsView {
  readonly trials: number;
  readonly failed: ShareView;
  readonly executedTwice: ShareView;
  readonly neverSettled: ShareView;
}

export interface ArmView extends CountsView {
  readonly kind: "control" | "workaround" | "dead-end";
  /** What was tried, in the page's language. */
  readonly name: string;
  /** How it was set in the run: in English, as in the program. */
  readonly says: string;
  readonly by: readonly (CountsView & { readonly program: string })[];
}

export interface MeasuredView {
  /** What was made to happen: in English, as in the program. */
  readonly says: string;
  readonly lead: string;
  /** Counts again. */
  readonly command: string;
  /** The control first. */
  readonly arms: readonly ArmView[];
  /** Who was left out of the rates, and why. */
  readonly notes: readonly string[];
  readonly recording: Run["recording"];
}

/** Undefined where nothing was measured. */
export function viewMeasured(record: EntryRecord, isChinese: boolean, face: Words): MeasuredView | undefined {
  const { measured: run, workarounds, dead_ends } = record;
  if (run === null) return undefined;
  const arms: ArmView[] = [armOf("control", face.nothingDone, run.control)];
  for (const [index, { action, measured }] of workarounds.entries()) {
    const name = isChinese ? (record.workarounds_zh[index] ?? action) : action;
    if (measured !== null) arms.push(armOf("workaround", name, measured));
  }
  for (const [index, { action, measured }] of dead_ends.entries()) {
    const name = isChinese ? (record.dead_ends_zh[index]?.action ?? action) : action;
    if (measured !== null) arms.push(armOf("dead-end", name, measured));
  }
  const { says, trials, seed, date, tier, experiment: command, recording } = run;
  const lead = `${face.measuredLead(trials, seed, date)}${tier === "emulated" ? face.emulatedLead : ""}`;
  return { says, lead, command, arms, notes: notesOf(run, face), recording };
}

function notesOf({ not_reproduced, skipped, not_set }: Run, face: Words): readonly string[] {
  const without = [...new Set(not_set.map(({ client }) => client))].map((client) => {
    const treatments = not_set.filter((each) => each.client === client).map(({ treatment }) => treatment);
    return face.notSet(client, face.list([...new Set(treatments)]));
  });
  return [
    ...(not_reproduced.length === 0 ? [] : [face.notReproduced(face.list(not_reproduced))]),
    ...without,
    ...(skipped.length === 0 ? [] : [face.notTried(face.list(skipped.map(({ client }) => client)))]),
  ];
}

function armOf(kind: ArmView["kind"], name: string, rate: Rate): ArmView {
  const by = rate.by.map((row) => ({ program: row.client, ...countsOf(row) }));
  return { kind, name, says: rate.says, ...countsOf(rate), by };
}

function countsOf({
  trials,
  survived,
  executed_twice,
  never_settled,
}: Pick<Rate, "trials" | "survived" | "executed_twice" | "never_settled">): CountsView {
  return {
    trials,
    failed: shareOf(trials - survived, trials),
    executedTwice: shareOf(executed_twice, trials),
    neverSettled: shareOf(never_settled, trials),
  };
}

function shareOf(count: number, trials: number): ShareView {
  return { count, trials, share: count / trials, interval: wilsonInterval(count, trials) };
}
