/** Owns the making of a result file's content from a run. Pure but for what it is given; the counting is the lab's. */

import type { MeasuredClient, MeasuredFile } from "@holdfast/catalog/schema";
import type { ArmCount, ArmResult, Experiment, ExperimentRun, RecordedFrame } from "@holdfast/lab/experiment";
import type { PrintedText } from "./text-rule.ts";
import { printedTexts } from "./text-rule.ts";

/** What a run does not know of itself. */
export interface RunSetting {
  /** Calendar day, UTC: `2026-11-22`. */
  readonly date: string;
  readonly machine: MeasuredFile["machine"];
}

/** At most so many frames of a recording are kept: more is no picture. */
const maxFrames = 40;
/** Of a longer one, its beginning; the rest is its end, where the failure is. */
const keptFromStart = 12;
/** Texts of one client that are kept. */
const maxTexts = 8;

export function measuredOf(experiment: Experiment, run: ExperimentRun, setting: RunSetting): MeasuredFile {
  const clients = [...new Set(run.arms.map(({ client }) => client))];
  const treatments = Object.entries(experiment.treatments).map(([id, { says }]) => [id, says] as const);
  return {
    experiment: `npm run prove -- ${run.entry} --seed ${run.seed}`,
    says: experiment.says,
    tier: experiment.tier,
    seed: run.seed,
    date: setting.date,
    trials: run.trials,
    stop_rule: run.stopRule,
    machine: setting.machine,
    treatments: Object.fromEntries(treatments),
    ...(experiment.also === undefined ? {} : { also: [...experiment.also] }),
    clients: clients.map((client) => measuredClient(client, experiment, run)).filter((client) => client !== undefined),
    skipped: run.skipped.map(({ client, why }) => ({ client, why })),
    recording: recordingOf(run.arms),
  };
}

function measuredClient(client: string, experiment: Experiment, run: ExperimentRun): MeasuredClient | undefined {
  const arms = run.arms.filter((arm) => arm.client === client);
  const control = arms.find(({ arm }) => arm === "control")?.run;
  if (control?.kind !== "ran") return undefined;
  const texts = printedTexts(experiment, client, control.outcomes);
  const treatments = arms.flatMap(({ arm, run: { ...ran } }) =>
    arm !== "control" && ran.kind === "ran" ? [[arm, countsOf(ran.count)] as const] : [],
  );
  return {
    client,
    versions: { ...control.versions },
    stopped_early: run.stopped.some((stopped) => stopped === client),
    control: {
      ...countsOf(control.count),
      printed: sum(texts),
      named: sum(texts.filter(({ named }) => named)),
      texts: texts.slice(0, maxTexts).map(({ text, count, example, named }) => ({ text, count, example, named })),
    },
    treatments: Object.fromEntries(treatments),
    not_set: arms.flatMap(({ arm, run: ran }) =>
      ran.kind === "unsupported" ? [{ treatment: arm, setting: ran.setting, why: ran.why }] : [],
    ),
  };
}

function countsOf(count: ArmCount): MeasuredClient["treatments"][string] {
  const { trials, survived, failed, executedTwice, neverSettled, broken } = count;
  return {
    trials,
    survived,
    failed: { ...failed },
    executed_twice: executedTwice,
    never_settled: neverSettled,
    broken,
  };
}

function sum(texts: readonly PrintedText[]): number {
  return texts.reduce((all, { count }) => all + count, 0);
}

/** The recording of the first client whose control failed and whose world records. */
function recordingOf(arms: readonly ArmResult[]): MeasuredFile["recording"] {
  for (const { client, arm, run } of arms) {
    if (arm !== "control" || run.kind !== "ran" || run.frames.length === 0) continue;
    if (run.count.survived === run.count.trials) continue;
    return {
      client,
      frames: shortened(run.frames).map(({ atMs, connection, from, frame }) => {
        return { at_ms: atMs, connection, from, frame };
      }),
    };
  }
  return null;
}

function shortened(frames: readonly RecordedFrame[]): readonly RecordedFrame[] {
  if (frames.length <= maxFrames) return frames;
  const telling = frames.filter(({ frame }) => !/^(?:WINDOW_UPDATE|SETTINGS ACK)/.test(frame));
  if (telling.length <= maxFrames) return telling;
  const start = telling.slice(0, keptFromStart);
  const end = telling.slice(telling.length - (maxFrames - keptFromStart - 1));
  const gap = end[0];
  return gap === undefined ? start : [...start, { ...gap, frame: "…" }, ...end];
}
