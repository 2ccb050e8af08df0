/**
 * The search of an exported site, which has no server and carries no library: every word must occur somewhere, and where
 * it occurs decides the order. Chinese needs no parting into words, because parts of words are found, too. Pure.
 */

import type { EntryRecord, Language } from "@holdfast/catalog";

export interface SearchDocument {
  readonly id: string;
  readonly title: Readonly<Record<Language, string>>;
  /** Domain, category, tags, causes, programs. */
  readonly tags: string;
  readonly words: string;
  /** What programs print. */
  readonly texts: readonly string[];
}

export interface SearchHit {
  readonly document: SearchDocument;
  /** The first text of a program that holds all of the words. */
  readonly text?: string;
}

/** A word in the title says more than one in the tags, and that more than one in a text or a sentence. */
const weights = { id: 8, title: 6, tags: 4, texts: 2, words: 1 } as const;

export function searchDocuments(records: readonly EntryRecord[]): readonly SearchDocument[] {
  return records.map((record) => ({
    id: record.id,
    title: { en: record.title, zh: record.title_zh },
    tags: [record.category, record.error_code ?? "", ...record.tags, ...record.aliases, ...record.common_causes]
      .concat([...new Set(record.signatures.map(({ implementation }) => implementation))])
      .join(" "),
    words: [record.happened, record.happened_zh, record.closed_by, record.closed_by_zh].join(" "),
    texts: [...new Set(record.signatures.map(({ text }) => text))],
  }));
}

/** Best first. No words, no hits. */
export function searchEntries(documents: readonly SearchDocument[], query: string): readonly SearchHit[] {
  const wanted = query
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== "");
  if (wanted.length === 0) return [];
  return documents
    .map((document) => ({ document, score: scoreOf(document, wanted) }))
    .filter(({ score }) => score > 0)
    .sort((a, b) => b.score - a.score || (a.document.id < b.document.id ? -1 : 1))
    .map(({ document }) => {
      const text = document.texts.find((each) => wanted.every((word) => each.toLowerCase().includes(word)));
      return { document, ...(text === undefined ? {} : { text }) };
    });
}

function scoreOf(document: SearchDocument, wanted: readonly string[]): number {
  const fields: readonly (readonly [text: string, weight: number])[] = [
    [document.id, weights.id],
    [`${document.title.en} ${document.title.zh}`, weights.title],
    [document.tags, weights.tags],
    [document.texts.join("\n"), weights.texts],
    [document.words, weights.words],
  ];
  const lower = fields.map(([text, weight]) => [text.toLowerCase(), weight] as const);
  let score = 0;
  for (const word of wanted) {
    const found = lower.reduce((sum, [text, weight]) => sum + (text.includes(word) ? weight : 0), 0);
    if (found === 0) return 0;
    score += found;
  }
  return score;
}
