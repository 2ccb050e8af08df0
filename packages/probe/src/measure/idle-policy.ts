/**
 * The idle timeout: which connections to hold with which habits, when enough was seen, and what it means. Pure.
 *
 * All habits are tried at once, so that the whole takes one idle time. PINGs go out after doubling silences, three on a
 * connection: no server that polices PINGs by gRFC A8 minds the third, and whatever the timeout is, one PING comes early
 * enough and late enough to tell whether it counts.
 */

import type { EndKind, Gap, Life } from "./life.ts";
import { endedUnasked, firstWord, gapsOf, wasPoliced } from "./life.ts";

/** What a connection is used for until it ends. */
export type Habit =
  /** For nothing. */
  | { readonly kind: "silent" }
  /** For one call, at its beginning. */
  | { readonly kind: "used" }
  /** For a call every so often: not idle. If this one ends as the silent one does, it was not for idleness. */
  | { readonly kind: "busy"; readonly everyMs: number }
  /**
   * For one call, and then PINGs at these times, ms since it was open. It is used because
   * connections that never were may have another timer (nginx's client_header_timeout).
   */
  | { readonly kind: "pinged"; readonly atMs: readonly number[] };

export interface IdleLife {
  readonly habit: Habit;
  readonly life: Life;
}

/** The shortest silence that is ended by a PING, ms: shorter idle timeouts exist in tests only. */
const firstSilenceMs = 500;
/** gRFC A8: a server that polices PINGs forgives two that come too soon; the first one is never too soon. */
const pingsEach = 3;
/**
 * Just below and just above the silences that well-known devices forget flows after, ms: Azure 240 s, NLB 350 s, Cloud
 * load balancing 600 s, IPVS 900 s. A timer of these is found in one go.
 */
const knownSilencesMs = [232_000, 250_000, 340_000, 360_000, 585_000, 615_000, 880_000, 920_000];

/** The connections to hold for an idle timeout of at most `boundMs`. */
export function idleHabits(boundMs: number): Habit[] {
  const pinged: Habit[] = [];
  for (let silenceMs = firstSilenceMs; silenceMs < boundMs; silenceMs *= 2 ** pingsEach) {
    const atMs: number[] = [];
    // 1, 1 + 2, 1 + 2 + 4 times the first silence.
    for (let sum = silenceMs, next = 2; atMs.length < pingsEach && sum < boundMs; next *= 2) {
      atMs.push(sum);
      sum += silenceMs * next;
    }
    pinged.push({ kind: "pinged", atMs });
  }
  const known = knownSilencesMs.filter((atMs) => atMs < boundMs);
  // Two calls a second are no load, and less than any idle timeout apart; a bound of seconds asks for more.
  const everyMs = Math.min(500, boundMs / 20);
  return [
    { kind: "silent" },
    { kind: "used" },
    { kind: "busy", everyMs },
    ...pinged,
    ...known.map((atMs): Habit => ({ kind: "pinged", atMs: [atMs] })),
  ];
}

export type IdleVerdict =
  /** It is closed in so many words, or at least by a FIN or RST that reaches us. */
  | {
      readonly kind: "closed";
      /** How long a connection lived that was never used, ms. */
      readonly silentMs: number | undefined;
      /** How long one lived after its only call, ms. */
      readonly usedMs: number | undefined;
      readonly by: EndKind;
      readonly pings: PingEffect;
    }
  /** Nobody says a word; who uses it again finds out. */
  | {
      readonly kind: "forgotten";
      /** The longest silence that did no harm, and the shortest that did, ms. */
      readonly aboveMs: number;
      readonly belowMs: number;
      /** What the next packet meets. */
      readonly then: "silence" | "rst" | "fin";
      readonly pings: PingEffect;
    }
  /** Nothing happened to any of them. */
  | { readonly kind: "kept"; readonly forMs: number }
  /** A connection with calls ended like the silent one: see the connection age. */
  | { readonly kind: "not-idle"; readonly atMs: number }
  | { readonly kind: "unknown"; readonly why: string };

/** What PINGs do to the timer; `unknown` where none fell into the time that matters. */
export type PingEffect = "reset-it" | "do-not-count" | "policed" | "unknown";

/** Two times within a tenth of each other are one timer. */
const tolerance = 0.1;
/** Ages have a jitter of a tenth either way (gRFC A9): two of them are up to 1.1 / 0.9 apart. */
const ageSpread = 1.25;
/** And so are two within this, ms: servers look at their timers now and then. */
const leastToleranceMs = 250;

export function sameTime(aMs: number, bMs: number): boolean {
  return Math.abs(aMs - bMs) <= Math.max(leastToleranceMs, tolerance * Math.max(aMs, bMs));
}

/** Whether nothing more can be learned by waiting. */
export function idleDecided(lives: readonly IdleLife[]): boolean {
  const verdict = judgeIdle(lives);
  switch (verdict.kind) {
    case "not-idle":
      return true;
    case "closed": {
      const { silentMs, usedMs, pings } = verdict;
      // One of the two may have no timer at all: waiting for it ends at twice the other's time.
      const both = silentMs !== undefined && usedMs !== undefined;
      const known = silentMs ?? usedMs ?? Infinity;
      const patient = seenMs(lives) > 2 * known + 1_000;
      return (both || patient) && (pings !== "unknown" || patient) && busyOutlived(lives, known);
    }
    case "forgotten":
    case "kept":
    case "unknown":
      return false;
  }
}

export function judgeIdle(lives: readonly IdleLife[]): IdleVerdict {
  const silent = closingOf(lives, "silent");
  const used = closingOf(lives, "used");
  const closed = silent ?? used;
  if (closed === undefined) return judgeQuiet(lives);
  const busy = find(lives, "busy");
  const busyEnd = busy === undefined ? undefined : firstWord(busy);
  if (busyEnd !== undefined && silent !== undefined && !saysIdle(lives) && sameAge(busyEnd.atMs, silent.atMs)) {
    return { kind: "not-idle", atMs: silent.atMs };
  }
  return {
    kind: "closed",
    silentMs: silent?.atMs,
    usedMs: used === undefined ? undefined : used.atMs - callEndMs(find(lives, "used")),
    by: closed.kind,
    pings: pingEffect(lives, (used ?? closed).atMs),
  };
}

/** Nobody closed anything: what did PINGs meet after which silence? */
function judgeQuiet(lives: readonly IdleLife[]): IdleVerdict {
  const gaps = lives.filter(({ habit }) => habit.kind !== "busy").flatMap(({ life }) => gapsOf(life));
  const { aboveMs, below } = forgetBracket(gaps);
  if (below !== undefined) {
    const pings = forgetPingEffect(lives, below.silentMs);
    return { kind: "forgotten", aboveMs, belowMs: below.silentMs, then: below.met as "silence" | "rst" | "fin", pings };
  }
  if (aboveMs === 0) return { kind: "unknown", why: "no connection was silent for long enough to say anything" };
  return { kind: "kept", forMs: aboveMs };
}

/** The longest silence after which a PING was answered, and the shortest after which it was not. */
export function forgetBracket(gaps: readonly Gap[]): { readonly aboveMs: number; readonly below: Gap | undefined } {
  const lost = gaps.filter(({ met }) => met !== "answer").sort((a, b) => a.silentMs - b.silentMs);
  const [below] = lost;
  const kept = gaps.filter(({ met, silentMs }) => met === "answer" && silentMs < (below?.silentMs ?? Infinity));
  return { aboveMs: Math.max(0, ...kept.map(({ silentMs }) => silentMs)), below };
}

/** Silences to try next, ms, so that the bracket becomes narrow in one more pass; empty: it is, or time is short. */
export function nextSilences(aboveMs: number, belowMs: number, remainingMs: number): number[] {
  const lowMs = Math.max(aboveMs, firstSilenceMs / 2);
  const highMs = Math.min(belowMs, remainingMs);
  if (belowMs <= lowMs * (1 + tolerance) || highMs <= lowMs) return [];
  const ratio = (highMs / lowMs) ** (1 / (triesAtOnce + 1));
  return Array.from({ length: triesAtOnce }, (_, at) => Math.round(lowMs * ratio ** (at + 1)));
}

/** Seven cut a doubling into steps of nine per cent. */
const triesAtOnce = 7;

function closingOf(lives: readonly IdleLife[], kind: Habit["kind"]): ReturnType<typeof firstWord> {
  const life = find(lives, kind);
  const word = life === undefined ? undefined : firstWord(life);
  return life !== undefined && word !== undefined && word.kind !== "timed-out" && endedUnasked(life, word)
    ? word
    : undefined;
}

/** A PING in the middle of the time tells: the connection that had one ends with the one that had none, or outlives it. */
function pingEffect(lives: readonly IdleLife[], idleMs: number): PingEffect {
  let policed = false;
  for (const { habit, life } of lives) {
    if (habit.kind !== "pinged") continue;
    const telling = life.pings.some(
      ({ sentMs, answeredMs }) =>
        answeredMs !== undefined && sentMs >= idleMs / 4 && sentMs <= idleMs * (1 - tolerance),
    );
    if (!telling) continue;
    if (wasPoliced(life)) policed = true;
    else {
      const endMs = firstWord(life)?.atMs;
      if (endMs !== undefined && sameTime(endMs, idleMs)) return "do-not-count";
      if (life.seenMs > idleMs * (1 + tolerance) + leastToleranceMs) return "reset-it";
    }
  }
  return policed ? "policed" : "unknown";
}

/** PINGs of a connection that lived longer than the silence that kills one. */
function forgetPingEffect(lives: readonly IdleLife[], belowMs: number): PingEffect {
  const outlived = lives.some(
    ({ habit, life }) =>
      habit.kind === "pinged" && life.pings.some((ping) => ping.answeredMs !== undefined && ping.sentMs > belowMs),
  );
  return outlived ? "reset-it" : "unknown";
}

function busyOutlived(lives: readonly IdleLife[], idleMs: number): boolean {
  const busy = find(lives, "busy");
  return busy === undefined || saysIdle(lives) || firstWord(busy) !== undefined || busy.seenMs > idleMs * ageSpread;
}

function sameAge(aMs: number, bMs: number): boolean {
  return Math.max(aMs, bMs) <= ageSpread * Math.min(aMs, bMs) || sameTime(aMs, bMs);
}

/** gRFC A9's `max_idle`, C-core's `enter idle`. */
function saysIdle(lives: readonly IdleLife[]): boolean {
  return lives.some(({ life }) => life.goaways.some(({ debugData }) => debugData.includes("idle")));
}

function seenMs(lives: readonly IdleLife[]): number {
  return Math.max(0, ...lives.map(({ life }) => life.seenMs));
}

function find(lives: readonly IdleLife[], kind: Habit["kind"]): Life | undefined {
  return lives.find(({ habit }) => habit.kind === kind)?.life;
}

function callEndMs(life: Life | undefined): number {
  return life?.calls.at(-1)?.endedMs ?? 0;
}
