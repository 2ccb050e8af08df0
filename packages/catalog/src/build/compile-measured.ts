/**
 * A result file's counts → rates with their intervals, as records hold them. The rules stand in
 * `docs/decisions/0008-rates-are-runs.md`.
 */

import { wilsonInterval } from "../rate/interval.ts";
import type { EntryRecord } from "../record/entry-record.ts";
import type { MeasuredClient, MeasuredFile } from "../record/measured-file.ts";

type Measured = NonNullable<EntryRecord["measured"]>;
type MeasuredRate = Measured["control"];
type Arm = MeasuredClient["treatments"][string];
type Of = (client: MeasuredClient) => Arm | undefined;

/** What of the head of a record comes from a result. Null where there is none, or where it shows nothing. */
export interface MeasuredHead {
  readonly tier: MeasuredFile["tier"] | null;
  readonly confidence: number | null;
  readonly fixSuccessRate: number | null;
}

/** `workarounds`: ids of those of the entry that count as a fix. */
export function measuredHead(file: MeasuredFile | undefined, workarounds: readonly string[]): MeasuredHead {
  const reproduced = reproducedBy(file);
  if (file === undefined || reproduced.length === 0) return { tier: null, confidence: null, fixSuccessRate: null };
  const printed = sum(reproduced, ({ control }) => control.printed);
  const named = sum(reproduced, ({ control }) => control.named);
  return {
    tier: file.tier,
    confidence: printed === 0 ? null : rounded(wilsonInterval(named, printed)[0]),
    fixSuccessRate: bestFix(file, workarounds),
  };
}

/** What was counted of one workaround or dead end, pooled over the clients that showed the failure. */
export function measuredClaim(file: MeasuredFile | undefined, id: string): MeasuredRate | null {
  return file === undefined ? null : pooled(file, file.treatments[id] ?? "", ({ treatments }) => treatments[id]);
}

/** The result as a record shows it; null where there is none. */
export function compileMeasured(file: MeasuredFile | undefined): EntryRecord["measured"] {
  if (file === undefined) return null;
  const control = pooled(file, "nothing done about it", ({ control: arm }) => arm);
  if (control === null) return null;
  const { experiment, says, tier, seed, date, trials, stop_rule, machine, clients, skipped, recording } = file;
  return {
    ...{ experiment, says, tier, seed, date, trials, stop_rule, machine, control },
    not_reproduced: clients.filter((client) => !isReproduced(client)).map(({ client }) => client),
    texts: clients
      .filter(isReproduced)
      .flatMap(({ client, control: { texts } }) => texts.map(({ text, count }) => ({ client, text, count }))),
    not_set: clients.flatMap(({ client, not_set }) => not_set.map((each) => ({ client, ...each }))),
    skipped,
    recording,
  };
}

/** A client whose control has failures. The others have nothing that a treatment could mend. */
function isReproduced({ control }: MeasuredClient): boolean {
  return control.trials > control.survived;
}

function reproducedBy(file: MeasuredFile | undefined): readonly MeasuredClient[] {
  return (file?.clients ?? []).filter(isReproduced);
}

function pooled(file: MeasuredFile, says: string, armOf: Of): MeasuredRate | null {
  const rows = reproducedBy(file).flatMap((client) => {
    const arm = armOf(client);
    return arm === undefined || arm.trials === 0 ? [] : [{ client, arm }];
  });
  if (rows.length === 0) return null;
  const all: Arm[] = rows.map(({ arm }) => arm);
  const whole = counts({
    trials: sum(all, ({ trials }) => trials),
    survived: sum(all, ({ survived }) => survived),
    executed_twice: sum(all, ({ executed_twice }) => executed_twice),
    never_settled: sum(all, ({ never_settled }) => never_settled),
  });
  const by = rows.map(({ client: { client, versions }, arm }) => ({ client, versions, ...counts(arm) }));
  return { says, ...whole, experiment: file.experiment, by };
}

function counts({ trials, survived, executed_twice, never_settled }: Omit<Arm, "failed" | "broken">) {
  const [low, high] = wilsonInterval(survived, trials);
  const interval: [number, number] = [rounded(low), rounded(high)];
  return { trials, survived, executed_twice, never_settled, interval };
}

/** The rate of the workaround that helped most and executed no greater share twice than the control did. */
function bestFix(file: MeasuredFile, workarounds: readonly string[]): number | null {
  const control = pooled(file, "", ({ control: arm }) => arm);
  const twice = ({ executed_twice, trials }: MeasuredRate): number => executed_twice / trials;
  const rates = workarounds
    .map((id) => measuredClaim(file, id))
    .filter((rate) => rate !== null)
    .filter((rate) => control !== null && twice(rate) <= twice(control))
    .map(({ survived, trials }) => survived / trials);
  return rates.length === 0 ? null : rounded(Math.max(...rates));
}

function sum<T>(all: readonly T[], of: (one: T) => number): number {
  return all.reduce((before, one) => before + of(one), 0);
}

/** Four decimals: a hundredth of a percent is less than any interval here. */
export function rounded(share: number): number {
  return Math.round(share * 10_000) / 10_000;
}
