/**
 * The times of calls that everything else is derived from: how long one may run and be silent once the application does what
 * is asked of it. Owns those demands.
 */

import { durationText as time } from "../facts/duration.ts";
import type { PathFacts } from "../facts/path-facts.ts";
import type { HopKind } from "../hops/hop-kind.ts";
import { hopKindTable } from "../hops/hop-kinds-table.ts";
import type { Demand } from "./plan.ts";

export interface CallLimits {
  /** Longest call that nothing cuts. */
  readonly longestCallMs: number;
  /** On every call: above the longest, below every hop's patience. */
  readonly deadlineMs: number;
  /** From GOAWAY or SIGTERM to the cut. */
  readonly graceMs: number;
  readonly silenceMs: number;
  readonly heartbeatMs: number | undefined;
  /** An ALB's one idle timer, for both of its legs. */
  readonly albIdleMs: number;
  readonly demands: readonly Demand[];
}

const s = 1_000;
/** The most that an ALB can be told. */
const albMostMs = 4_000 * s;
const albDefaultMs = 60 * s;
/** What NLB flows are kept for unless told otherwise. */
export const nlbIdleMs = 350 * s;
/** Between the deadline and a cut: for the DEADLINE_EXCEEDED to arrive. */
const afterDeadlineMs = 10 * s;

export function callLimits(facts: PathFacts): CallLimits {
  const longestCallMs = Math.min(facts.longestCallMs, facts.drainLimitMs);
  const silenceMs = Math.min(facts.longestSilenceMs, longestCallMs);
  const albIdleMs = albIdle(facts, silenceMs);
  const heartbeatMs = heartbeat(facts, silenceMs, albIdleMs);
  const deadlineMs = upTo(s, longestCallMs + Math.max(5 * s, longestCallMs / 10));
  const demands: Demand[] = [];
  if (longestCallMs < facts.longestCallMs)
    demands.push({
      kind: "resume-streams",
      says: `End streams after ${time(longestCallMs)} at the latest, and resume them where they were.`,
      because: `calls are told to take ${facts.longestCallMs === Infinity ? "for ever" : `up to ${time(facts.longestCallMs)}`}, and an old server may take ${time(facts.drainLimitMs)} to leave`,
      rule: "ag-02",
    });
  if (heartbeatMs !== undefined)
    demands.push({
      kind: "heartbeat",
      says: `Send a message at least every ${time(heartbeatMs)}, in one direction, on each call that would be silent for longer.`,
      because: `calls may be silent for ${time(silenceMs)}, and on this path nobody may, or can, ask often enough`,
      rule: "st-13",
    });
  const graceMs = deadlineMs + afterDeadlineMs;
  return { longestCallMs, deadlineMs, graceMs, silenceMs, heartbeatMs, albIdleMs, demands };
}

/** Twice the silence; but where nobody can ask an ALB's targets, below what the network forgets. */
function albIdle(facts: PathFacts, silenceMs: number): number {
  const next = facts.hops
    .slice(facts.hops.findIndex(({ kind }) => kind === "aws-alb") + 1)
    .find(({ kind }) => kind !== "aws-nlb");
  const canAsk = next !== undefined && hopKindTable[next.kind].pingsUp === true;
  const mostMs = canAsk ? albMostMs : Math.min(albMostMs, downTo(s, forgetsAfter(facts) * 0.8));
  return Math.min(mostMs, Math.max(albDefaultMs, upTo(s, 2 * silenceMs)));
}

/** The strictest timer that settings cannot move, halved or less; `undefined` when no call is that silent. */
function heartbeat(facts: PathFacts, silenceMs: number, albIdleMs: number): number | undefined {
  const forgetsAfterMs = forgetsAfter(facts);
  const ends = facts.hops.filter(({ kind }) => kind !== "aws-nlb");
  const isUnasked = ends.slice(1).some((to, index) => !canBeAsked((ends[index] ?? to).kind, to.kind));
  const hasAlb = facts.hops.some(({ kind }) => kind === "aws-alb");
  const most = Math.min(
    isUnasked && forgetsAfterMs <= 2 * silenceMs ? forgetsAfterMs / 3 : Infinity,
    hasAlb && albIdleMs < 2 * silenceMs ? albIdleMs / 2 : Infinity,
  );
  return most >= silenceMs || most === Infinity
    ? undefined
    : Math.max(1, most >= 2 * s ? downTo(s, most) : Math.floor(most));
}

/** Of the whole path; an NLB keeps flows for as long as it is told. */
function forgetsAfter({ idleMs, hops }: PathFacts): number {
  return hops.some(({ kind }) => kind === "aws-nlb") ? Math.min(idleMs, nlbIdleMs) : idleMs;
}

/** Whether a hop can ask the next one without harm to its own calls. */
export function canAskDown(kind: HopKind): boolean {
  return hopKindTable[kind].pingsDown === true && hopKindTable[kind].pingCutsDrain !== true;
}

/** Whether either end of a leg can ask the other: by PINGs, or by its kernel. */
export function canBeAsked(from: HopKind, to: HopKind): boolean {
  return canAskDown(from) || hopKindTable[to].pingsUp === true || hopKindTable[to].tcpAsksUp === true;
}

export function upTo(step: number, value: number): number {
  return Math.ceil(value / step) * step;
}

export function downTo(step: number, value: number): number {
  return value === Infinity ? value : Math.floor(value / step) * step;
}
