/** Full-text search over the entries of a command: what the catalog finds, as entries of a list. */

import type { Language } from "@holdfast/catalog";
import { createRecordSearch } from "@holdfast/catalog/search";
import type { FoundRecord } from "./catalog-entries.ts";
import { entrySummary, type EntrySummary } from "./entry-summary.ts";

export interface SearchHit extends EntrySummary {
  /** A piece of the entry around the first word that was found. */
  readonly match: string;
  /** Only for comparing hits of one search. */
  readonly score: number;
}

export interface EntrySearch {
  /** Likeliest first. All words must occur; when they do nowhere together, any of them. */
  search(words: string, language: Language): readonly SearchHit[];
}

/** Makes the index, which takes longer than searching it: keep it for as long as the entries are the same. */
export async function createEntrySearch(entries: readonly FoundRecord[]): Promise<EntrySearch> {
  const index = await createRecordSearch(entries.map(({ record }) => record));
  return {
    search: (words, language) =>
      index.search(words, language).flatMap(({ index: place, match, score }) => {
        const found = entries[place];
        return found === undefined ? [] : [{ ...entrySummary(found, language), match, score }];
      }),
  };
}
