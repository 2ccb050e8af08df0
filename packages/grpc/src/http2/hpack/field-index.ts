/**
 * Where the encoder finds a field or a name in the static and the dynamic table: one map look-up for the name, one for
 * the value. Holds a record for each name that the rules or the static table know once it was used, and for each other
 * name only while the dynamic table has an entry of it.
 */
import { type Indexing, listedIndexing, unlistedIndexing } from "./indexing.ts";
import { staticNames, staticTableLength, staticValues } from "./static-table.ts";

/** What is known of one name. */
export interface NameRecord {
  readonly indexing: Indexing;
  /** Kept when the dynamic table has no entry of it: such names are few. */
  readonly permanent: boolean;
  /** Index of the name in the static table; 0 when it is not there. */
  readonly staticIndex: number;
  /** Where name and value stand together: minus the static index, or the id of an entry of the dynamic table. */
  readonly places: Map<string, number>;
  /** The newest entry of the dynamic table with this name; 0 when there is none. */
  newestId: number;
  /** The value of that entry. */
  newestValue: string;
}

const staticIndexes = new Map<string, number>();
for (let index = staticTableLength; index > 0; index--) staticIndexes.set(staticNames[index] as string, index);

export class FieldIndex {
  readonly #records = new Map<string, NameRecord>();
  readonly #secrets: ReadonlySet<string>;

  /** `secrets`: names that are never indexed, on top of the rules. */
  constructor(secrets: readonly string[]) {
    this.#secrets = new Set(secrets);
  }

  /** The record of `name`; one made for this call only when nothing is to be remembered of it. */
  record(name: string): NameRecord {
    const existing = this.#records.get(name);
    if (existing !== undefined) return existing;
    const record = this.#newRecord(name);
    if (record.permanent) this.#records.set(name, record);
    return record;
  }

  /** The dynamic table took an entry. */
  add(name: string, value: string, record: NameRecord, id: number): void {
    record.places.set(value, id);
    record.newestId = id;
    record.newestValue = value;
    this.#records.set(name, record);
  }

  /** The dynamic table dropped an entry. */
  remove(name: string, value: string, id: number): void {
    const record = this.#records.get(name);
    if (record === undefined) return;
    record.places.delete(value);
    if (record.newestId !== id) return;
    record.newestId = 0;
    record.newestValue = "";
    if (!record.permanent) this.#records.delete(name);
  }

  #newRecord(name: string): NameRecord {
    const staticIndex = staticIndexes.get(name) ?? 0;
    const places = new Map<string, number>();
    for (let index = staticIndex; index > 0 && staticNames[index] === name; index++) {
      // An empty value there stands for the name alone, but it is an entry like any other (appendix A).
      places.set(staticValues[index] as string, -index);
    }
    const listed = this.#secrets.has(name) ? "secret" : listedIndexing(name);
    const permanent = staticIndex > 0 || listed !== undefined;
    return { indexing: listed ?? unlistedIndexing(name), permanent, staticIndex, places, newestId: 0, newestValue: "" };
  }
}
