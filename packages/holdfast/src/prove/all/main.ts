/**
 * `npm run prove`: runs experiments, compares what they count with what is published, and with `--write` publishes it: the
 * result stands beside the entry, and the catalog computes its rates from there. Exit status 1: a text that explain does not
 * give to its entry, a world that did not stand, or a rate that does not agree.
 */

import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { isDeepStrictEqual } from "node:util";
import { type MeasuredFile, measuredFile } from "@holdfast/catalog/schema";
import type { Experiment, ExperimentRun } from "@holdfast/lab/experiment";
import { compareRates } from "../agreement.ts";
import { rowsOfFile } from "../counted-row.ts";
import { measuredOf } from "../measured-of.ts";
import { printedTexts, textComplaints } from "../text-rule.ts";
import type { ProveOptions } from "./options.ts";
import { parseProveOptions, proveUsage } from "./options.ts";
import { changedIds, commitCount, tenthOf } from "./which-experiments.ts";

const { armLines, clientIds, experimentIds, loadExperiment, runExperiment } = await import("@holdfast/lab/experiment");

const root = path.resolve(import.meta.dirname, "../../../../..");

const chanceShare = 0.05;

/** Four standard deviations: one rate in 16,000 by chance, so that a commit is not stopped by it. */
const ciZ = 4;

/** A world that does not stand now and then is the machine's; more often it is the experiment's. */
const brokenShare = 0.1;

const args = process.argv.slice(2);
try {
  if (args.includes("--help") || args.includes("-h")) process.stdout.write(proveUsage(clientIds));
  else await prove(parseProveOptions(args, clientIds));
} catch (error) {
  if (!(error instanceof Error)) throw error;
  process.stderr.write(`prove: ${error.message}\n\n${proveUsage(clientIds)}`);
  process.exitCode = 2;
}

async function prove(options: ProveOptions): Promise<void> {
  const ids = chosenIds(options);
  const begunMs = performance.now();
  const complaints: string[] = [];
  const leftOut: string[] = [];
  let rates = 0;
  let apart = 0;
  for (const id of ids) {
    if (performance.now() - begunMs > options.withinMs) {
      leftOut.push(id);
      continue;
    }
    const found = await proveOne(id, options);
    complaints.push(...found.complaints);
    rates += found.rates;
    apart += found.apart;
  }
  complaints.push(...disagreement(rates, apart, options));
  const seconds = ((performance.now() - begunMs) / 1_000).toFixed(0);
  say(`\n${ids.length - leftOut.length} experiments in ${seconds} s; ${rates} rates compared, ${apart} do not agree`);
  if (leftOut.length > 0) say(`not begun in time: ${leftOut.join(" ")}`);
  for (const complaint of complaints) say(`FAILED ${complaint}`);
  if (complaints.length > 0) process.exitCode = 1;
}

interface Found {
  readonly complaints: readonly string[];
  readonly rates: number;
  readonly apart: number;
}

async function proveOne(id: string, options: ProveOptions): Promise<Found> {
  const experiment = await loadExperiment(id);
  if (experiment === undefined) throw new Error(`there is no experiment ${id}`);
  say(`${id}: ${experiment.says}`);
  const { seed, trials, clients } = options;
  const run = await runExperiment(experiment, {
    seed,
    ...(trials === undefined ? {} : { trials }),
    ...(clients === undefined ? {} : { clients }),
    onProgress: (progress) => {
      if (progress.kind === "arm-ended") process.stdout.write(armLines(progress));
    },
  });
  for (const { client, why } of run.skipped) say(`  ${client}: skipped: ${why}`);
  for (const client of run.stopped) say(`  ${client}: not reproduced`);
  const { cpus, platform, arch } = { cpus: os.cpus().length, platform: process.platform, arch: process.arch };
  const now = measuredOf(experiment, run, {
    date: new Date().toISOString().slice(0, "2026-11-22".length),
    machine: { cores: Math.max(1, cpus), system: `${platform} ${arch}` },
  });
  const file = path.join(root, "packages/catalog/entries", id, "measured.json");
  const published = readMeasured(file);
  const others = clientsOfOtherVersions(published, now);
  for (const client of others) say(`  ${client}: published with other versions, so not compared`);
  const compared =
    published === undefined
      ? []
      : compareRates(rowsOfFile(published), rowsOfFile(now), options.isCi ? ciZ : undefined).filter(
          ({ client }) => !others.has(client),
        );
  const apart = compared.filter(({ agrees }) => !agrees);
  for (const { client, arm, rate, published: before, now: after } of apart)
    say(
      `  does not agree: ${client} ${arm} ${rate} ${after.count}/${after.trials}, published ${before.count}/${before.trials}`,
    );
  // What another version prints is news, and nobody's fault who changed something else.
  const complaints = complaintsOf(experiment, run, options.isCi ? others : new Set());
  const asked = experiment.clients.filter((client) => clients?.includes(client) !== false);
  if (asked.length === 0) say("  none of these clients is among its own");
  else if (now.clients.length === 0) complaints.push(`${id}: no client ran`);
  else if (options.write) write(file, now, published, options);
  return { complaints, rates: compared.length, apart: apart.length };
}

/** By chance one rate in twenty lies outside its 95 % interval; where more certainty is asked for, none may. */
function disagreement(rates: number, apart: number, { write: isWritten, isCi }: ProveOptions): readonly string[] {
  const allowed = isCi ? 0 : Math.max(1, chanceShare * rates);
  return isWritten || apart <= allowed ? [] : [`${apart} of ${rates} rates do not agree with what is published`];
}

/** Another version of a client may do otherwise: its counts are other counts. */
function clientsOfOtherVersions(published: MeasuredFile | undefined, now: MeasuredFile): ReadonlySet<string> {
  const changed = now.clients.filter(({ client, versions }) => {
    const before = published?.clients.find((one) => one.client === client);
    return before !== undefined && !isDeepStrictEqual(before.versions, versions);
  });
  return new Set(changed.map(({ client }) => client));
}

function complaintsOf(experiment: Experiment, run: ExperimentRun, newTexts: ReadonlySet<string>): string[] {
  return run.arms.flatMap(({ client, arm, run: ran }) => {
    if (ran.kind !== "ran") return [];
    const { broken, trials } = ran.count;
    const standing =
      broken > brokenShare * (broken + trials)
        ? [
            `${run.entry}: ${client} ${arm}: ${broken} of ${broken + trials} worlds did not stand: ${ran.notes.join("; ")}`,
          ]
        : [];
    if (arm !== "control" || newTexts.has(client)) return standing;
    return [...standing, ...textComplaints(run.entry, client, printedTexts(experiment, client, ran.outcomes))];
  });
}

/** A result of some clients replaces theirs, and leaves those of the others where the seed and the trials are the same. */
function write(file: string, now: MeasuredFile, before: MeasuredFile | undefined, options: ProveOptions): void {
  if (!fs.existsSync(path.dirname(file)))
    throw new Error(`there is no entry at ${path.relative(root, path.dirname(file))}`);
  const kept = options.clients === undefined || before === undefined ? [] : before.clients.filter(isNotIn(now));
  if (kept.length > 0 && (before?.seed !== now.seed || before.trials !== now.trials))
    throw new Error(
      `${path.relative(root, file)} was counted with --seed ${before?.seed} and ${before?.trials} trials`,
    );
  const skipped = kept.length === 0 ? now.skipped : [...(before?.skipped ?? []).filter(isNotIn(now)), ...now.skipped];
  const whole: MeasuredFile = {
    ...now,
    clients: [...kept, ...now.clients],
    skipped,
    recording: now.recording ?? before?.recording ?? null,
  };
  fs.writeFileSync(file, `${JSON.stringify(measuredFile.parse(whole), null, 2)}\n`);
  say(`  written: ${path.relative(root, file)}`);
}

function isNotIn({ clients, skipped }: MeasuredFile): (one: { readonly client: string }) => boolean {
  const there = new Set([...clients, ...skipped].map(({ client }) => client));
  return ({ client }) => !there.has(client);
}

function readMeasured(file: string): MeasuredFile | undefined {
  if (!fs.existsSync(file)) return undefined;
  return measuredFile.parse(JSON.parse(fs.readFileSync(file, "utf8")));
}

function chosenIds({ ids, changed, tenth }: ProveOptions): readonly string[] {
  const all = experimentIds();
  const unknown = ids.find((id) => !all.includes(id));
  if (unknown !== undefined) throw new Error(`there is no experiment ${unknown}`);
  if (ids.length > 0) return ids;
  if (!changed && tenth === undefined) return all;
  const chosen = new Set(changed ? changedIds(root, all) : []);
  if (tenth !== undefined)
    for (const id of tenthOf(all, tenth === "commits" ? commitCount(root) : tenth)) chosen.add(id);
  return [...chosen];
}

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}
