/**
 * Decides which entries a failure's text means: the most telling text wins, entries that share it are tied and ordered,
 * and what else stands in the failure or shortly before it sharpens the order. Pure; knows entries by index only.
 */

import type { AnswerClass } from "./answer-class.ts";
import type { Candidate } from "./candidate.ts";

export interface Judgement {
  /** Indexes into the table's entries, likeliest first. */
  readonly tied: readonly number[];
  readonly kind: AnswerClass;
  /** The candidate that decided. */
  readonly by: Candidate;
}

/** `clues`: entries of which a clue was seen shortly before. */
export function judge(candidates: readonly Candidate[], clues: ReadonlySet<number>): Judgement | undefined {
  const agreeing = candidates.filter(({ codeFit }) => codeFit !== "differs");
  const pool = agreeing.length > 0 ? agreeing : candidates;
  const by = best(pool);
  if (by === undefined) return undefined;
  const sharing = pool.filter((other) => isShared(by, other));
  const ofThem = sharing.filter(({ implementationFit }) => implementationFit === "agrees");
  const deciding = ofThem.length > 0 ? ofThem : sharing;
  const byRank = entriesByRank(deciding);
  const supported = supportedIn(byRank, pool, by);
  const left = supported.length > 0 ? supported : byRank;
  const tied = [...left.filter((entry) => clues.has(entry)), ...left.filter((entry) => !clues.has(entry))];
  const sharpened = supported.length > 0 || left.some((entry) => clues.has(entry));
  return { tied, by, kind: kindOf(by, tied.length, sharpened) };
}

function best(candidates: readonly Candidate[]): Candidate | undefined {
  let winner: Candidate | undefined;
  for (const each of candidates) if (winner === undefined || weight(each) > weight(winner)) winner = each;
  return winner;
}

/**
 * Fixed letters above all, for the longer text is the more special one; agreement counts as some letters more. The
 * weights separate the texts of the catalog's own examples; no text of theirs is decided by less than two letters.
 */
function weight({ fixedLength, codeFit, implementationFit, passage }: Candidate): number {
  const code = codeFit === "agrees" ? 6 : 0;
  const implementation = implementationFit === "agrees" ? 8 : implementationFit === "differs" ? -8 : 0;
  return fixedLength + code + implementation + (passage.isMessage ? 2 : 0);
}

/** The same words at the same place, however the template of another entry puts it. */
function isShared(by: Candidate, other: Candidate): boolean {
  if (by.signature.text === other.signature.text) return by.codeFit === other.codeFit || other.codeFit === "agrees";
  return (
    by.passage === other.passage &&
    by.match.start === other.match.start &&
    by.match.end === other.match.end &&
    Math.abs(by.fixedLength - other.fixedLength) <= 2 &&
    by.codeFit === other.codeFit
  );
}

function entriesByRank(candidates: readonly Candidate[]): readonly number[] {
  const ranks = new Map<number, number>();
  for (const { signature } of candidates) {
    ranks.set(signature.entry, Math.min(ranks.get(signature.entry) ?? Number.POSITIVE_INFINITY, signature.rank));
  }
  return [...ranks].sort(([a, rankA], [b, rankB]) => rankA - rankB || a - b).map(([entry]) => entry);
}

/** Of tied entries those that another text of the same failure speaks for, when it does not speak for all. */
function supportedIn(tied: readonly number[], pool: readonly Candidate[], by: Candidate): readonly number[] {
  if (tied.length < 2) return [];
  const supports = new Set<number>();
  for (const { signature } of pool) {
    if (signature.text !== by.signature.text) supports.add(signature.entry);
  }
  const supported = tied.filter((entry) => supports.has(entry));
  return supported.length < tied.length ? supported : [];
}

function kindOf({ codeFit, implementationFit }: Candidate, count: number, sharpened: boolean): AnswerClass {
  if (codeFit === "differs") return "status-differs";
  if (count > 1)
    return sharpened ? "tie-sharpened" : count === 2 ? "tie-of-2" : count === 3 ? "tie-of-3" : "tie-of-more";
  if (codeFit === "agrees") return implementationFit === "agrees" ? "decisive-agreed" : "decisive-status";
  return "decisive-text";
}
