/** How well a server leaves: what a restart looked like from outside, and what that is worth. Pure. */

import { anyStreamId } from "./end-text.ts";
import { isAnswered } from "./health-call.ts";
import { type EndKind, firstWord, type Life } from "./life.ts";

export interface DrainSeen {
  /** A connection next door with a watch held open and calls now and then. */
  readonly near: Life;
  /** What the watch told, ms since that connection was open, and how it ended. */
  readonly told: readonly { readonly atMs: number; readonly status: string }[];
  readonly watch?: { readonly endedMs?: number; readonly outcome?: string };
  /** A connection with many calls whose bytes take `roundTripMs` longer. */
  readonly far: Life | undefined;
  readonly roundTripMs: number;
  /** A connection that was not used. */
  readonly quiet: Life | undefined;
  /** Attempts to connect from the first sign on, ms after it. */
  readonly attempts: readonly { readonly atMs: number; readonly came: boolean }[];
  /** When a connection came up that stayed and was served, ms after the first sign. */
  readonly backMs?: number;
  readonly before: string;
  /** What the SETTINGS of the one that came back are. */
  readonly after?: string;
}

export interface LateArrivals {
  readonly sent: number;
  /** Answered by the server in gRPC's words. */
  readonly served: number;
  /** Turned away so that any client may send them again. */
  readonly unprocessed: number;
  /** Everything else, each with its count: these calls failed. */
  readonly lost: readonly { readonly outcome: string; readonly count: number }[];
}

export interface DrainVerdict {
  /** How it began; undefined: nothing happened. */
  readonly began: EndKind | undefined;
  /** How long before that health said NOT_SERVING, ms. */
  readonly lameDuckMs: number | undefined;
  readonly goaways: number;
  /** The first GOAWAY left room for streams on their way. */
  readonly warns: boolean;
  /** Between the first and the last GOAWAY, next door and far away, ms. */
  readonly gapMs: number | undefined;
  readonly farGapMs: number | undefined;
  /** The second GOAWAY waits for the first one's round trip. */
  readonly waitsRoundTrip: boolean;
  readonly late: LateArrivals;
  /** How the connections ended, worst first; undefined: they were not closed. */
  readonly closedBy: EndKind | undefined;
  /** From the first sign to the close, ms. */
  readonly closedMs: number | undefined;
  /** From the first attempt that was turned away to one that was not, ms; 0: none was. */
  readonly downMs: number | undefined;
}

export function judgeDrain(seen: DrainSeen): DrainVerdict {
  const { near, far, told, roundTripMs } = seen;
  const word = firstWord(near);
  const notServing = told.find(({ status }) => status === "NOT_SERVING");
  const farGapMs = far === undefined ? undefined : gapOf(far);
  return {
    began: word?.kind,
    lameDuckMs:
      notServing !== undefined && word !== undefined && notServing.atMs < word.atMs
        ? word.atMs - notServing.atMs
        : undefined,
    goaways: near.goaways.length,
    warns: near.goaways[0]?.lastStreamId === anyStreamId && near.goaways.length > 1,
    gapMs: gapOf(near),
    farGapMs,
    waitsRoundTrip: farGapMs !== undefined && farGapMs >= 0.9 * roundTripMs,
    late: lateArrivals(far, roundTripMs),
    closedBy: worstEnd([near, far, seen.quiet]),
    closedMs: word === undefined || near.end === undefined ? undefined : near.end.atMs - word.atMs,
    downMs: downTime(seen),
  };
}

function gapOf({ goaways }: Life): number | undefined {
  const [first] = goaways;
  const last = goaways.at(-1);
  return first === undefined || last === undefined || first === last ? undefined : last.atMs - first.atMs;
}

/** Calls that reached the server after it had sent its first word: sent in the round trip before we read it. */
function lateArrivals(far: Life | undefined, roundTripMs: number): LateArrivals {
  const word = far === undefined ? undefined : firstWord(far);
  if (far === undefined || word === undefined) return { sent: 0, served: 0, unprocessed: 0, lost: [] };
  const late = far.calls.filter(({ sentMs }) => sentMs > word.atMs - roundTripMs && sentMs <= word.atMs);
  const lost = new Map<string, number>();
  let served = 0;
  let unprocessed = 0;
  for (const { outcome = "no answer" } of late) {
    if (isServed(outcome)) served++;
    else if (isUnprocessed(outcome)) unprocessed++;
    else lost.set(outcome, (lost.get(outcome) ?? 0) + 1);
  }
  return { sent: late.length, served, unprocessed, lost: [...lost].map(([outcome, count]) => ({ outcome, count })) };
}

/** A server without health answers, too. */
function isServed(outcome: string): boolean {
  return isAnswered(outcome) || outcome === "UNIMPLEMENTED" || outcome === "NOT_FOUND";
}

/** RFC 9113 §8.7 and §6.8: the peer's word that it did nothing. */
function isUnprocessed(outcome: string): boolean {
  return (
    outcome === "above the last id of GOAWAY" || outcome === "RST_STREAM(REFUSED_STREAM)" || outcome === "not sent"
  );
}

const worse: readonly EndKind[] = ["fin", "goaway", "error", "timed-out", "rst"];

function worstEnd(lives: readonly (Life | undefined)[]): EndKind | undefined {
  const ends = lives.flatMap((life) => (life?.end === undefined || life.end.how === "ours" ? [] : [life.end.how]));
  return ends.sort((a, b) => worse.indexOf(b) - worse.indexOf(a))[0];
}

function downTime({ attempts, backMs }: DrainSeen): number | undefined {
  if (backMs === undefined) return undefined;
  const refused = attempts.find(({ came }) => !came);
  return refused === undefined || refused.atMs > backMs ? 0 : backMs - refused.atMs;
}
