/**
 * The cause at the end of a chain of causes: libraries print an error around another, and the innermost says what
 * happened, the outer ones only what was being done. Owns the marks that the languages put in front of a cause.
 */

import { entriesOfPhrase } from "./entries-of-phrase.ts";
import type { EntryList } from "./entry-list.ts";

/** A chain is a handful of errors long; what stands further out is no nearer to the cause. */
const maxLinks = 6;

/** Nothing shorter names a cause. */
const leastLetters = 8;

/** How many entries a cause adds to a tie that knows nothing of it. */
const maxNamed = 2;

let marks: RegExp | undefined;

/** Java, .NET with its flattened details, Rust, C-core, Node, Python, Go and those that wrap their errors; made when asked for. */
function marksOfCauses(): RegExp {
  return (marks ??= new RegExp(
    [
      String.raw`\b[Cc]aused by:?\s|\bcause["']?\s?[:=]\s?|-{2,3}>\s|\bnested exception is\s|\b[Ii]nner [Ee]xception\b`,
      String.raw`\. (?=[A-Z]\w{1,40}Exception: )|\bDebugException=|\bsource: (?!None)|\b(?:last|latest)(?: connection)? error:?\s`,
      String.raw`\bdebug_error_string\b|\breferenced_errors\b|\bchildren:\[|\b[Rr]eason["']?\s?[:=]\s?|\bdue to:?\s|direct cause of the following`,
    ].join("|"),
    "g",
  ));
}

/** Indexes of the entries that the innermost cause means whose words are known, likeliest first; empty without a chain. */
export function entriesOfCause(text: string, entries: EntryList, allowed?: ReadonlySet<number>): readonly number[] {
  for (const cause of causesIn(text)) {
    const known = entriesOfPhrase(cause, entries, undefined, allowed);
    if (known.length > 0) return known;
  }
  return [];
}

/**
 * What stands behind the words of a signature says of the entries that are tied by them: those of the tie that it speaks
 * for, or else what it means itself. The words alone are only what was being done.
 */
export function causeBehind(
  words: string,
  text: string,
  tied: readonly number[],
  entries: EntryList,
): readonly number[] {
  const behind = text.slice(text.lastIndexOf(words) + words.length);
  if (behind.length < leastLetters) return [];
  const inChain = entriesOfCause(behind, entries);
  const causes = inChain.length > 0 ? inChain : ofTail(words, behind.split("\n", 1)[0] ?? "", entries);
  const named = causes.filter((each) => tied.includes(each));
  return named.length > 0 ? named : causes.slice(0, maxNamed);
}

/** Go and Rust write the cause behind a colon; it is read with the words, for it may mean little without them. */
function ofTail(words: string, tail: string, entries: EntryList): readonly number[] {
  if (!/: ?[A-Za-z]/.test(tail)) return [];
  const alone = entriesOfPhrase(words, entries);
  const both = entriesOfPhrase(words + tail, entries);
  return both.join() === alone.join() ? [] : both;
}

/** Each to the end of its line, the innermost first. */
function causesIn(text: string): readonly string[] {
  const ends = [...text.matchAll(marksOfCauses())].map(({ index, 0: mark }) => index + mark.length);
  return ends
    .slice(-maxLinks)
    .reverse()
    .map((at) => text.slice(at).split("\n", 1)[0] ?? "");
}
