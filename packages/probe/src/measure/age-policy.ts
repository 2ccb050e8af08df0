/**
 * The connection age: how often to call on which connections, and what their ends mean. Pure.
 *
 * Several connections, because ages have a jitter (gRFC A9: a tenth either way), are told apart from restarts by having begun
 * at different times, and from limits on requests by calling at different rates. On some a stream is held open: it is what
 * the grace after the GOAWAY lets live.
 */

import { durationText } from "@holdfast/grpc/report";
import type { GoawaySeen, Life } from "./life.ts";
import { firstWord } from "./life.ts";

/** One connection of the measure. */
export interface AgeHabit {
  /** It begins so much later than the first, ms. */
  readonly startMs: number;
  readonly everyMs: number;
  /** Whether a stream is held open on it. */
  readonly holds: boolean;
}

export interface AgeLife {
  readonly habit: AgeHabit;
  readonly life: Life;
  /** The stream that was held: when it ended and how, if it did. Absent: none could be held. */
  readonly held?: { readonly endedMs?: number; readonly outcome?: string };
}

export function ageHabits(boundMs: number): AgeHabit[] {
  // Two calls a second at most, and the slower ones at half of that: no load, and never idle.
  const everyMs = Math.min(500, boundMs / 40);
  const startMs = Math.min(15_000, boundMs / 40);
  return [
    { startMs: 0, everyMs, holds: false },
    { startMs, everyMs, holds: true },
    { startMs: 2 * startMs, everyMs: 2 * everyMs, holds: false },
    { startMs: 3 * startMs, everyMs: 2 * everyMs, holds: true },
  ];
}

export type AgeVerdict =
  | {
      readonly kind: "aged";
      /** The first and the last age at which a connection was told to go, ms. */
      readonly fromMs: number;
      readonly toMs: number;
      /** The setting that fits, with a jitter of a tenth either way (gRFC A9) or with none, ms. */
      readonly settingMs: number;
      readonly jitter: boolean;
      readonly by: "goaway" | "fin" | "rst" | "error" | "timed-out";
      readonly grace: Grace;
      /** Connections that ended, of so many. */
      readonly ended: number;
      readonly of: number;
    }
  /** Each connection ended with the same number of calls. */
  | { readonly kind: "calls"; readonly calls: number; readonly grace: Grace }
  /** All ended at one moment, whatever their age. */
  | { readonly kind: "restart"; readonly afterMs: number }
  | { readonly kind: "none"; readonly forMs: number }
  | { readonly kind: "unknown"; readonly why: string };

/** What becomes of a stream that is open when its connection is told to go. */
export type Grace =
  /** It was cut so long after the GOAWAY. */
  | { readonly kind: "cut"; readonly afterMs: number; readonly outcome: string }
  /** It was still open so long after it. */
  | { readonly kind: "at-least"; readonly forMs: number }
  | { readonly kind: "unknown"; readonly why: string };

/** Ends this near to each other may be one event, ms; and these are, for nothing with a jitter meets so closely. */
const nearMomentMs = 750;
const oneMomentMs = 100;
/** Ages have a jitter of a tenth either way (gRFC A9): further apart than 1.1 / 0.9 they are not one setting. */
const ageSpread = 1.25;
/** Ages this near to each other have no jitter: a timer and its event loop. */
const steadyShare = 0.01;
const steadyMs = 150;

export function judgeAge(lives: readonly AgeLife[], graceLookMs: number): AgeVerdict {
  if (lives.length === 0) return { kind: "unknown", why: "no connection came up" };
  const ends = lives.flatMap(({ life, habit, held }) => {
    const word = firstWord(life);
    return word === undefined ? [] : [{ word, life, habit, held, calls: life.calls.length }];
  });
  if (ends.length === 0) return { kind: "none", forMs: Math.max(...lives.map(({ life }) => life.seenMs)) };
  const refused = ends.find(({ life }) => life.calls.length === 0);
  if (refused !== undefined) return { kind: "unknown", why: "a connection ended before a call could be made" };
  const ages = ends.map(({ word }) => word.atMs);
  const moments = ends.map(({ word, life }) => life.openedAtMs + word.atMs);
  const grace = graceOf(ends, graceLookMs);
  if (ends.length >= 3 && !saysAge(lives) && isOneMoment(moments, ages)) {
    return { kind: "restart", afterMs: Math.min(...ages) };
  }
  const calls = ends.map((end) => end.calls);
  if (ends.length >= 3 && spread(calls) <= 2 && Math.max(...ages) > 1.4 * Math.min(...ages)) {
    return { kind: "calls", calls: Math.round(calls.reduce((sum, count) => sum + count, 0) / calls.length), grace };
  }
  const [fromMs, toMs] = [Math.min(...ages), Math.max(...ages)];
  const steady = toMs - fromMs <= Math.max(steadyMs, steadyShare * toMs);
  return {
    kind: "aged",
    fromMs,
    toMs,
    // Each is within a tenth of the setting, so their middle is.
    settingMs: (fromMs + toMs) / 2,
    jitter: !steady,
    by: ends[0]?.word.kind ?? "fin",
    grace,
    ended: ends.length,
    of: lives.length,
  };
}

/** Whether nothing more can be learned by waiting: all were told to go, and what was held is over, or was looked at long enough. */
export function ageDecided(lives: readonly AgeLife[], planned: number, graceLookMs: number): boolean {
  if (lives.length < planned) return false;
  return lives.every(({ life, held }) => {
    const word = firstWord(life);
    if (word === undefined) return false;
    return (
      held === undefined ||
      held.endedMs !== undefined ||
      life.end !== undefined ||
      life.seenMs > word.atMs + graceLookMs
    );
  });
}

/** They ended together, whatever their age: somebody stopped the server. */
function isOneMoment(moments: readonly number[], ages: readonly number[]): boolean {
  const apart = spread(moments);
  if (spread(ages) <= 2 * apart + nearMomentMs) return false;
  return apart < oneMomentMs || (apart < nearMomentMs && Math.max(...ages) > ageSpread * Math.min(...ages));
}

/** gRFC A9's word in the GOAWAY. */
function saysAge(lives: readonly AgeLife[]): boolean {
  return lives.some(({ life }) => life.goaways.some(({ debugData }) => debugData.includes("age")));
}

interface End {
  readonly life: Life;
  readonly held: AgeLife["held"];
  readonly word: { readonly atMs: number };
}

function graceOf(ends: readonly End[], graceLookMs: number): Grace {
  const held = ends.filter((end) => end.held !== undefined);
  if (held.length === 0) return { kind: "unknown", why: "no call could be held open: the server has no health Watch" };
  for (const { held: stream, word } of held) {
    // What ended before the connection was told to go says nothing.
    if (stream?.endedMs === undefined || stream.endedMs < word.atMs) continue;
    return { kind: "cut", afterMs: stream.endedMs - word.atMs, outcome: stream.outcome ?? "no status" };
  }
  const forMs = Math.min(graceLookMs, ...held.map(({ life, word }) => life.seenMs - word.atMs));
  return { kind: "at-least", forMs: Math.max(0, forMs) };
}

function spread(values: readonly number[]): number {
  return Math.max(...values) - Math.min(...values);
}

/** How two GOAWAYs followed each other; undefined with one. */
export function betweenGoaways(goaways: readonly GoawaySeen[]): string | undefined {
  const [first, second] = goaways;
  return first === undefined || second === undefined ? undefined : durationText(second.atMs - first.atMs);
}
