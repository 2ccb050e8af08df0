/** The piece of a record that shows why it was found. Pure. */

import type { Language } from "../record/vocabulary.ts";
import { searchFields, type SearchTexts } from "./search-texts.ts";
import { isHan } from "./search-words.ts";

/** How much is shown around the word that was found, in letters. */
const aroundLetters = 60;

/** The line that holds most of `terms`, which are in small letters; of several the one in the reader's language. */
export function matchingText(texts: SearchTexts, terms: readonly string[], language: Language): string {
  const isMeant = (line: string): boolean => (language === "zh") === isHan(line);
  // The title is shown anyway; another place says more.
  const lines = searchFields
    .filter((field) => field !== "title" && field !== "id" && field !== "tags")
    .flatMap((field) => texts[field].split("\n"));
  const places = lines.flatMap((line) => {
    const low = line.toLowerCase();
    const found = terms.filter((term) => low.includes(term));
    const at = Math.min(...found.map((term) => low.indexOf(term)));
    return found.length === 0 ? [] : [{ line, at, count: found.length, isMeant: isMeant(line) }];
  });
  const best = places.sort((a, b) => b.count - a.count || Number(b.isMeant) - Number(a.isMeant))[0];
  if (best === undefined) return texts.happened.split("\n").find(isMeant) ?? texts.cause.split("\n")[0] ?? "";
  return piece(best.line, best.at);
}

/** Cut at blanks where there are some. */
function piece(line: string, at: number): string {
  let start = Math.max(0, at - aroundLetters);
  let end = Math.min(line.length, at + aroundLetters * 2);
  if (start > 0) start = Math.min(at, Math.max(start, line.indexOf(" ", start) + 1));
  if (end < line.length) end = Math.max(at + aroundLetters, line.lastIndexOf(" ", end));
  return `${start > 0 ? "…" : ""}${line.slice(start, end).trim()}${end < line.length ? "…" : ""}`;
}
