/** Records of one's own for `holdfast explain`: their expressions, compiled to run in linear time, and their words. */

import { compileForeign, type ForeignPattern } from "@holdfast/catalog/explain";
import { plainRecord } from "@holdfast/catalog/render";
import { entryWords } from "../explain/entry-words.ts";
import { catalogWords, type WordSource } from "../explain/told-finding.ts";
import { openFolder, type Fail } from "./open-entries.ts";
import type { BroughtFolder } from "./read-folder.ts";

export interface OwnPatterns {
  readonly patterns: readonly ForeignPattern[];
  /** Those of one's own before ours. */
  readonly words: WordSource;
}

/** An expression that cannot run in linear time is refused: the command ends and names the file. */
export async function readOwnPatterns(folder: string, fail: Fail): Promise<OwnPatterns> {
  return ownPatterns(await openFolder(folder, fail), fail);
}

export async function ownPatterns({ records }: BroughtFolder, fail: Fail): Promise<OwnPatterns> {
  const sources = records.flatMap(({ record: { id, regex }, path }) => (regex === null ? [] : [{ id, path, regex }]));
  const { patterns, problems } = await compileForeign(sources);
  const [problem] = problems;
  if (problem !== undefined) fail(`${problem.path}: regex: refused: ${problem.reason}`);
  const own = new Map(records.map(({ record }) => [record.id, plainRecord(record)]));
  const words: WordSource = {
    ...catalogWords,
    entry: async (id) => own.get(id) ?? (await catalogWords.entry(id)),
    title: async (id, language) => {
      const record = own.get(id);
      return record === undefined ? catalogWords.title(id, language) : entryWords(record, language).title;
    },
  };
  return { patterns, words };
}
