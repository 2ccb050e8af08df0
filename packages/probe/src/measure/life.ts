/**
 * One connection of a measure as plain data: what was sent on it and when, what came back, how it ended. All times are ms
 * since it was open (our preface went out). Owns the questions that every policy asks of it; decides nothing.
 */

export interface Life {
  /** When it was open, ms since the measure began. */
  readonly openedAtMs: number;
  /** PINGs of ours, oldest first. */
  readonly pings: readonly PingSeen[];
  /** Calls of ours, oldest first. */
  readonly calls: readonly CallSeen[];
  /** GOAWAYs of the peer, oldest first. */
  readonly goaways: readonly GoawaySeen[];
  /** Absent: it was still there when we looked last. */
  readonly end?: LifeEnd;
  /** How long it was looked at, ms; its whole life if it ended. */
  readonly seenMs: number;
}

export interface PingSeen {
  readonly sentMs: number;
  /** Absent: no answer came. */
  readonly answeredMs?: number;
  /** No answer came, and it was waited for as long as was allowed. */
  readonly givenUpMs?: number;
}

export interface CallSeen {
  readonly sentMs: number;
  /** Absent: it was still open. */
  readonly endedMs?: number;
  /** What became of it, for people: `SERVING`, `UNIMPLEMENTED`, `RST_STREAM(REFUSED_STREAM)`. */
  readonly outcome?: string;
  /** A stream that is meant to stay open. */
  readonly isHeld?: true;
}

export interface GoawaySeen {
  readonly atMs: number;
  /** RFC 9113 §7's word, for instance `NO_ERROR`. */
  readonly code: string;
  readonly lastStreamId: number;
  readonly debugData: string;
}

export interface LifeEnd {
  readonly atMs: number;
  /** `ours`: we closed it. */
  readonly how: "fin" | "rst" | "timed-out" | "error" | "ours";
}

/** How the peer ended a connection, by its first word. */
export type EndKind = "goaway" | "fin" | "rst" | "timed-out" | "error";

/** The first sign that the peer, or somebody in its name, wanted the connection to end. */
export interface FirstWord {
  readonly kind: EndKind;
  readonly atMs: number;
}

/** RFC 9113 §7: what gRFC A8 has servers say to clients that PING too often. */
const calm = "ENHANCE_YOUR_CALM";

export function firstWord(life: Life): FirstWord | undefined {
  const [goaway] = life.goaways;
  if (goaway !== undefined) return { kind: "goaway", atMs: goaway.atMs };
  if (life.end === undefined || life.end.how === "ours") return undefined;
  return { kind: life.end.how, atMs: life.end.atMs };
}

/** Whether the peer said that our PINGs were too many. */
export function wasPoliced({ goaways }: Life): boolean {
  return goaways.some(({ code }) => code === calm);
}

/** The same, or the connection was ended without a word. With another GOAWAY it left for another reason: age, idleness. */
export function wasStruck(life: Life): boolean {
  return wasPoliced(life) || (life.goaways.length === 0 && life.end !== undefined && life.end.how !== "ours");
}

/** When we last did something on it before `beforeMs`, or an answer came: its opening is the first of these. */
export function lastTouchMs(life: Life, beforeMs: number): number {
  const touches = [
    ...life.pings.flatMap(({ sentMs, answeredMs }) => [sentMs, answeredMs]),
    ...life.calls.flatMap(({ sentMs, endedMs }) => [sentMs, endedMs]),
  ];
  return Math.max(0, ...touches.filter((atMs) => atMs !== undefined && atMs < beforeMs).map(Number));
}

/** One frame behind another may be this much later and still belong to it, ms: an event loop's turn, and a round trip. */
const togetherMs = 250;

/** What a PING after a silence met. */
export interface Gap {
  /** How long nothing had been sent or received, ms. */
  readonly silentMs: number;
  /** `rst` and `fin`: the connection ended as soon as it was used again. */
  readonly met: "answer" | "silence" | "rst" | "fin";
}

/** Each PING with the silence before it. Those that were policed, or are not decided yet, are left out. */
export function gapsOf(life: Life): Gap[] {
  const gaps: Gap[] = [];
  for (const ping of life.pings) {
    const silentMs = ping.sentMs - lastTouchMs(life, ping.sentMs);
    const met = metBy(life, ping);
    if (met !== undefined) gaps.push({ silentMs, met });
    // What comes after an answer that never came says nothing about silence.
    if (met !== "answer") break;
  }
  return gaps;
}

function metBy(life: Life, ping: PingSeen): Gap["met"] | undefined {
  if (ping.answeredMs !== undefined) return "answer";
  const word = firstWord(life);
  if (word !== undefined && word.atMs >= ping.sentMs) {
    const prompt = word.atMs - ping.sentMs < togetherMs;
    // A first packet after the flow was forgotten may also be told to the kernel as a route that is gone.
    if (word.kind === "rst" || word.kind === "error") return "rst";
    if (word.kind === "fin" && prompt) return "fin";
    return word.kind === "timed-out" ? "silence" : undefined;
  }
  return ping.givenUpMs === undefined ? undefined : "silence";
}

/** Whether the connection ended by itself, not as the echo of something we had just sent. */
export function endedUnasked(life: Life, word: FirstWord): boolean {
  const unanswered = life.pings.some(
    ({ sentMs, answeredMs }) => sentMs <= word.atMs && (answeredMs === undefined || answeredMs > word.atMs),
  );
  return !unanswered;
}
