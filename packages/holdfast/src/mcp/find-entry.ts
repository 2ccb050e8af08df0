/** An entry by its id or alias; someone who misses it gets the nearest ids. */

import type { FoundRecord } from "../catalog/catalog-entries.ts";
import { nearestSentence } from "./nearest-sentence.ts";
import type { Shelf } from "./shelf.ts";

/** Rejects with an error whose message names the nearest ids. */
export async function findEntry(shelf: Shelf, id: string): Promise<FoundRecord> {
  const found = (await shelf.find(id.trim())) ?? (await shelf.find(id.trim().toLowerCase()));
  if (found !== undefined) return found;
  throw new Error(
    `No entry has the id ${id}.${nearestSentence(id, shelf.names)} search_entries finds entries by words.`,
  );
}
