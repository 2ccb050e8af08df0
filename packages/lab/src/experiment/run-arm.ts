/**
 * Owns one client in one arm: makes the worlds of its trials, gives the driver its order, gathers its lines and the journals'
 * executions. Does not own the counting (`count.ts`) nor which arms there are (`run-experiment.ts`).
 */

import { setTimeout as sleep } from "node:timers/promises";
import type { Driver } from "../drivers/drivers.ts";
import type { ClientLine, ClientOrder, OrderedTrial } from "./client-order.ts";
import type { ClientSetup } from "./client-setup.ts";
import type { TrialOutcome } from "./count.ts";
import { countArm, countTrial } from "./count.ts";
import type { CallPlan, MakeWorld, Trial } from "./experiment.ts";
import type { ArmCount } from "./outcome.ts";
import type { RecordedFrame } from "./recorded-frame.ts";
import { runDriver } from "./run-driver.ts";
import type { World } from "./world.ts";

export interface ArmPlan {
  readonly driver: Driver;
  readonly setup: ClientSetup;
  readonly plan: Required<CallPlan>;
  readonly makeWorld: MakeWorld;
  readonly trials: readonly Trial[];
  /** Calls are numbered from here on: worlds of several arms may share a journal. */
  readonly firstCallId: number;
  readonly atOnce: number;
  readonly signal?: AbortSignal;
}

export type ArmRun =
  | {
      readonly kind: "ran";
      readonly count: ArmCount;
      readonly outcomes: readonly TrialOutcome[];
      readonly versions: Readonly<Record<string, string>>;
      /** Of the recorded trial, if its world can record. */
      readonly frames: readonly RecordedFrame[];
      /** What went otherwise than meant, each once. */
      readonly notes: readonly string[];
    }
  /** This client has no such setting. */
  | { readonly kind: "unsupported"; readonly setting: string; readonly why: string }
  /** This client cannot run here. */
  | { readonly kind: "skipped"; readonly why: string };

/** The time for a process to start and to load its client, on a machine that is busy with others. */
const startLimitMs = 30_000;
/** A driver gives a call so long after its deadline before it calls it unsettled (`client-order.ts`). */
const settleGraceMs = 5_000;
/** Time in which an attempt that is on its way when the client has settled still reaches a journal. */
const lateExecutionMs = 100;
/** Linux takes 128 KiB for one argument; a certificate in each of a hundred trials is more. */
const maxOrderChars = 100_000;
const worldsAtOnce = 10;

interface Slot {
  readonly trial: Trial;
  readonly callIds: readonly number[];
  readonly lines: ClientLine[];
  world?: World;
  done: boolean;
  told: boolean;
}

/** `onTrial` hears each trial as soon as all its calls have settled; what settles never is heard of at the end. */
export async function runArm(arm: ArmPlan, onTrial: (outcome: TrialOutcome) => void = () => {}): Promise<ArmRun> {
  const slots = arm.trials.map((trial, at) => slotOf(trial, arm.firstCallId + at * arm.plan.calls, arm.plan.calls));
  const notes = new Set<string>();
  try {
    await makeWorlds(arm, slots, notes);
    const run = await giveOrders(arm, slots, notes, onTrial);
    if (run.kind === "told") return run.line;
    await sleep(lateExecutionMs);
    const outcomes = slots.map(outcomeOf);
    for (const [at, outcome] of outcomes.entries()) if (slots[at]?.told === false) onTrial(outcome);
    for (const { why } of outcomes) if (why !== undefined) notes.add(`a trial is broken: ${why}`);
    for (const { world } of slots) for (const note of world?.notes ?? []) notes.add(note);
    const frames = slots.find(({ trial }) => trial.recorded)?.world?.frames ?? [];
    const count = countArm(outcomes);
    return { kind: "ran", count, outcomes, versions: run.versions, frames: [...frames], notes: [...notes] };
  } finally {
    await Promise.allSettled(slots.map(async ({ world }) => world?.[Symbol.asyncDispose]()));
  }
}

function slotOf(trial: Trial, firstCallId: number, calls: number): Slot {
  const callIds = Array.from({ length: calls }, (_, call) => firstCallId + call);
  return { trial, callIds, lines: [], done: false, told: false };
}

function outcomeOf({ trial, callIds, lines, world, done }: Slot): TrialOutcome {
  const executions = world === undefined ? undefined : (id: number): number => world.executions(id);
  return countTrial({ trial: trial.number, callIds, lines, executions, done });
}

async function makeWorlds(arm: ArmPlan, slots: readonly Slot[], notes: Set<string>): Promise<void> {
  let next = 0;
  const worker = async (): Promise<void> => {
    for (let slot = slots[next++]; slot !== undefined; slot = slots[next++]) {
      try {
        slot.world = await arm.makeWorld(slot.trial);
      } catch (error) {
        notes.add(`a world did not stand: ${String(error)}`);
      }
    }
  };
  await Promise.all(Array.from({ length: worldsAtOnce }, worker));
}

type Orders =
  | { readonly kind: "gave"; readonly versions: Readonly<Record<string, string>> }
  | { readonly kind: "told"; readonly line: Extract<ClientLine, { kind: "unsupported" | "skipped" }> };

async function giveOrders(
  arm: ArmPlan,
  slots: readonly Slot[],
  notes: Set<string>,
  onTrial: (outcome: TrialOutcome) => void,
): Promise<Orders> {
  const byTrial = new Map(slots.map((slot) => [slot.trial.number, slot]));
  let versions: Readonly<Record<string, string>> = {};
  let told: Extract<ClientLine, { kind: "unsupported" | "skipped" }> | undefined;
  const onLine = (line: ClientLine): void => {
    if (line.kind === "versions") versions = line.versions;
    if (line.kind === "unsupported" || line.kind === "skipped") told ??= line;
    if (!("trial" in line)) return;
    const slot = byTrial.get(line.trial);
    if (slot === undefined) return void notes.add(`the driver told of a trial ${line.trial}, which there is not`);
    slot.lines.push(line);
    if (slot.told || (line.kind !== "broken" && slot.lines.length < slot.callIds.length)) return;
    slot.told = true;
    onTrial(outcomeOf(slot));
  };
  for (const part of ordersOf(arm, slots)) {
    const order: ClientOrder = { setup: arm.setup, plan: arm.plan, atOnce: arm.atOnce, trials: part.map(orderedTrial) };
    const { env } = arm.setup;
    const stop = arm.signal === undefined ? {} : { signal: arm.signal };
    const options = { limitMs: limitMs(arm, part.length), ...(env === undefined ? {} : { env }), ...stop };
    const { done, trouble } = await runDriver(arm.driver, order, options, onLine);
    if (told !== undefined) return { kind: "told", line: told };
    if (trouble !== undefined) notes.add(trouble);
    for (const slot of part) slot.done = done;
  }
  return { kind: "gave", versions };
}

/** The trials whose worlds stand, in orders that fit the command line. */
function ordersOf(arm: ArmPlan, slots: readonly Slot[]): Slot[][] {
  const parts: Slot[][] = [];
  let chars = Infinity;
  for (const slot of slots) {
    if (slot.world === undefined) continue;
    const more = JSON.stringify(orderedTrial(slot)).length + 1;
    if (chars + more > maxOrderChars) {
      parts.push([]);
      chars = JSON.stringify(arm.setup).length + JSON.stringify(arm.plan).length;
    }
    parts.at(-1)?.push(slot);
    chars += more;
  }
  return parts;
}

function orderedTrial({ trial, callIds, world }: Slot): OrderedTrial {
  if (world === undefined) throw new TypeError("a trial without its world cannot be ordered");
  const { target, caPem, serverName } = world;
  return {
    trial: trial.number,
    target,
    ...(caPem === undefined ? {} : { caPem }),
    ...(serverName === undefined ? {} : { serverName }),
    callIds,
  };
}

/** Room for every call of every batch to run into its deadline twice over: then something else is wrong. */
function limitMs({ plan, atOnce, setup }: ArmPlan, trials: number): number {
  const again = setup.again === undefined ? 1 : 1 + setup.again.times;
  const deadlineMs = plan.deadlineMs === "none" ? 0 : plan.deadlineMs;
  const oneTrialMs = plan.idleMs + plan.calls * plan.everyMs + again * (deadlineMs + settleGraceMs) + 5_000;
  return startLimitMs + 2 * Math.ceil(trials / atOnce) * oneTrialMs;
}
