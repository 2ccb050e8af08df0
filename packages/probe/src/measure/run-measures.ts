/**
 * Runs several measures: says beforehand how long it takes, those that must not be disturbed first, the rest side by side.
 * Owns the order; what is measured is each measure's own.
 */

import { age } from "./age.ts";
import { idle } from "./idle.ts";
import { level } from "./level.ts";
import { type Bounds, type Finding, type Measure, type MeasureId, measureIds, type Plan } from "./measure.ts";
import { pings } from "./pings.ts";
import { streams } from "./streams.ts";
import type { Surroundings } from "./surroundings.ts";

/** What is going to be done, before it is. */
export interface MeasurePlan {
  readonly ids: readonly MeasureId[];
  readonly atMostMs: number;
  readonly connections: number;
  readonly does: readonly { readonly id: MeasureId; readonly title: string; readonly does: string }[];
  readonly bounds: Bounds;
}

// Their plans and evidences differ; whoever runs one knows only that they belong together.
interface Running {
  readonly id: MeasureId;
  readonly plan: Plan;
  readonly title: string;
  /** Measures, and gives what judges what was seen. */
  act(surroundings: Surroundings): Promise<(others: readonly Finding[]) => Finding>;
}

export function planMeasures(ids: readonly MeasureId[], bounds: Bounds): MeasurePlan {
  const running = begun(ids, bounds);
  const alone = running.filter(({ id }) => isQuick(id));
  const together = running.filter(({ id }) => !isQuick(id));
  const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);
  return {
    ids: running.map(({ id }) => id),
    atMostMs: sum(alone.map(({ plan }) => plan.atMostMs)) + Math.max(0, ...together.map(({ plan }) => plan.atMostMs)),
    connections: Math.max(
      ...alone.map(({ plan }) => plan.connections),
      sum(together.map(({ plan }) => plan.connections)),
    ),
    does: running.map(({ id, title, plan }) => ({ id, title, does: plan.does })),
    bounds,
  };
}

/**
 * Ends by itself, at the plan's `atMostMs` at the latest. Findings come in the order of `measureIds`.
 *
 * @param onFinding Hears each finding as soon as it is there.
 */
export async function runMeasures(
  plan: MeasurePlan,
  surroundings: Surroundings,
  onFinding: (finding: Finding) => void = () => undefined,
): Promise<Finding[]> {
  const running = begun(plan.ids, plan.bounds);
  const findings: Finding[] = [];
  const note = (finding: Finding): void => {
    findings.push(finding);
    onFinding(finding);
  };
  const last: ((others: readonly Finding[]) => Finding)[] = [];
  for (const one of running.filter(({ id }) => isQuick(id))) {
    const judge = await one.act(surroundings);
    // Who answers shows in what the others find, too.
    if (one.id === "level") last.push(judge);
    else note(judge([]));
  }
  await Promise.all(
    running
      .filter(({ id }) => !isQuick(id))
      .map(async (one) => {
        note((await one.act(surroundings))([]));
      }),
  );
  for (const judge of last) note(judge(findings));
  return findings.sort((a, b) => place(a) - place(b));
}

function isQuick(id: MeasureId): boolean {
  return id === "level" || id === "streams";
}

function place({ id }: Finding): number {
  return id === "watch" ? measureIds.length : measureIds.indexOf(id);
}

function begun(ids: readonly MeasureId[], bounds: Bounds): Running[] {
  const all: readonly Running[] = [
    joined(level, bounds),
    joined(streams, bounds),
    joined(idle, bounds),
    joined(age, bounds),
    joined(pings, bounds),
  ];
  return all.filter(({ id }) => ids.includes(id));
}

function joined<P extends Plan, E>(measure: Measure<P, E>, bounds: Bounds): Running {
  const plan = measure.plan(bounds);
  return {
    id: measure.id,
    title: measure.title,
    plan,
    act: async (surroundings) => {
      const evidence = await measure.act(plan, surroundings);
      return (others) => measure.judge(evidence, plan, others);
    },
  };
}
