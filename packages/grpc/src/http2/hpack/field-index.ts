/**
 * Where the encoder finds a field or a name in the static and the dynamic table: one map look-up for the name, at most two
 * for the value. What holds for every connection is shared; a connection has records of its own only of names of which its
 * dynamic table has an entry.
 */
import { type Indexing, listedIndexing, unlistedIndexing } from "./indexing.ts";
import { staticNames, staticTableLength, staticValues } from "./static-table.ts";

/** What is known of one name. */
export interface NameRecord {
  readonly indexing: Indexing;
  /** Index of the name in the static table; 0 when it is not there. */
  readonly staticIndex: number;
  /** The static index of the name with this value. */
  readonly staticPlaces: ReadonlyMap<string, number> | undefined;
  /** The newest entry of the dynamic table with this name; 0 when there is none. */
  newestId: number;
  /** The value of that entry. */
  newestValue: string;
  /** Ids of the other ones, by value. Most names have none, and a map for each was 2 KiB of a connection. */
  older: Map<string, number> | undefined;
}

const staticIndexes = new Map<string, number>();
for (let index = staticTableLength; index > 0; index--) staticIndexes.set(staticNames[index] as string, index);

/** Of names that the rules or the static table know, without any entry; they are some eighty, and never change. */
const knownNames = new Map<string, NameRecord>();

export class FieldIndex {
  readonly #records = new Map<string, NameRecord>();
  readonly #secrets: readonly string[];

  /** `secrets`: names that are never indexed, on top of the rules. */
  constructor(secrets: readonly string[]) {
    this.#secrets = secrets;
  }

  /** The record of `name`, to be read only; one made for this call when nothing is to be remembered of it. */
  record(name: string): NameRecord {
    return this.#records.get(name) ?? this.#recordWithoutEntry(name);
  }

  /** Where name and value stand together: minus the static index, or the id of an entry of the dynamic table; else 0. */
  placeOf(record: NameRecord, value: string): number {
    if (record.newestId > 0 && record.newestValue === value) return record.newestId;
    return -(record.staticPlaces?.get(value) ?? 0) || (record.older?.get(value) ?? 0);
  }

  /** The dynamic table took an entry. */
  add(name: string, value: string, id: number): void {
    let record = this.#records.get(name);
    if (record === undefined) {
      record = { ...this.#recordWithoutEntry(name) };
      this.#records.set(name, record);
    } else (record.older ??= new Map()).set(record.newestValue, record.newestId);
    record.newestId = id;
    record.newestValue = value;
  }

  /** The dynamic table dropped an entry: always the oldest one that it has. */
  remove(name: string, value: string, id: number): void {
    const record = this.#records.get(name);
    if (record === undefined) return;
    if (record.newestId === id) this.#records.delete(name);
    else if (record.older?.get(value) === id) record.older.delete(value);
  }

  #recordWithoutEntry(name: string): NameRecord {
    if (this.#secrets.includes(name)) return newRecord(name, "secret");
    const known = knownNames.get(name);
    if (known !== undefined) return known;
    const listed = listedIndexing(name);
    const record = newRecord(name, listed ?? unlistedIndexing(name));
    if (listed !== undefined || record.staticIndex > 0) knownNames.set(name, record);
    return record;
  }
}

function newRecord(name: string, indexing: Indexing): NameRecord {
  const staticIndex = staticIndexes.get(name) ?? 0;
  const staticPlaces = staticIndex === 0 ? undefined : new Map<string, number>();
  for (let index = staticIndex; index > 0 && staticNames[index] === name; index++) {
    // An empty value there stands for the name alone, but it is an entry like any other (appendix A).
    staticPlaces?.set(staticValues[index] as string, index);
  }
  return { indexing, staticIndex, staticPlaces, newestId: 0, newestValue: "", older: undefined };
}
