/**
 * The catalog as the site looks at it: records by id, with those that somebody brought along in front of ours, and what a
 * page needs of either kind.
 */

import type { EntryRecord, Implementation, Language } from "@holdfast/catalog";
import type { ForeignPattern } from "@holdfast/catalog/explain";
import { isEntryRecord } from "@holdfast/catalog/render";
import type { ReceivedRecord } from "@holdfast/catalog/schema";
import type { FoundRecord } from "../catalog/catalog-entries.ts";

export type ShownRecord = EntryRecord | ReceivedRecord;

export interface CatalogView {
  /** By id. */
  readonly records: readonly ShownRecord[];
  readonly byId: ReadonlyMap<string, ShownRecord>;
  /** Other name → id. */
  readonly aliases: ReadonlyMap<string, string>;
  /** Where those come from that are not ours, by id. */
  readonly brought: ReadonlyMap<string, BroughtFrom>;
  /** By which texts of failures those are found. */
  readonly patterns: readonly ForeignPattern[];
}

export interface BroughtFrom {
  /** The name of the file without its folder: a site may be published, and the folder is nobody's business. */
  readonly file: string;
  /** It has the id of an entry of ours. */
  readonly isInPlace: boolean;
}

/** Default of `patterns`: none. */
export function viewOf(found: readonly FoundRecord[], patterns: readonly ForeignPattern[] = []): CatalogView {
  const records = found.map(({ record }) => record);
  const byId = new Map(records.map((record) => [record.id, record]));
  // What was brought comes last, and so has the last word.
  const named = [...found].sort((a, b) => Number(a.from !== undefined) - Number(b.from !== undefined));
  const aliases = named.flatMap(({ record: { id, aliases } }) => aliases.map((alias) => [alias, id] as const));
  return {
    records,
    byId,
    aliases: new Map(aliases.filter(([alias]) => !byId.has(alias))),
    brought: new Map(
      found.flatMap(({ record, from }) =>
        from === undefined ? [] : [[record.id, { file: fileName(from.path), isInPlace: from.isInPlace }] as const],
      ),
    ),
    patterns: patterns.map((pattern) => ({ ...pattern, path: fileName(pattern.path) })),
  };
}

/** As the catalog's search wants them. */
export function foundRecords({ records, brought }: CatalogView): readonly FoundRecord[] {
  return records.map((record) => {
    const from = brought.get(record.id);
    return from === undefined ? { record } : { record, from: { path: from.file, isInPlace: from.isInPlace } };
  });
}

export function titleOf(record: ShownRecord, language: Language): string {
  if (!isEntryRecord(record)) return (language === "zh" ? record.signature_zh : null) ?? record.signature;
  return language === "zh" ? record.title_zh : record.title;
}

/** One sentence. */
export function happenedOf(record: ShownRecord, language: Language): string {
  if (!isEntryRecord(record)) return (language === "zh" ? record.root_cause_zh : null) ?? record.root_cause;
  return language === "zh" ? record.happened_zh : record.happened;
}

export function causesOf(record: ShownRecord): readonly string[] {
  return isEntryRecord(record) ? record.common_causes : [];
}

/** The texts by which a failure shows itself; a received record has one, and does not say whose it is. */
export function textsOf(record: ShownRecord): readonly FailureText[] {
  if (isEntryRecord(record)) return record.signatures.filter(({ role }) => role === "failure");
  return [{ text: record.signature, implementation: "any", code: null }];
}

interface FailureText {
  readonly text: string;
  readonly implementation: Implementation;
  readonly code: string | null;
}

function fileName(path: string): string {
  return path.slice(Math.max(path.lastIndexOf("/"), path.lastIndexOf("\\")) + 1);
}
