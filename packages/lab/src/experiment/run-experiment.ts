/**
 * Owns the order of an experiment: for each client the untreated control, then every treatment; and the one rule by which it
 * stops early. Does not own an arm (`run-arm.ts`), nor what is published of it.
 */

import { driverOf } from "../drivers/drivers.ts";
import type { TrialOutcome } from "./count.ts";
import { countArm } from "./count.ts";
import type { ClientId, Experiment, MakeWorld, Treatment } from "./experiment.ts";
import { defaultPlan } from "./experiment.ts";
import { missingNeeds } from "./missing-needs.ts";
import type { RecordedFrame } from "./recorded-frame.ts";
import type { ArmRun } from "./run-arm.ts";
import { runArm } from "./run-arm.ts";
import { seededTrial } from "./seeded-trial.ts";

export const controlArm = "control";

/** Enough for most questions: at 60 trials the interval of a rate of one half is 25 points wide. */
const defaultTrials = 60;
const defaultAtOnce = 20;

/** A failure that does not show in so many trials of a control is taken as not reproduced: its rate is below 0.17. */
export const stopAfterSurvived = 20;

/** The rule, as it is written into results. Fixed here, before any run; nothing else ends an arm early. */
export const stopRule = `a control whose first ${stopAfterSurvived} trials all survived is "not reproduced": it ends, and its client's treatments are not run`;

export interface ArmResult {
  readonly client: ClientId;
  /** `control`, or the id of a treatment. */
  readonly arm: string;
  readonly says: string;
  readonly run: ArmRun;
}

export interface ExperimentRun {
  readonly entry: string;
  readonly seed: number;
  /** Asked of each arm. */
  readonly trials: number;
  readonly arms: readonly ArmResult[];
  readonly skipped: readonly { readonly client: ClientId; readonly why: string }[];
  /** By which a control may have ended early. */
  readonly stopRule: string;
  /** Clients whose control was ended by it. */
  readonly stopped: readonly ClientId[];
}

/** Arms begin in order, one at a time; trials of an arm settle in any order. */
export type Progress =
  | {
      readonly kind: "arm";
      readonly client: ClientId;
      readonly arm: string;
      readonly says: string;
      readonly trials: number;
    }
  | { readonly kind: "trial"; readonly client: ClientId; readonly arm: string; readonly outcome: TrialOutcome }
  | ({ readonly kind: "arm-ended" } & ArmResult);

export interface ExperimentOptions {
  readonly seed: number;
  /** Default: the experiment's own number. */
  readonly trials?: number;
  /** Default: all clients of the experiment. */
  readonly clients?: readonly ClientId[];
  /** Ids of treatments; the control always runs. Default: all. */
  readonly treatments?: readonly string[];
  /** Ends the run: what was not counted by then is broken, and no arm is begun. */
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: Progress) => void;
}

export async function runExperiment(experiment: Experiment, options: ExperimentOptions): Promise<ExperimentRun> {
  const arms: ArmResult[] = [];
  const skipped: { client: ClientId; why: string }[] = [];
  const stopped: ClientId[] = [];
  const missing = missingNeeds(experiment.needs ?? []);
  const runner = new ArmRunner(experiment, options);
  for (const client of experiment.clients) {
    if (options.clients?.includes(client) === false || isOver(options)) continue;
    if (missing.length > 0) {
      skipped.push({ client, why: `this machine has no ${missing.join(", no ")}` });
      continue;
    }
    const control = await runner.run(client, controlArm, { says: "nothing done about it" });
    if (control.run.kind === "skipped") {
      skipped.push({ client, why: control.run.why });
      continue;
    }
    arms.push(control);
    if (control.run.kind === "unsupported") continue;
    if (isNotReproduced(control.run.outcomes)) {
      if (control.run.count.trials < runner.trials) stopped.push(client);
      continue;
    }
    for (const [id, treatment] of Object.entries(experiment.treatments)) {
      if (options.treatments?.includes(id) === false) continue;
      if (treatment.clients?.includes(client) === false || isOver(options)) continue;
      arms.push(await runner.run(client, id, treatment));
    }
  }
  return { entry: experiment.entry, seed: options.seed, trials: runner.trials, arms, skipped, stopRule, stopped };
}

/** Asked anew each time: the signal changes while an arm runs. */
function isOver({ signal }: ExperimentOptions): boolean {
  return signal?.aborted === true;
}

function isNotReproduced(outcomes: readonly TrialOutcome[]): boolean {
  return outcomes.every(({ kind }) => kind !== "failed");
}

class ArmRunner {
  readonly trials: number;
  readonly #experiment: Experiment;
  readonly #options: ExperimentOptions;
  #nextCallId = 1;

  constructor(experiment: Experiment, options: ExperimentOptions) {
    this.#experiment = experiment;
    this.#options = options;
    this.trials = options.trials ?? experiment.trials ?? defaultTrials;
  }

  async run(client: ClientId, arm: string, treatment: Treatment): Promise<ArmResult> {
    const { says } = treatment;
    this.#options.onProgress?.({ kind: "arm", client, arm, says, trials: this.trials });
    const run = await this.#runToItsEnd(client, arm, treatment);
    const result: ArmResult = { client, arm, says, run };
    this.#options.onProgress?.({ kind: "arm-ended", ...result });
    return result;
  }

  /** A control runs in two parts, and its second only if the first has shown the failure. */
  async #runToItsEnd(client: ClientId, arm: string, treatment: Treatment): Promise<ArmRun> {
    if (arm !== controlArm || this.trials <= stopAfterSurvived)
      return this.#runTrials(client, arm, treatment, 1, this.trials);
    const first = await this.#runTrials(client, arm, treatment, 1, stopAfterSurvived);
    if (first.kind !== "ran" || isNotReproduced(first.outcomes)) return first;
    const rest = await this.#runTrials(client, arm, treatment, stopAfterSurvived + 1, this.trials);
    return rest.kind === "ran" ? joined(first, rest) : rest;
  }

  #runTrials(client: ClientId, arm: string, treatment: Treatment, from: number, to: number): Promise<ArmRun> {
    const driver = driverOf(client);
    if ("absent" in driver) return Promise.resolve({ kind: "skipped", why: driver.absent });
    const { entry, world, atOnce = defaultAtOnce, ...experiment } = this.#experiment;
    const plan = { ...defaultPlan, ...experiment.plan, ...treatment.plan };
    const firstCallId = this.#nextCallId;
    this.#nextCallId += (to - from + 1) * plan.calls;
    const trials = Array.from({ length: to - from + 1 }, (_, at) => {
      const number = from + at;
      const recorded = arm === controlArm && number === 1;
      return seededTrial({ seed: this.#options.seed, entry, client, arm, number, recorded });
    });
    const makeWorld: MakeWorld = treatment.world ?? world;
    const setup = { ...experiment.client, ...treatment.client };
    const { signal } = this.#options;
    const stop = signal === undefined ? {} : { signal };
    return runArm({ driver, setup, plan, makeWorld, trials, firstCallId, atOnce, ...stop }, (outcome) =>
      this.#options.onProgress?.({ kind: "trial", client, arm, outcome }),
    );
  }
}

type Ran = Extract<ArmRun, { kind: "ran" }>;

function joined(first: Ran, rest: Ran): Ran {
  const outcomes = [...first.outcomes, ...rest.outcomes];
  const frames: readonly RecordedFrame[] = first.frames;
  const notes = [...new Set([...first.notes, ...rest.notes])];
  return { kind: "ran", count: countArm(outcomes), outcomes, versions: first.versions, frames, notes };
}
