/** What the search of an exported page knows of each record, besides the index. */

import type { Language } from "@holdfast/catalog";
import { searchTexts, type SearchDocument } from "@holdfast/catalog/search";
import { titleOf, type ShownRecord } from "./catalog-view.ts";

export interface SearchPageDocument extends SearchDocument {
  readonly title: Readonly<Record<Language, string>>;
}

export function searchPageDocuments(records: readonly ShownRecord[]): readonly SearchPageDocument[] {
  return records.map((record) => ({
    id: record.id,
    title: { en: titleOf(record, "en"), zh: titleOf(record, "zh") },
    texts: searchTexts(record),
  }));
}
