/** An entry by its id or alias; someone who misses it gets the nearest ids. */

import { entries, entry, type EntryRecord } from "@holdfast/catalog";
import { nearestSentence } from "./nearest-sentence.ts";

/** Throws an error whose message names the nearest ids. */
export function findEntry(id: string): EntryRecord {
  const found = entry(id.trim()) ?? entry(id.trim().toLowerCase());
  if (found !== undefined) return found;
  const names = entries().flatMap((record) => [record.id, ...record.aliases]);
  throw new Error(`No entry has the id ${id}.${nearestSentence(id, names)} search_entries finds entries by words.`);
}
