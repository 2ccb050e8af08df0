/** A finding together with the words of its entries: what the faces show. Owns the loading of words, one entry at a time. */

import type { EntryRecord, Explanation, Finding, Language } from "@holdfast/catalog";
import type { ReceivedRecord } from "@holdfast/catalog/schema";
import { entryWords, type EntryWords, type QuestionWords } from "./entry-words.ts";

export interface ToldFinding {
  readonly finding: Finding;
  /** Absent for a record of somebody's own that has no words here. */
  readonly words?: EntryWords;
  /** In the order of `finding.tied`; the title is the id where there are no words. */
  readonly tied: readonly { readonly id: string; readonly title: string }[];
  readonly question?: QuestionWords;
}

/** Finds the record of an id; undefined when there is none. */
export type RecordLoader = (id: string) => Promise<EntryRecord | ReceivedRecord | undefined>;

/** Entries of the catalog: each is a module of its own, so that only what is shown is loaded. */
export const loadRecord = async (id: string): Promise<EntryRecord | undefined> => {
  try {
    const module = (await import(`@holdfast/catalog/data/entries/${id}.js`)) as { readonly record: EntryRecord };
    return module.record;
  } catch {
    return undefined;
  }
};

/** `maxTitles`: of how many tied entries the titles are loaded; the rest keep their ids. */
export async function tellFindings(
  { findings }: Explanation,
  language: Language,
  maxTitles: number,
  load: RecordLoader,
): Promise<readonly ToldFinding[]> {
  const loaded = new Map<string, Promise<EntryWords | undefined>>();
  const wordsOf = (id: string): Promise<EntryWords | undefined> => {
    const known = loaded.get(id) ?? load(id).then((record) => record && entryWords(record, language));
    loaded.set(id, known);
    return known;
  };
  return Promise.all(findings.map((finding) => tell(finding, maxTitles, wordsOf)));
}

async function tell(
  finding: Finding,
  maxTitles: number,
  wordsOf: (id: string) => Promise<EntryWords | undefined>,
): Promise<ToldFinding> {
  const all = await Promise.all(finding.tied.map(async (id, index) => (index < maxTitles ? wordsOf(id) : undefined)));
  const tied = finding.tied.map((id, index) => ({ id, title: all[index]?.title ?? id }));
  const words = all[0];
  const question = all.flatMap((each) => each?.questions ?? []).find(({ id }) => id === finding.question?.id);
  return { finding, tied, ...(words === undefined ? {} : { words }), ...(question === undefined ? {} : { question }) };
}
