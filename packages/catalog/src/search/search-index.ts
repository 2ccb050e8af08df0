/**
 * The index of a search as plain data: made once by the build, kept as JSON, and added to where somebody brings records of
 * their own. It is ready as soon as it is parsed: a library's, whose tree is made anew from its JSON, took as long to load
 * as to make. What a search does with it is `record-search.ts`'s. Pure.
 */

import { searchFields, type SearchTexts } from "./search-texts.ts";
import { textWords } from "./search-words.ts";

export interface SearchDocument {
  readonly id: string;
  readonly texts: SearchTexts;
}

export interface SearchIndex {
  /** Of each document; empty for one whose place another with the same id has taken. */
  readonly ids: readonly string[];
  /** For each document, how many words each of its fields has, in the order of the fields. */
  readonly lengths: readonly (readonly number[])[];
  /** In small letters, each once. */
  readonly terms: readonly string[];
  /** For each term, where it stands: pairs of a place (document × number of fields + field) and how often. */
  readonly places: readonly (readonly number[])[];
}

export const emptyIndex: SearchIndex = { ids: [], lengths: [], terms: [], places: [] };

/** A new index that finds these documents, too; one with the id of an older one takes its place. */
export function extendIndex(index: SearchIndex, documents: readonly SearchDocument[]): SearchIndex {
  if (documents.length === 0) return index;
  const fresh = new Set(documents.map(({ id }) => id));
  const ids = index.ids.map((id) => (fresh.has(id) ? "" : id));
  const lengths = [...index.lengths];
  const places = new Map<string, readonly number[]>(index.terms.map((term, at) => [term, index.places[at] ?? []]));
  for (const { id, texts } of documents) {
    const first = ids.length * searchFields.length;
    const words = searchFields.map((field) => textWords(texts[field]).map((word) => word.toLowerCase()));
    for (const [field, held] of words.entries()) {
      for (const [term, count] of counts(held)) {
        places.set(term, [...(places.get(term) ?? []), first + field, count]);
      }
    }
    ids.push(id);
    lengths.push(words.map(({ length }) => length));
  }
  return { ids, lengths, terms: [...places.keys()], places: [...places.values()] };
}

function counts(words: readonly string[]): ReadonlyMap<string, number> {
  const all = new Map<string, number>();
  for (const word of words) all.set(word, (all.get(word) ?? 0) + 1);
  return all;
}
