/**
 * Decides which entries a failure's text means: the most telling text wins, entries that share it are tied and ordered,
 * and what else stands in the failure or shortly before it sharpens the order. Pure; knows entries by index only.
 */

import type { AnswerClass } from "./answer-class.ts";
import type { Candidate } from "./candidate.ts";
import { isFiner } from "./fixed-spans.ts";

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
  const all = agreeing.length > 0 ? agreeing : candidates;
  const pool = withoutLastResort(all);
  const by = best(pool);
  if (by === undefined) return undefined;
  // The same text in the message and in the line around it: what is finer may stand behind the message.
  const coarse = pool.filter(({ signature }) => signature === by.signature);
  const finer = pool.filter((other) => !isShared(by, other) && coarse.some((each) => isFiner(other, each)));
  const ranked = entriesByRank(ofOneProgram(withFirstRank(all, by)));
  const byRank = [...new Set([...entriesByRank(ofOneProgram(finer)), ...ranked])];
  const supported = finer.length > 0 ? [] : supportedIn(byRank, pool, by);
  const left = supported.length > 0 ? supported : byRank;
  const tied = [...left.filter((entry) => clues.has(entry)), ...left.filter((entry) => !clues.has(entry))];
  const sharpened = supported.length > 0 || finer.length > 0 || left.some((entry) => clues.has(entry));
  return { tied, by, kind: kindOf(by, tied.length, sharpened) };
}

/**
 * What a program prints round every failure of a kind has this rank or a lower one: it decides only where nothing else
 * speaks. An entry at the end of a long tie may have such a rank, too, and is tied when the text decides.
 */
const lastResort = 8;

function withoutLastResort(pool: readonly Candidate[]): readonly Candidate[] {
  const telling = pool.filter(({ signature }) => signature.rank < lastResort);
  return telling.length > 0 ? telling : pool;
}

/**
 * All that share the words of `by`. Where none of them has the first rank, the entry that has it writes the same words
 * more shortly; it is looked for within them.
 */
function withFirstRank(pool: readonly Candidate[], by: Candidate): readonly Candidate[] {
  const sharing = pool.filter((other) => isShared(by, other));
  const first = Math.min(...sharing.map(({ signature }) => signature.rank));
  const shorter = pool.filter(
    (other) =>
      other.signature.rank < first &&
      other.passage === by.passage &&
      other.match.start >= by.match.start &&
      other.match.end <= by.match.end &&
      other.fixedLength >= by.fixedLength / 2,
  );
  return [...sharing, ...shorter];
}

/** Where the program is known, its own texts count, if there are any. */
function ofOneProgram(candidates: readonly Candidate[]): readonly Candidate[] {
  const own = candidates.filter(({ implementationFit }) => implementationFit === "agrees");
  return own.length > 0 ? own : candidates;
}

function best(candidates: readonly Candidate[]): Candidate | undefined {
  let winner: Candidate | undefined;
  for (const each of candidates) if (winner === undefined || weight(each) > weight(winner)) winner = each;
  return winner;
}

/**
 * Fixed letters above all, for the longer text is the more special one; agreement counts as some letters more, words
 * of others behind a whole text as some less. The weights separate the texts of the catalog's own examples; no text of
 * theirs is decided by less than two letters.
 */
function weight({ fixedLength, codeFit, implementationFit, passage, hasTail }: Candidate): number {
  const code = codeFit === "agrees" ? 6 : 0;
  const implementation = implementationFit === "agrees" ? 8 : implementationFit === "differs" ? -8 : 0;
  return fixedLength + code + implementation + (passage.isMessage ? 2 : 0) - (hasTail ? 8 : 0);
}

/** The same words, however the template of another entry puts them, and whether or not it names the status too. */
function isShared(by: Candidate, other: Candidate): boolean {
  if (by.codeFit !== other.codeFit && by.codeFit !== "silent" && other.codeFit !== "agrees") return false;
  if (by.signature.text === other.signature.text) return true;
  const prefix = statusPrefix(by);
  const otherPrefix = statusPrefix(other);
  return (
    wordsOf(by).slice(prefix) === wordsOf(other).slice(otherPrefix) &&
    other.fixedLength - otherPrefix >= (by.fixedLength - prefix) * 0.75
  );
}

/** How many letters of the words only say the status, as `14 UNAVAILABLE: ` does. */
function statusPrefix(candidate: Candidate): number {
  return /^(?:Error: )?(?:\d{1,2} )?[A-Z][A-Z_]{4,20}: /.exec(wordsOf(candidate))?.[0].length ?? 0;
}

/** Best rank first; of equal ones the text that more programs share, for it is commoner, then the more special one. */
function entriesByRank(candidates: readonly Candidate[]): readonly number[] {
  const places = new Map<number, { rank: number; weight: number; programs: Set<string> }>();
  for (const candidate of candidates) {
    const { entry, rank, implementation } = candidate.signature;
    const place = places.get(entry) ?? { rank, weight: 0, programs: new Set() };
    place.rank = Math.min(place.rank, rank);
    place.weight = Math.max(place.weight, weight(candidate));
    place.programs.add(implementation);
    places.set(entry, place);
  }
  return [...places]
    .sort(
      ([a, one], [b, other]) =>
        one.rank - other.rank || other.programs.size - one.programs.size || other.weight - one.weight || a - b,
    )
    .map(([entry]) => entry);
}

/** Of tied entries those that other words of the same failure speak for, when these do not speak for all. */
function supportedIn(tied: readonly number[], pool: readonly Candidate[], by: Candidate): readonly number[] {
  if (tied.length < 2) return [];
  const proven = piecesOf(wordsOf(by));
  const supports = new Set<number>();
  for (const other of pool) {
    const { entry } = other.signature;
    if (supports.has(entry) || !tied.includes(entry)) continue;
    // The same words, longer, shorter or shifted, in the message, the stack or the object prove nothing new.
    if (!overlaps(wordsOf(other), proven)) supports.add(entry);
  }
  const supported = tied.filter((entry) => supports.has(entry));
  return supported.length < tied.length ? supported : [];
}

/** Two texts that share so many letters in a row overlap. */
const pieceLetters = 10;

function piecesOf(words: string): ReadonlySet<string> {
  const pieces = new Set([words.slice(0, pieceLetters)]);
  for (let at = 1; at + pieceLetters <= words.length; at++) pieces.add(words.slice(at, at + pieceLetters));
  return pieces;
}

function overlaps(words: string, pieces: ReadonlySet<string>): boolean {
  if (pieces.has(words.slice(0, pieceLetters))) return true;
  for (let at = 1; at + pieceLetters <= words.length; at++) {
    if (pieces.has(words.slice(at, at + pieceLetters))) return true;
  }
  return false;
}

function wordsOf({ passage, match }: Candidate): string {
  return passage.text.slice(match.start, match.end);
}

function kindOf({ codeFit, implementationFit, hasTail }: Candidate, count: number, sharpened: boolean): AnswerClass {
  if (codeFit === "differs") return "status-differs";
  if (hasTail) return "text-with-tail";
  if (count > 1)
    return sharpened ? "tie-sharpened" : count === 2 ? "tie-of-2" : count === 3 ? "tie-of-3" : "tie-of-more";
  if (codeFit === "agrees") return implementationFit === "agrees" ? "decisive-agreed" : "decisive-status";
  return "decisive-text";
}
