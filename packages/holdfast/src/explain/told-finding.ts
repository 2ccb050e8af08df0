/** A finding together with the words of its entries: what the faces show. Owns the loading of words, one entry at a time. */

import type { EntryRecord, EntryText, Explanation, Finding, Language } from "@holdfast/catalog";
import {
  entryWords,
  questionWords,
  type EntryWords,
  type Question,
  type QuestionWords,
  type WordedRecord,
} from "./entry-words.ts";

/** So many entries of a tie are named where it is told in short. */
export const shortTied = 5;

export interface ToldFinding {
  readonly finding: Finding;
  /** Absent for a record of somebody's own that has no words here. */
  readonly words?: EntryWords;
  /** In the order of `finding.tied`; the title is the id where there are no words. */
  readonly tied: readonly { readonly id: string; readonly title: string }[];
  readonly question?: QuestionWords;
}

/** Where words come from; each answers undefined for what it does not know. */
export interface WordSource {
  entry(id: string): Promise<WordedRecord | undefined>;
  title(id: string, language: Language): Promise<string | undefined>;
  question(id: string): Promise<Question | undefined>;
}

/** The catalog's own words: modules so small that only what is shown is loaded. */
export const catalogWords: WordSource = {
  entry: async (id) => (await module<{ readonly words: EntryText }>(`words/${id}`))?.words,
  title: async (id, language) => {
    const found = await module<{ readonly titles: Readonly<Record<string, readonly [string, string]>> }>("titles");
    return found?.titles[id]?.[language === "zh" ? 1 : 0];
  },
  question: async (id) => (await module<{ readonly question: Question }>(`questions/${id}`))?.question,
};

/** A whole record of the catalog. */
export async function loadRecord(id: string): Promise<EntryRecord | undefined> {
  return (await module<{ readonly record: EntryRecord }>(`entries/${id}`))?.record;
}

async function module<Exports>(name: string): Promise<Exports | undefined> {
  try {
    return (await import(`@holdfast/catalog/data/${name}.js`)) as Exports;
  } catch {
    return undefined;
  }
}

/** `maxTitles`: of how many tied entries the titles are loaded; the rest keep their ids. */
export async function tellFindings(
  { findings }: Explanation,
  language: Language,
  maxTitles: number,
  source: WordSource,
): Promise<readonly ToldFinding[]> {
  const loaded = new Map<string, Promise<WordedRecord | undefined>>();
  const entry = (id: string): Promise<WordedRecord | undefined> => {
    const known = loaded.get(id) ?? source.entry(id);
    loaded.set(id, known);
    return known;
  };
  return Promise.all(findings.map((finding) => tell(finding, language, maxTitles, { ...source, entry })));
}

async function tell(finding: Finding, language: Language, maxTitles: number, source: WordSource): Promise<ToldFinding> {
  const record = await source.entry(finding.tied[0] ?? finding.id);
  const words = record && entryWords(record, language);
  const titleOf = async (id: string, index: number): Promise<string | undefined> => {
    if (index === 0) return words?.title;
    return index < maxTitles ? source.title(id, language) : undefined;
  };
  const tied = finding.tied.map(async (id, index) => ({ id, title: (await titleOf(id, index)) ?? id }));
  const asked = finding.question && (await source.question(finding.question.id));
  return {
    finding,
    tied: await Promise.all(tied),
    ...(words === undefined ? {} : { words }),
    ...(asked === undefined ? {} : { question: questionWords(asked, language) }),
  };
}
