/**
 * The dynamic table of one direction, RFC 7541 §2.3.2 and §4: a ring of entries, newest first, with eviction from the
 * old end. Counts entries from 1 = newest; the 61 places of the static table come before them on the wire and are the
 * caller's to add. Knows nothing of names that are worth indexing.
 */

/** RFC 7541 §4.1: an entry counts 32 octets on top of name and value. */
const entryOverheadBytes = 32;

/** RFC 9113 §6.5.2: what SETTINGS_HEADER_TABLE_SIZE is before anybody says otherwise. */
export const defaultTableSizeBytes = 4096;

/** The size of an entry or of a header field in a list: the same sum in RFC 7541 §4.1 and RFC 9113 §6.5.2. */
export function fieldBytes(name: string, value: string): number {
  return name.length + value.length + entryOverheadBytes;
}

export interface EvictionEvents {
  /** Is told of every entry that goes. `id` is what `insert` returned for it. */
  remove(name: string, value: string, id: number): void;
}

export class DynamicTable {
  readonly #events: EvictionEvents | undefined;
  /** Empty, then a power of two, so that a place is a mask away; grows, up to what the largest capacity seen can hold. */
  #names: string[] = noTexts;
  #values: string[] = noTexts;
  #capacityBytes: number;
  #sizeBytes = 0;
  /** Entries ever inserted; an entry's id is this number at its insertion, so ids begin at 1. */
  #inserted = 0;
  #count = 0;
  #generation = 0;

  constructor(capacityBytes: number, events?: EvictionEvents) {
    this.#capacityBytes = capacityBytes;
    this.#events = events;
  }

  /** Changes with every insertion, eviction and size update: equal generations mean that every index means the same. */
  get generation(): number {
    return this.#generation;
  }

  get capacityBytes(): number {
    return this.#capacityBytes;
  }

  get sizeBytes(): number {
    return this.#sizeBytes;
  }

  /** Entries in the table: the largest index that is valid. */
  get count(): number {
    return this.#count;
  }

  /** The index, from 1 = newest, at which the entry with this id stands now. */
  indexOf(id: number): number {
    return this.#inserted - id + 1;
  }

  /** `index` is between 1 and `count`. */
  name(index: number): string {
    return this.#names[this.#place(index)] as string;
  }

  value(index: number): string {
    return this.#values[this.#place(index)] as string;
  }

  /** Adds an entry and returns its id; an entry larger than the table empties it and is not added: id 0 (§4.4). */
  insert(name: string, value: string): number {
    const bytes = fieldBytes(name, value);
    this.#generation++;
    this.#evictTo(this.#capacityBytes - bytes);
    if (bytes > this.#capacityBytes) return 0;
    if (this.#count === this.#names.length) this.#grow();
    this.#inserted++;
    this.#count++;
    this.#sizeBytes += bytes;
    const place = this.#place(1);
    this.#names[place] = name;
    this.#values[place] = value;
    return this.#inserted;
  }

  /** A size update, §4.3. */
  setCapacity(bytes: number): void {
    this.#generation++;
    this.#capacityBytes = bytes;
    this.#evictTo(bytes);
  }

  #evictTo(bytes: number): void {
    while (this.#sizeBytes > bytes && this.#count > 0) {
      const place = this.#place(this.#count);
      const name = this.#names[place] as string;
      const value = this.#values[place] as string;
      const id = this.#inserted - this.#count + 1;
      // Emptied, so that an evicted secret or a large value does not live on.
      this.#names[place] = "";
      this.#values[place] = "";
      this.#count--;
      this.#sizeBytes -= fieldBytes(name, value);
      this.#events?.remove(name, value, id);
    }
  }

  #place(index: number): number {
    return (this.#inserted - index) & (this.#names.length - 1);
  }

  #grow(): void {
    // 8: what a client or server says in its first calls.
    const length = Math.max(8, 2 * this.#names.length);
    const names = new Array<string>(length).fill("");
    const values = new Array<string>(length).fill("");
    for (let index = 1; index <= this.#count; index++) {
      const place = (this.#inserted - index) & (length - 1);
      names[place] = this.name(index);
      values[place] = this.value(index);
    }
    this.#names = names;
    this.#values = values;
  }
}

/** Of all tables without an entry; nothing is written to it. */
const noTexts: string[] = [];
