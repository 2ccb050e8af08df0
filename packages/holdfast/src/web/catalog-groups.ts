/** The indexes of the site: records by domain and by cause, texts by status and by program. Pure. */

import type { Implementation } from "@holdfast/catalog";
import { causesOf, textsOf, type CatalogView, type ShownRecord } from "./catalog-view.ts";

/** A text that programs print, and the entries that it may mean. */
export interface SymptomText {
  readonly text: string;
  readonly implementations: readonly Implementation[];
  readonly entries: readonly ShownRecord[];
}

export interface SymptomGroup {
  readonly name: string;
  readonly texts: readonly SymptomText[];
}

/** Entries by domain, domains in the order of the alphabet. */
export function byDomain({ records }: CatalogView): ReadonlyMap<string, readonly ShownRecord[]> {
  // The first part of the id: what a record of somebody's own calls its domain need not be one word.
  return grouped(records, ({ id }) => [id.slice(0, id.indexOf("/"))]);
}

export function byCause({ records }: CatalogView): ReadonlyMap<string, readonly ShownRecord[]> {
  return grouped(records, causesOf);
}

type FailureText = ReturnType<typeof textsOf>[number];

/** Texts of failures, grouped by what `groupOf` says of each; groups and texts in the order of the alphabet. */
export function symptomsBy(
  records: readonly ShownRecord[],
  groupOf: (text: FailureText) => string,
): readonly SymptomGroup[] {
  const groups = new Map<string, Map<string, { programs: Set<Implementation>; entries: Map<string, ShownRecord> }>>();
  for (const record of records) {
    for (const text of textsOf(record)) {
      const texts = groups.get(groupOf(text)) ?? new Map<string, never>();
      groups.set(groupOf(text), texts);
      const known = texts.get(text.text) ?? { programs: new Set(), entries: new Map() };
      known.programs.add(text.implementation);
      known.entries.set(record.id, record);
      texts.set(text.text, known);
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
  records: readonly ShownRecord[],
  keysOf: (record: ShownRecord) => readonly string[],
): ReadonlyMap<string, readonly ShownRecord[]> {
  const groups = new Map<string, ShownRecord[]>();
  for (const record of records) {
    for (const key of keysOf(record)) groups.set(key, [...(groups.get(key) ?? []), record]);
  }
  return new Map([...groups].sort(([a], [b]) => compare(a, b)));
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
