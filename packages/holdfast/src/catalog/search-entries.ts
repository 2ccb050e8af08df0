/** Full-text search over the entries of a command: what the catalog finds, as entries of a list. */

import type { Language } from "@holdfast/catalog";
import { createRecordSearch, extendIndex, searchTexts } from "@holdfast/catalog/search";
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

/** Over `entries`: all of ours, whose index the build has made, except those whose place another has taken. */
export async function createEntrySearch(entries: readonly FoundRecord[]): Promise<EntrySearch> {
  const { index } = await import("@holdfast/catalog/data/search-index.js");
  const byId = new Map(entries.map((found) => [found.record.id, found]));
  const brought = entries.filter(({ from }) => from !== undefined);
  const textsOf = (id: string) => {
    const found = byId.get(id);
    return found && searchTexts(found.record);
  };
  const more = brought.map(({ record }) => ({ id: record.id, texts: searchTexts(record) }));
  const all = createRecordSearch(extendIndex(index, more), textsOf);
  return {
    search: (words, language) =>
      all.search(words, language).flatMap(({ id, match, score }) => {
        const found = byId.get(id);
        return found === undefined ? [] : [{ ...entrySummary(found, language), match, score }];
      }),
  };
}
