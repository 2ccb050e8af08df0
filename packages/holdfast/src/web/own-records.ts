/**
 * What the programs of a page get of records that somebody brought along: expressions to find them by, the words of an
 * answer, the texts of a search. It comes as a script that only sets a variable, so that it loads from a disk, too.
 */

import type { Language } from "@holdfast/catalog";
import type { ForeignSource } from "@holdfast/catalog/foreign-pattern";
import { answerWords, type AnswerWords } from "./answer-words.ts";
import type { CatalogView } from "./catalog-view.ts";
import { searchPageDocuments, type SearchPageDocument } from "./search-page-documents.ts";

export interface OwnRecords {
  readonly sources: readonly ForeignSource[];
  readonly words: Readonly<Record<Language, AnswerWords>>;
  readonly documents: readonly SearchPageDocument[];
}

export function ownRecordsScript({ records, brought, patterns }: CatalogView): string {
  const own = records.filter(({ id }) => brought.has(id));
  const held: OwnRecords = {
    sources: patterns.map(({ id, path, regex }) => ({ id, path, regex })),
    words: { en: answerWords(own, "en"), zh: answerWords(own, "zh") },
    documents: searchPageDocuments(own),
  };
  return `globalThis.holdfastOwnRecords=JSON.parse(${JSON.stringify(JSON.stringify(held))});\n`;
}
