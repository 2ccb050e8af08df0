/**
 * The last resort for words that nothing knows: which causes the families of `cause-families.ts` allow. Owns how many of
 * them count and what a status leaves of them; whether the text is about gRPC at all is asked before.
 */

import type { SignatureTable } from "../match/signature-table.ts";
import type { StatusName } from "../record/vocabulary.ts";
import { causeFamilies } from "./cause-families.ts";
import type { EntryList } from "./entry-list.ts";
import { foldedText, maxLetters } from "./folded-text.ts";
import { isVague } from "./status-alone.ts";
import { wordsApart } from "./words-apart.ts";

/** A sentence names a thing and what became of it, `failed to connect: … closed`; a third family is chance. */
const maxFamilies = 2;
/** More causes are no answer. */
export const maxTied = 6;

const stackFrame = /^\s*(?:at [^\n]*|File "[^"\n]*", line \d+[^\n]*)/gm;

/** Failures to build, to install and to import are no calls, however often gRPC is named in them. */
const ofBuilding =
  /\bnpm (?:err|warn)|node-pre-gyp|node-gyp|\bprotoc\b|cannot find (?:module|symbol|package)|could not find (?:module|artifact)|module ?not ?found|modulenotfound|importerror|noclassdeffound|classnotfound|nosuchmethod|undefined (?:reference|symbol)|unresolved|\bpip\b|\bcargo (?:build|install)|compil(?:e|ation|er)\b|\bgo: |dependency/;

/** Whether a text tells of a build or an install rather than of a call. */
export function isOfBuilding(text: string): boolean {
  return ofBuilding.test(foldedText(text));
}

/** Indexes of entries, likeliest first; empty when no family has these words. `allowed`: those that may; default all. */
export function entriesOfFamily(text: string, entries: EntryList, allowed?: ReadonlySet<number>): readonly number[] {
  // What a function is called says nothing of what happened in it.
  const plain = text.replace(stackFrame, "");
  const found = familiesIn(foldedText(plain), entries, allowed);
  const apart = found.length > 0 ? undefined : wordsApart(plain.slice(0, maxLetters));
  return apart === undefined ? found : familiesIn(foldedText(apart), entries, allowed);
}

function familiesIn(folded: string, entries: EntryList, allowed: ReadonlySet<number> | undefined): readonly number[] {
  const tied = new Set<number>();
  let families = 0;
  for (const [ids, ...words] of causeFamilies) {
    if (!words.every((each) => each.test(folded))) continue;
    const known = ids.flatMap((id) => entries.indexOf(id) ?? []).filter((entry) => allowed?.has(entry) !== false);
    if (known.length === 0) continue;
    for (const entry of known) tied.add(entry);
    if (++families === maxFamilies) break;
  }
  return [...tied].slice(0, maxTied);
}

/** What a phrase means, and behind it what else its words may: phrases are taken out of texts that nobody knew. */
export function withFamily(
  phrase: readonly number[],
  text: string,
  entries: EntryList,
  allowed?: ReadonlySet<number>,
): readonly number[] {
  if (phrase.length === 0) return phrase;
  return [...new Set([...phrase, ...entriesOfFamily(text, entries, allowed)])].slice(
    0,
    Math.max(phrase.length, maxTied),
  );
}

/** Entries that are known to come with this status; undefined where any may, as libraries put all faults into it. */
export function entriesWith(code: StatusName, { signatures }: SignatureTable): ReadonlySet<number> | undefined {
  if (isVague(code)) return undefined;
  return new Set(signatures.flatMap(({ code: its, entry }) => (its === code ? [entry] : [])));
}
