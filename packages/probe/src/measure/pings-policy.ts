/**
 * The ping policy: which PINGs to send at which spacing, and what the answers mean. Pure.
 *
 * First PINGs as fast as they are answered, with a call open and without: how many draw a GOAWAY. Then the spacing, one trial
 * a connection: all the PINGs that are forgiven, a pause, and one more. That one is struck if the pause was too short, and
 * it needs the pause once, not once for each strike. It holds for servers that count from the last PING (grpc-go, C-core)
 * and for those that count from the last permitted one (grpc-java, Holdfast): the forgiven ones are together.
 */

/** PINGs sent in a row to see whether anybody minds. */
export const rapidPings = 20;

/** What a row of PINGs on one connection came to. */
export interface RapidSeen {
  readonly sent: number;
  readonly answered: number;
  /** How far they were apart, ms, on average. */
  readonly spacingMs: number;
  /** Which PING drew a GOAWAY or the end, counted from 1; absent: none did. */
  readonly struckAt?: number;
  /** How that was said, for people. */
  readonly struckBy?: string;
}

/** One trial of a spacing. */
export interface Trial {
  /** Between the last forgiven PING and the one that was tried, ms. */
  readonly gapMs: number;
  readonly met: "tolerated" | "struck" | "lost";
}

/** The shortest spacing to try, ms: below it a policy is one of load, not of time. */
const shortestGapMs = 250;
/** gRFC A8's default of 5 min, with a margin of 5 % and 2 %: what most servers have is found in one go. */
const defaultGapsMs = [285_000, 306_000];

/** Doubling spacings for the first pass; those that `boundMs` has no time for are left out. */
export function firstGaps(boundMs: number): number[] {
  const gaps: number[] = [];
  for (let gapMs = shortestGapMs; gapMs < boundMs; gapMs *= 2) gaps.push(gapMs);
  return [...gaps, ...defaultGapsMs.filter((gapMs) => gapMs < boundMs)].sort((a, b) => a - b);
}

export interface SpacingBracket {
  /** The longest spacing that was struck, ms; 0: none was. */
  readonly struckMs: number;
  /** The shortest that was tolerated, ms; Infinity: none was. */
  readonly toleratedMs: number;
}

export function spacingBracket(trials: readonly Trial[]): SpacingBracket {
  const gaps = (met: Trial["met"]): number[] => trials.filter((trial) => trial.met === met).map(({ gapMs }) => gapMs);
  const struckMs = Math.max(0, ...gaps("struck"));
  return { struckMs, toleratedMs: Math.min(Infinity, ...gaps("tolerated").filter((gapMs) => gapMs > struckMs)) };
}

/** A tenth: nearer than that no setting needs to be known. */
const precise = 1.1;
const triesAtOnce = 7;

/** Spacings to try next, ms; empty: they are known to a tenth, or time is short. */
export function nextGaps({ struckMs, toleratedMs }: SpacingBracket, remainingMs: number): number[] {
  if (struckMs === 0 || toleratedMs <= struckMs * precise) return [];
  const highMs = Math.min(toleratedMs, remainingMs);
  if (highMs <= struckMs * precise) return [];
  const ratio = (highMs / struckMs) ** (1 / (triesAtOnce + 1));
  return Array.from({ length: triesAtOnce }, (_, at) => struckMs * ratio ** (at + 1));
}

/** What was seen in one situation: with a call open, or without. */
export interface PolicySeen {
  readonly rapid: RapidSeen;
  readonly trials: readonly Trial[];
}

export type PolicyVerdict =
  /** As many PINGs as we sent, as fast as they were answered. */
  | { readonly kind: "none-seen"; readonly sent: number; readonly spacingMs: number }
  | {
      readonly kind: "policed";
      /** PINGs that are forgiven in a row; one more ends the connection. */
      readonly forgiven: number;
      readonly least: SpacingBracket;
    }
  | { readonly kind: "unknown"; readonly why: string };

export function judgePolicy({ rapid, trials }: PolicySeen): PolicyVerdict {
  if (rapid.struckAt !== undefined) {
    return { kind: "policed", forgiven: rapid.struckAt - 1, least: spacingBracket(trials) };
  }
  if (rapid.answered < rapid.sent)
    return { kind: "unknown", why: "PINGs were not answered, or their connections ended for another reason first" };
  return { kind: "none-seen", sent: rapid.sent, spacingMs: rapid.spacingMs };
}

/** The middle of a bracket, ms; undefined while one side is open. */
export function leastSpacingMs({ struckMs, toleratedMs }: SpacingBracket): number | undefined {
  if (toleratedMs === Infinity) return undefined;
  // Every spacing that was tried is allowed, and so is the shortest.
  return struckMs === 0 ? toleratedMs : Math.sqrt(struckMs * toleratedMs);
}
