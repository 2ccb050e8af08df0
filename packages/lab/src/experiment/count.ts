/**
 * Owns the counting: the lines that a client printed and the executions at the journals, in; what became of each trial, and
 * of the arm, out. Pure. Does not own how they were come by (`run-arm.ts`).
 */

import type { ClientLine } from "./client-order.ts";
import { maskText } from "./mask-text.ts";
import type { ArmCount } from "./outcome.ts";

/** What is known of one trial when it is over. */
export interface TrialFacts {
  readonly trial: number;
  readonly callIds: readonly number[];
  /** All that the driver printed of this trial, in order. */
  readonly lines: readonly ClientLine[];
  /** By the journals of its world; undefined where no world stood. */
  readonly executions: ((callId: number) => number) | undefined;
  /**
   * Whether the driver said that it was done, so that a call without a line is one that never settled. A driver that was
   * lost leaves calls of which nothing is known.
   */
  readonly done: boolean;
}

export interface PrintedFailure {
  readonly code: string;
  /** As printed. */
  readonly text: string;
  /** What differs from run to run as `…`: equal failures have one text. */
  readonly masked: string;
}

export interface TrialOutcome {
  readonly trial: number;
  readonly kind: "survived" | "failed" | "broken";
  /** The trial's first failure; absent if it failed by a call that never settled alone. */
  readonly failure?: PrintedFailure;
  readonly neverSettled: boolean;
  readonly executedTwice: boolean;
  /** Why a broken trial is broken. */
  readonly why?: string;
}

type Settled = Extract<ClientLine, { kind: "ok" | "failed" }>;

export function countTrial(facts: TrialFacts): TrialOutcome {
  const { trial, callIds, lines, executions, done } = facts;
  const broken = (why: string): TrialOutcome => ({
    trial,
    kind: "broken",
    neverSettled: false,
    executedTwice: false,
    why,
  });
  if (executions === undefined) return broken("its world did not stand");
  const settled = new Map<number, Settled>();
  for (const line of lines) {
    if (line.kind === "broken") return broken(line.why);
    if (line.kind !== "ok" && line.kind !== "failed") continue;
    if (!callIds.includes(line.id)) return broken(`the driver told of call ${line.id}, which is none of this trial`);
    const before = settled.get(line.id);
    // A call settles once. The same said twice is one settling; two different things said are a driver that cannot be believed.
    if (before !== undefined && before.kind !== line.kind)
      return broken(`call ${line.id} was told as OK and as failed`);
    if (before === undefined) settled.set(line.id, line);
  }
  const missing = callIds.filter((id) => !settled.has(id));
  if (missing.length > 0 && !done) return broken("the driver ended before the trial did");
  const first = [...settled.values()].find((line) => line.kind === "failed");
  return {
    trial,
    kind: first === undefined && missing.length === 0 ? "survived" : "failed",
    ...(first === undefined ? {} : { failure: failureOf(first) }),
    neverSettled: missing.length > 0,
    executedTwice: callIds.some((id) => executions(id) > 1),
  };
}

function failureOf({ code, text }: Extract<Settled, { kind: "failed" }>): PrintedFailure {
  return { code, text, masked: maskText(text) };
}

/** At most so many texts are kept of an arm; an experiment that makes more kinds of failures is not one failure. */
const maxTexts = 8;

export function countArm(outcomes: readonly TrialOutcome[]): ArmCount {
  const counted = outcomes.filter(({ kind }) => kind !== "broken");
  const failed: Record<string, number> = {};
  const texts = new Map<string, number>();
  for (const { failure } of counted) {
    if (failure === undefined) continue;
    failed[failure.code] = (failed[failure.code] ?? 0) + 1;
    texts.set(failure.masked, (texts.get(failure.masked) ?? 0) + 1);
  }
  return {
    trials: counted.length,
    survived: counted.filter(({ kind }) => kind === "survived").length,
    failed,
    executedTwice: counted.filter(({ executedTwice }) => executedTwice).length,
    neverSettled: counted.filter(({ neverSettled }) => neverSettled).length,
    broken: outcomes.length - counted.length,
    texts: [...texts]
      .sort(([a, often], [b, oftenToo]) => oftenToo - often || (a < b ? -1 : 1))
      .slice(0, maxTexts)
      .map(([text, count]) => ({ text, count })),
  };
}
