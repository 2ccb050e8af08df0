/**
 * Header lists into header blocks, RFC 7541 §6. Owns our dynamic table and its size; what goes into the table is
 * `indexing.ts`'s choice. Does not know frames, nor which names and values HTTP allows.
 *
 * Huffman code is for what is inserted: said once, referred to for as long as the connection lives. Literals that come
 * with every call (timeout, trace context, credentials) go as they are, as §5.2 leaves open. For a timeout and a
 * traceparent the code saves 17 octets, and costs more CPU here and again at the peer than the whole rest of the block.
 */
import type { ByteWriter } from "../bytes.ts";
import type { HeaderList } from "../header-list.ts";
import { defaultTableSizeBytes, DynamicTable, fieldBytes } from "./dynamic-table.ts";
import { EncodeMemory } from "./encode-memory.ts";
import { FieldIndex, type NameRecord } from "./field-index.ts";
import { encodeHuffman, huffmanLength } from "./huffman.ts";
import { writeInteger } from "./integer.ts";
import { RecentValues } from "./recent-values.ts";
import { staticTableLength } from "./static-table.ts";

export interface HpackEncoderOptions {
  /** The largest table to keep, in bytes, however much the peer allows. Default 4,096, RFC 9113 §6.5.2. */
  readonly maxTableSize?: number;
  /** Names whose values are never indexed (RFC 7541 §7.1.3), on top of authorization, cookie and their like. */
  readonly neverIndexed?: readonly string[];
  /** Keep the octets of list prefixes that come again. Default true. */
  readonly memory?: boolean;
}

/** How a representation of §6 begins: the pattern above the prefix of its first integer, and the bits of that prefix. */
interface Representation {
  readonly pattern: number;
  readonly bits: number;
}

const noNames: readonly string[] = [];

const indexed: Representation = { pattern: 0x80, bits: 7 };
const inserted: Representation = { pattern: 0x40, bits: 6 };
const plain: Representation = { pattern: 0x00, bits: 4 };
const neverIndexed: Representation = { pattern: 0x10, bits: 4 };
const sizeUpdate: Representation = { pattern: 0x20, bits: 5 };

// A field over half the table would leave little of it for what the next call needs.
const largestShare = 1 / 2;
// A field over an eighth of the table is not inserted for its name's sake: a few such would fill it.
const largestAnchorShare = 1 / 8;

export class HpackEncoder {
  readonly #maxTableSize: number;
  readonly #index: FieldIndex;
  readonly #table: DynamicTable;
  readonly #recent = new RecentValues();
  readonly #memory: EncodeMemory | undefined;
  /** The size to have from the next block on, and the smallest that was asked for since the last one, §4.2. */
  #wantedTableSize: number;
  #smallestTableSize: number;

  constructor(options: HpackEncoderOptions = {}) {
    this.#maxTableSize = options.maxTableSize ?? defaultTableSizeBytes;
    this.#index = new FieldIndex(options.neverIndexed ?? noNames);
    this.#table = new DynamicTable(defaultTableSizeBytes, this.#index);
    this.#memory = options.memory === false ? undefined : new EncodeMemory();
    this.#wantedTableSize = Math.min(this.#maxTableSize, defaultTableSizeBytes);
    this.#smallestTableSize = this.#wantedTableSize;
  }

  /** The peer's SETTINGS_HEADER_TABLE_SIZE, in bytes, applies from the next block on, which says so if it must. */
  setPeerMaxTableSize(bytes: number): void {
    this.#wantedTableSize = Math.min(this.#maxTableSize, bytes);
    this.#smallestTableSize = Math.min(this.#smallestTableSize, this.#wantedTableSize);
  }

  /** Appends one header block. Each char of a name or value is one octet. */
  encode(list: HeaderList, into: ByteWriter): void {
    if (this.#smallestTableSize < this.#table.capacityBytes || this.#wantedTableSize !== this.#table.capacityBytes) {
      this.#updateTableSize(into);
    }
    let at = 0;
    if (this.#memory !== undefined) {
      at = this.#memory.replay(list, this.#table.generation, into);
      if (at === 0) at = this.#encodePrefix(list, this.#memory, into);
    }
    for (; at + 1 < list.length; at += 2) this.#encodeField(list[at] as string, list[at + 1] as string, into);
  }

  /** The fields up to the first that does not stand in the tables; remembers their octets. */
  #encodePrefix(list: HeaderList, memory: EncodeMemory, into: ByteWriter): number {
    const start = into.mark();
    let at = 0;
    for (; at + 1 < list.length; at += 2) {
      const index = this.#indexOf(this.#index.record(list[at] as string), list[at + 1] as string);
      if (index === 0) break;
      writeInteger(into, indexed.pattern, indexed.bits, index);
    }
    memory.keep(list, at, this.#table.generation, into, start);
    return at;
  }

  #encodeField(name: string, value: string, into: ByteWriter): void {
    const record = this.#index.record(name);
    const index = this.#indexOf(record, value);
    if (index > 0) {
      writeInteger(into, indexed.pattern, indexed.bits, index);
    } else if (this.#deservesPlace(record, name, value)) {
      this.#encodeLiteral(inserted, record, name, value, into);
      // Half the table has room for it: the table takes it always, and gives it an id.
      this.#index.add(name, value, this.#table.insert(name, value));
    } else {
      this.#encodeLiteral(record.indexing === "secret" ? neverIndexed : plain, record, name, value, into);
    }
  }

  /** The index at which name and value stand together; 0 when they do not, or must not be sent so. */
  #indexOf(record: NameRecord, value: string): number {
    if (record.indexing === "secret") return 0;
    if (record.indexing === "changing" && value.length > 0) {
      // To look up a value that is new with each call would cost its hash; one of these names has one entry at most.
      return record.newestId > 0 && record.newestValue === value
        ? staticTableLength + this.#table.indexOf(record.newestId)
        : 0;
    }
    const place = this.#index.placeOf(record, value);
    return place > 0 ? staticTableLength + this.#table.indexOf(place) : -place;
  }

  #deservesPlace(record: NameRecord, name: string, value: string): boolean {
    if (record.indexing === "secret") return false;
    const table = this.#table;
    const bytes = fieldBytes(name, value);
    if (bytes > table.capacityBytes * largestShare) return false;
    const nameIsNew = record.staticIndex === 0 && record.newestId === 0;
    if (
      nameIsNew &&
      bytes <= table.capacityBytes * largestAnchorShare &&
      table.sizeBytes + bytes <= table.capacityBytes
    ) {
      return true;
    }
    return record.indexing === "first-sight" || (record.indexing === "repeats" && this.#recent.repeats(name, value));
  }

  /** §6.2. */
  #encodeLiteral(form: Representation, record: NameRecord, name: string, value: string, into: ByteWriter): void {
    let nameIndex = record.staticIndex;
    if (nameIndex === 0 && record.newestId > 0) nameIndex = staticTableLength + this.#table.indexOf(record.newestId);
    writeInteger(into, form.pattern, form.bits, nameIndex);
    const write = form === inserted ? encodeShortest : encodePlain;
    if (nameIndex === 0) write(name, into);
    write(value, into);
  }

  /** §4.2: the smallest size that was asked for since the last block, so that the peer evicts as we do, then the last. */
  #updateTableSize(into: ByteWriter): void {
    const smallest = this.#smallestTableSize;
    const wanted = this.#wantedTableSize;
    if (smallest < this.#table.capacityBytes) this.#resize(smallest, into);
    if (wanted !== this.#table.capacityBytes) this.#resize(wanted, into);
    this.#smallestTableSize = wanted;
  }

  #resize(bytes: number, into: ByteWriter): void {
    writeInteger(into, sizeUpdate.pattern, sizeUpdate.bits, bytes);
    this.#table.setCapacity(bytes);
  }
}

/** §5.2, in Huffman code where that is shorter. */
function encodeShortest(text: string, into: ByteWriter): void {
  const coded = huffmanLength(text);
  if (coded >= text.length) {
    encodePlain(text, into);
    return;
  }
  writeInteger(into, 0x80, 7, coded);
  encodeHuffman(text, coded, into);
}

/** §5.2, octet by octet. */
function encodePlain(text: string, into: ByteWriter): void {
  writeInteger(into, 0x00, 7, text.length);
  into.latin1(text);
}
