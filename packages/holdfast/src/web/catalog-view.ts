/** The catalog as the site looks at it: records by id, and the three indexes. Loads everything once, when first asked. */

import type { EntryRecord, Implementation, Language } from "@holdfast/catalog";

export interface CatalogView {
  /** By id. */
  readonly records: readonly EntryRecord[];
  readonly byId: ReadonlyMap<string, EntryRecord>;
  /** Old name → id. */
  readonly aliases: ReadonlyMap<string, string>;
}

/** A text that programs print, and the entries that it may mean. */
export interface SymptomText {
  readonly text: string;
  readonly implementations: readonly Implementation[];
  readonly entries: readonly EntryRecord[];
}

export interface SymptomGroup {
  readonly name: string;
  readonly texts: readonly SymptomText[];
}

export async function loadCatalog(): Promise<CatalogView> {
  const { records } = await import("@holdfast/catalog/data/records.js");
  return viewOf(records);
}

export function viewOf(records: readonly EntryRecord[]): CatalogView {
  return {
    records,
    byId: new Map(records.map((record) => [record.id, record])),
    aliases: new Map(records.flatMap(({ id, aliases }) => aliases.map((alias) => [alias, id] as const))),
  };
}

export function titleOf(record: EntryRecord, language: Language): string {
  return language === "zh" ? record.title_zh : record.title;
}

/** Entries by domain, domains in the order of the alphabet. */
export function byDomain({ records }: CatalogView): ReadonlyMap<string, readonly EntryRecord[]> {
  return grouped(records, ({ domain }) => [domain]);
}

export function byCause({ records }: CatalogView): ReadonlyMap<string, readonly EntryRecord[]> {
  return grouped(records, ({ common_causes: causes }) => causes);
}

type Signature = EntryRecord["signatures"][number];

/** Texts of failures, grouped by what `groupOf` says of each; groups and texts in the order of the alphabet. */
export function symptomsBy(
  records: readonly EntryRecord[],
  groupOf: (signature: Signature) => string,
): readonly SymptomGroup[] {
  const groups = new Map<string, Map<string, { programs: Set<Implementation>; entries: Map<string, EntryRecord> }>>();
  for (const record of records) {
    for (const signature of record.signatures) {
      if (signature.role !== "failure") continue;
      const texts = groups.get(groupOf(signature)) ?? new Map<string, never>();
      groups.set(groupOf(signature), texts);
      const known = texts.get(signature.text) ?? { programs: new Set(), entries: new Map() };
      known.programs.add(signature.implementation);
      known.entries.set(record.id, record);
      texts.set(signature.text, known);
    }
  }
  return [...groups]
    .sort(([a], [b]) => compare(a, b))
    .map(([name, texts]) => ({
      name,
      texts: [...texts]
        .sort(([a], [b]) => compare(a.toLowerCase(), b.toLowerCase()))
        .map(([text, { programs, entries }]) => ({
          text,
          implementations: [...programs].sort(),
          entries: [...entries.values()],
        })),
    }));
}

function grouped(
  records: readonly EntryRecord[],
  keysOf: (record: EntryRecord) => readonly string[],
): ReadonlyMap<string, readonly EntryRecord[]> {
  const groups = new Map<string, EntryRecord[]>();
  for (const record of records) {
    for (const key of keysOf(record)) groups.set(key, [...(groups.get(key) ?? []), record]);
  }
  return new Map([...groups].sort(([a], [b]) => compare(a, b)));
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
