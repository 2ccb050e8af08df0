/** Runs one `holdfast prove`: the experiment before the user's eyes, then the table beside the published one. */

import { entry as catalogEntry, type EntryRecord } from "@holdfast/catalog";
import type { ClientId, Experiment, ExperimentRun } from "@holdfast/lab/experiment";
import type * as Lab from "@holdfast/lab/experiment";
import { nearestIds } from "../catalog/nearest-ids.ts";
import { called } from "../called.ts";
import type { Paint } from "../demo/paint.ts";
import { ansiPaint, noPaint } from "../demo/paint.ts";
import { wrapText } from "../demo/wrap-text.ts";
import { exitStatus } from "../exit-status.ts";
import type { ComparedRate } from "./agreement.ts";
import { compareRates } from "./agreement.ts";
import { rowsOfRecord, rowsOfRun } from "./counted-row.ts";
import type { ProveFlags } from "./prove-command.ts";
import { proveScreen } from "./prove-screen.ts";
import { proveTable } from "./prove-table.ts";

type Fail = (message: string) => never;

export async function runProve(lab: typeof Lab, id: string, flags: ProveFlags, fail: Fail): Promise<number> {
  const record = catalogEntry(id);
  const experiment = await lab.loadExperiment(record?.id ?? id);
  if (experiment === undefined) return fail(unknownWords(id, record !== undefined, lab.experimentIds()));
  const clients = flags.clients === undefined ? undefined : clientsOf(flags.clients, experiment, fail);
  const paint = process.stdout.isTTY && !process.env["NO_COLOR"] ? ansiPaint : noPaint;
  const columns = process.stdout.isTTY ? process.stdout.columns : 80;
  const screen = flags.json === true ? undefined : proveScreen(process.stdout, paint);
  if (screen !== undefined) say([...titleLines(experiment, record, flags, columns, paint), ""]);

  const stopped = listenToUser();
  const run = await lab.runExperiment(experiment, {
    seed: flags.seed,
    signal: stopped.signal,
    ...(flags.trials === undefined ? {} : { trials: flags.trials }),
    ...(clients === undefined ? {} : { clients }),
    ...(screen === undefined ? {} : { onProgress: (progress) => screen.onProgress(progress) }),
  });
  stopped.unlisten();
  screen?.finish();

  const now = rowsOfRun(run);
  const published = record === undefined ? [] : rowsOfRecord(record);
  const compared = compareRates(published, now);
  if (screen === undefined) process.stdout.write(`${JSON.stringify(jsonOf(run, published, compared))}\n`);
  else
    say([
      "",
      ...proveTable({ now, published, compared }, paint),
      "",
      ...lastWords(run, compared, published.length, columns, clients),
    ]);
  const isWhole = !stopped.signal.aborted && now.some(({ trials }) => trials > 0);
  return isWhole && compared.every(({ agrees }) => agrees) ? exitStatus.fine : exitStatus.wrong;
}

function unknownWords(id: string, isEntry: boolean, ids: readonly string[]): string {
  const near = nearestIds(id, ids);
  const others = near.length === 0 ? `there are ${ids.join(", ")}` : `nearest: ${near.join(", ")}`;
  return isEntry
    ? `${id} has no experiment; ${others}`
    : `no entry is called ${id}; ${others} (\`${called()} list\` names all entries)`;
}

function clientsOf(names: readonly string[], { clients, entry }: Experiment, fail: Fail): readonly ClientId[] {
  return names.map((name) => {
    const client = clients.find((one) => one === name);
    return client ?? fail(`--clients: ${entry} is not tried with "${name}"; it is with ${clients.join(", ")}`);
  });
}

function titleLines(
  experiment: Experiment,
  record: EntryRecord | undefined,
  { seed, trials }: ProveFlags,
  columns: number,
  paint: Paint,
): readonly string[] {
  const asked = trials ?? experiment.trials;
  const size = `${asked === undefined ? "" : `${asked} trials of each client in each arm, `}seed ${seed}`;
  return [
    paint.strong(`${experiment.entry}${record === undefined ? "" : `: ${record.title}`}`),
    ...wrapText(experiment.says, columns),
    paint.faint(experiment.tier === "emulated" ? `${size}; the device is an imitation` : size),
  ];
}

function lastWords(
  run: ExperimentRun,
  compared: readonly ComparedRate[],
  published: number,
  columns: number,
  clients: readonly string[] | undefined,
): readonly string[] {
  const apart = compared.filter(({ agrees }) => !agrees);
  const verdict =
    published === 0
      ? "Nothing is published of this entry yet."
      : apart.length === 0
        ? `All ${compared.length} rates that are published agree with this run.`
        : `${apart.length} of ${compared.length} published rates do not agree with this run; one in twenty does not by chance.`;
  return [
    ...run.skipped.map(({ client, why }) => `${client} was not tried: ${why}.`),
    ...run.stopped.map((client) => `${client} does not show this failure: its first trials all survived.`),
    verdict,
    `The numbers behind a rate are its 95 % interval; "twice" are trials in which a call was executed more than once.`,
    `Again: ${called()} prove ${run.entry} --seed ${run.seed} --trials ${run.trials}${clients === undefined ? "" : ` --clients ${clients.join(",")}`}`,
  ].flatMap((line) => wrapText(line, columns));
}

function jsonOf(run: ExperimentRun, published: unknown, compared: readonly ComparedRate[]): unknown {
  const { entry, seed, trials, arms, skipped, stopRule, stopped } = run;
  const told = arms.map(({ client, arm, says, run: ran }) =>
    ran.kind === "ran"
      ? { client, arm, says, kind: ran.kind, ...ran.count, versions: ran.versions, notes: ran.notes }
      : { client, arm, says, ...ran },
  );
  return { entry, seed, trials, arms: told, skipped, stopRule, stopped, published, compared };
}

/** Once: the run ends, and what was counted is shown. */
function listenToUser(): { readonly signal: AbortSignal; unlisten(): void } {
  const controller = new AbortController();
  const onSignal = (): void => controller.abort();
  const signals = ["SIGINT", "SIGTERM", "SIGHUP"] as const;
  for (const signal of signals) process.on(signal, onSignal);
  return {
    signal: controller.signal,
    unlisten: () => {
      for (const signal of signals) process.off(signal, onSignal);
    },
  };
}

function say(lines: readonly string[]): void {
  process.stdout.write(`${lines.join("\n")}\n`);
}
