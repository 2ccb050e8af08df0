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
  /** What left while the others stayed, and was opened anew. */
  readonly leftAlone: readonly LeftAlone[];
  /** Whose way of speaking HTTP/2 it is, if one is known. */
  readonly speaker?: string;
}

export interface LeftAlone {
  readonly place: "near" | "far" | "quiet";
  readonly times: number;
  /** How the last of them ended. */
  readonly last: string;
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

export type DrainManner =
  /** First 2^31-1, then the last stream. */
  | "two-phase"
  /** The first one names the last stream: what was on its way is too late. */
  | "named-at-once"
  /** Only 2^31-1: what arrives is served, and nobody says where it stopped. */
  | "never-named"
  | "no-goaway";

export interface DrainVerdict {
  /** How it began; undefined: nothing happened. */
  readonly began: EndKind | undefined;
  /** How long before that health said NOT_SERVING, ms. */
  readonly lameDuckMs: number | undefined;
  readonly goaways: number;
  /** RFC 9113 §6.8: whether the GOAWAYs leave room for streams on their way. */
  readonly manner: DrainManner;
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
  /** Calls that failed although no connection left. */
  readonly behind: FailedBehind | undefined;
  /** The longest that a call waited that was served, ms; 0: none was. */
  readonly longestMs: number;
}

/** What restarted is behind the one that answers: connections stay, and calls fail. */
export interface FailedBehind {
  readonly failed: number;
  /** Calls from the first that failed to the last. */
  readonly of: number;
  readonly outcomes: LateArrivals["lost"];
  /** From the first call that failed to the first that was served again, ms; undefined: none was. */
  readonly forMs: number | undefined;
}

export function judgeDrain(seen: DrainSeen): DrainVerdict {
  const { near, far, told, roundTripMs } = seen;
  const word = firstWord(near);
  const manner = mannerOf(near);
  const notServing = told.find(({ status }) => status === "NOT_SERVING");
  const farGapMs = far === undefined ? undefined : gapOf(far);
  return {
    began: word?.kind,
    lameDuckMs:
      notServing !== undefined && word !== undefined && notServing.atMs < word.atMs
        ? word.atMs - notServing.atMs
        : undefined,
    goaways: near.goaways.length,
    manner,
    gapMs: gapOf(near),
    farGapMs,
    waitsRoundTrip: manner === "two-phase" && farGapMs !== undefined && farGapMs >= 0.9 * roundTripMs,
    late: lateArrivals(far, roundTripMs),
    closedBy: worstEnd([near, far, seen.quiet]),
    closedMs: word === undefined || near.end === undefined ? undefined : near.end.atMs - word.atMs,
    downMs: downTime(seen),
    behind: word === undefined ? failedBehind(seen) : undefined,
    longestMs: Math.max(0, ...endedCalls(seen).flatMap((call) => (isServed(call.outcome) ? [call.tookMs] : []))),
  };
}

function mannerOf({ goaways }: Life): DrainManner {
  const [first] = goaways;
  if (first === undefined) return "no-goaway";
  if (first.lastStreamId !== anyStreamId) return "named-at-once";
  return goaways.some(({ lastStreamId }) => lastStreamId !== anyStreamId) ? "two-phase" : "never-named";
}

/** Nothing, where calls had not been served before: a server that wants credentials fails all of them. */
function failedBehind(seen: DrainSeen): FailedBehind | undefined {
  const ended = endedCalls(seen);
  const servedMs = Math.min(...ended.flatMap(({ atMs, outcome }) => (isServed(outcome) ? [atMs] : [])));
  const failed = ended.filter(({ atMs, outcome }) => !isServed(outcome) && atMs > servedMs);
  if (failed.length === 0) return undefined;
  const fromMs = Math.min(...failed.map(({ atMs }) => atMs));
  const lastMs = Math.max(...failed.map(({ atMs }) => atMs));
  const again = ended.flatMap(({ atMs }) => (atMs > lastMs ? [atMs] : []));
  return {
    failed: failed.length,
    of: ended.filter(({ atMs }) => atMs >= fromMs && atMs <= lastMs).length,
    outcomes: counted(failed),
    forMs: again.length === 0 ? undefined : Math.min(...again) - fromMs,
  };
}

interface EndedCall {
  /** On a clock that connections share. */
  readonly atMs: number;
  readonly tookMs: number;
  readonly outcome: string;
}

/** Calls with an end that is not ours. Streams that are held open end for reasons of their own: timeouts of proxies. */
function endedCalls({ near, far }: DrainSeen): EndedCall[] {
  return [near, far].flatMap((life) =>
    (life?.calls ?? []).flatMap(({ sentMs, endedMs, outcome, isHeld }) =>
      endedMs === undefined || outcome === undefined || outcome === "cancelled" || outcome === "not sent" || isHeld
        ? []
        : [{ atMs: (life?.openedAtMs ?? 0) + endedMs, tookMs: endedMs - sentMs, outcome }],
    ),
  );
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
  const ends = late.map(({ outcome = "no answer" }) => ({ outcome }));
  const lost = ends.filter(({ outcome }) => !isServed(outcome) && !isUnprocessed(outcome));
  return {
    sent: late.length,
    served: ends.filter(({ outcome }) => isServed(outcome)).length,
    unprocessed: ends.filter(({ outcome }) => isUnprocessed(outcome)).length,
    lost: counted(lost),
  };
}

/** Each outcome once, with how often it is there, most often first. */
function counted(calls: readonly { readonly outcome: string }[]): LateArrivals["lost"] {
  const counts = new Map<string, number>();
  for (const { outcome } of calls) counts.set(outcome, (counts.get(outcome) ?? 0) + 1);
  return [...counts].map(([outcome, count]) => ({ outcome, count })).sort((a, b) => b.count - a.count);
}

/** A server without health answers, too. */
export function isServed(outcome: string): boolean {
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
