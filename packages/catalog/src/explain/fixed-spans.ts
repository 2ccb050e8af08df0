/** Where in a matched text the fixed words of a template stand, and where its last hole is. */

import { fixedParts } from "../match/fixed-parts.ts";
import type { Candidate } from "./candidate.ts";

type Span = readonly [start: number, end: number];

/** In order. Words of alternatives are not told apart: a hole of choices counts as a hole. */
function fixedSpans({ signature, match, passage }: Candidate): readonly Span[] {
  const spans: Span[] = [];
  let from = match.start;
  for (const text of fixedParts(signature.text)) {
    const at = text === "" ? -1 : passage.text.indexOf(text, from);
    if (at < 0 || at + text.length > match.end) continue;
    spans.push([at, at + text.length]);
    from = at + text.length;
  }
  return spans;
}

/** What the last hole held, when nothing but punctuation stands behind it. */
function lastHole(candidate: Candidate): Span | undefined {
  const { signature, match } = candidate;
  const fixed = fixedParts(signature.text);
  const before = fixed.at(-2);
  const behind = fixed.at(-1) ?? "";
  if (before === undefined || before === "" || /\w/.test(behind)) return undefined;
  const spans = fixedSpans(candidate);
  // Spans of an empty piece are left out, so the last piece in front of the hole is found by its end.
  const start = spans[spans.length - (behind === "" ? 1 : 2)]?.[1];
  return start === undefined ? undefined : [start, match.end - behind.length];
}

/** Letters that a finer text must have in the hole of the coarser: shorter words are in many texts. */
const tellingLetters = 4;

/**
 * Whether `fine` says what `coarse` leaves open at its end: it stands within `coarse` and has fixed words where `coarse`
 * has its last hole. `debug data: max_age` is finer than `GOAWAY … debug data: {text}`.
 */
export function isFiner(fine: Candidate, coarse: Candidate): boolean {
  if (fine.passage !== coarse.passage || fine.match.start < coarse.match.start || fine.match.end > coarse.match.end) {
    return false;
  }
  const open = lastHole(coarse);
  if (open === undefined) return false;
  const letters = fixedSpans(fine)
    .map(([start, end]) => Math.min(end, open[1]) - Math.max(start, open[0]))
    .reduce((sum, each) => sum + Math.max(0, each), 0);
  return letters >= tellingLetters;
}
