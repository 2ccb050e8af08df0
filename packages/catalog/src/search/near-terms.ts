/** Which terms of an index a typed word may mean, and how well each fits it. Pure. */

import { isHan } from "./search-words.ts";

/** A word that only begins a term, or is a slip of the finger away from one, says less than the term itself. */
const prefixWeight = 0.375;
const slipWeight = 0.45;
/** Letters that a longer term has more count for less than letters that are wrong. */
const restWeight = 0.3;

/** Shorter words begin too many terms; a Chinese letter begins a pair. */
const minPrefixLetters = 3;
/** One slip in five letters, from the sixth on; a shorter word with a slip is another word. */
const minSlipLetters = 6;
const lettersPerSlip = 5;
const maxSlips = 6;

/**
 * Gives places in `terms`, each with a weight above 0; the word itself weighs 1. Slips are looked for only where nothing
 * else fits: who types `curtain` does not mean `certain`. `word`: in small letters.
 */
export function nearTerms(word: string, terms: readonly string[]): ReadonlyMap<number, number> {
  const meant = termsBegunBy(word, terms);
  return meant.size > 0 ? meant : termsSlippedFrom(word, terms);
}

function termsBegunBy(word: string, terms: readonly string[]): ReadonlyMap<number, number> {
  const isBeginning = isHan(word) ? word.length === 1 : word.length >= minPrefixLetters;
  const begun = new Map<number, number>();
  for (const [place, term] of terms.entries()) {
    if (term === word) begun.set(place, 1);
    else if (isBeginning && term.startsWith(word)) {
      begun.set(place, (prefixWeight * term.length) / (term.length + restWeight * (term.length - word.length)));
    }
  }
  return begun;
}

function termsSlippedFrom(word: string, terms: readonly string[]): ReadonlyMap<number, number> {
  const slipped = new Map<number, number>();
  if (isHan(word) || word.length < minSlipLetters) return slipped;
  const slips = Math.min(maxSlips, Math.round(word.length / lettersPerSlip));
  for (const [place, term] of terms.entries()) {
    if (Math.abs(term.length - word.length) > slips) continue;
    const distance = slipsBetween(word, term, slips);
    if (distance <= slips) slipped.set(place, (slipWeight * term.length) / (term.length + distance));
  }
  return slipped;
}

/** Levenshtein's distance; anything above `most` once it is clear that it is more. */
function slipsBetween(one: string, other: string, most: number): number {
  let above = Array.from({ length: other.length + 1 }, (_, column) => column);
  for (let row = 1; row <= one.length; row++) {
    const line = [row];
    let least = row;
    for (let column = 1; column <= other.length; column++) {
      const changed = (above[column - 1] ?? 0) + (one[row - 1] === other[column - 1] ? 0 : 1);
      const cell = Math.min(changed, (above[column] ?? 0) + 1, (line[column - 1] ?? 0) + 1);
      line.push(cell);
      if (cell < least) least = cell;
    }
    if (least > most) return most + 1;
    above = line;
  }
  return above[other.length] ?? 0;
}
