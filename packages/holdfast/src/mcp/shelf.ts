/** What the server has on its shelf: the catalog's entries, and those of a folder that somebody brought, which go first. */

import type { ForeignPattern } from "@holdfast/catalog/explain";
import { plainRecord } from "@holdfast/catalog/render";
import { CatalogEntries, type FoundRecord } from "../catalog/catalog-entries.ts";
import { openFolder, type Fail } from "../catalog/open-entries.ts";
import { ownPatterns } from "../catalog/own-patterns.ts";
import { createEntrySearch, type EntrySearch } from "../catalog/search-entries.ts";
import { catalogWords, type WordSource } from "../explain/told-finding.ts";

export interface Shelf {
  /** In the order of ids. */
  readonly records: readonly FoundRecord[];
  /** Ids and aliases. */
  readonly names: readonly string[];
  readonly patterns: readonly ForeignPattern[];
  readonly words: WordSource;
  find(name: string): Promise<FoundRecord | undefined>;
  /** The index is made at the first search and kept. */
  search(): Promise<EntrySearch>;
}

/** Default: no folder. A folder that cannot be read ends the command. */
export async function openShelf(folder: string | undefined, fail: Fail): Promise<Shelf> {
  const brought = folder === undefined ? undefined : await openFolder(folder, fail);
  const own = brought === undefined ? { patterns: [], words: catalogWords } : await ownPatterns(brought, fail);
  const entries = await CatalogEntries.load(brought);
  const records = (await entries.all()).map(plainRecord);
  let made: Promise<EntrySearch> | undefined;
  return {
    records,
    names: entries.names,
    ...own,
    find: async (name) => plainRecord(await entries.find(name)),
    search: () => (made ??= createEntrySearch(records)),
  };
}
