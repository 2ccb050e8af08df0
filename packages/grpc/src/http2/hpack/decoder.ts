/**
 * Header blocks into header lists, RFC 7541 §3 and §6. Owns the peer's dynamic table and the limit on a list's size.
 * Does not know frames (a block comes whole), nor which names and values HTTP allows.
 */
import { latin1 } from "../bytes.ts";
import { errorCode } from "../error-code.ts";
import type { HeaderList } from "../header-list.ts";
import type { Violation } from "../violation.ts";
import { DecodeMemory } from "./decode-memory.ts";
import { defaultTableSizeBytes, DynamicTable, fieldBytes } from "./dynamic-table.ts";
import { decodeHuffman } from "./huffman.ts";
import { type Cursor, integerTruncated, readInteger } from "./integer.ts";
import { staticNames, staticTableLength, staticValues } from "./static-table.ts";

export interface HpackDecoderOptions {
  /**
   * SETTINGS_HEADER_TABLE_SIZE as we announce it, in bytes. Until `setMaxTableSize` says that the peer has acknowledged
   * it, the peer may also use the 4,096 that hold before any SETTINGS (RFC 9113 §6.5.2).
   */
  readonly maxTableSize: number;
  /** The largest list to hand out, in bytes as RFC 9113 §6.5.2 counts them: name, value and 32 for each field. */
  readonly maxHeaderListBytes: number;
  /** Hand out the same list for the same bytes when nothing else can be meant. Default true. */
  readonly memory?: boolean;
}

export class HpackDecoder {
  readonly #table = new DynamicTable(defaultTableSizeBytes);
  readonly #memory: DecodeMemory | undefined;
  readonly #maxHeaderListBytes: number;
  readonly #cursor: Cursor = { at: 0 };
  #maxTableSize: number;
  /** Set while the peer's table may be larger than we allow: its next block must shrink it to this or less, §4.2. */
  #owedTableSize: number | undefined;
  /** What is wrong with the block at hand, once a reader has returned that something is. */
  #breach: Violation | undefined;

  constructor(options: HpackDecoderOptions) {
    this.#maxTableSize = Math.max(options.maxTableSize, defaultTableSizeBytes);
    this.#maxHeaderListBytes = options.maxHeaderListBytes;
    this.#memory = options.memory === false ? undefined : new DecodeMemory();
  }

  /** Our announced SETTINGS_HEADER_TABLE_SIZE, in bytes, was acknowledged: the peer's next block obeys it. */
  setMaxTableSize(bytes: number): void {
    this.#maxTableSize = bytes;
    if (bytes < (this.#owedTableSize ?? this.#table.capacityBytes)) this.#owedTableSize = bytes;
  }

  /**
   * One whole header block (HEADERS and its CONTINUATIONs joined). The list is frozen and may be one handed out before.
   * A violation of scope `stream` (`limit-header-list`) leaves the decoder fit for the next block; after one of scope
   * `connection` the tables of the two ends differ, and the connection must end (RFC 9113 §4.3).
   */
  decode(block: Uint8Array): HeaderList | Violation {
    const table = this.#table;
    const generation = table.generation;
    const memory = this.#owedTableSize === undefined ? this.#memory : undefined;
    const remembered = memory?.find(block, generation);
    if (remembered !== undefined) return remembered;

    this.#cursor.at = 0;
    const list: string[] = [];
    const listBytes = this.#readSizeUpdates(block) ? this.#readFields(block, list) : -1;
    if (listBytes < 0) return this.#breach as Violation;
    if (listBytes > this.#maxHeaderListBytes) return tooLarge(listBytes, this.#maxHeaderListBytes);
    Object.freeze(list);
    if (table.generation === generation) memory?.offer(block, generation, list);
    return list;
  }

  /** §4.2: size updates stand at the front of a block, nowhere else. */
  #readSizeUpdates(block: Uint8Array): boolean {
    const cursor = this.#cursor;
    while (cursor.at < block.length && ((block[cursor.at] as number) & 0xe0) === 0x20) {
      const bytes = this.#integer(block, 5);
      if (bytes < 0) return false;
      const owed = this.#owedTableSize;
      if (owed !== undefined && bytes > owed) {
        return this.#fail("4.2", `table size update to ${bytes}, one to ${owed} or less was due first`);
      }
      if (bytes > this.#maxTableSize) {
        return this.#fail("6.3", `table size update to ${bytes}, at most ${this.#maxTableSize} was announced`);
      }
      this.#owedTableSize = undefined;
      this.#table.setCapacity(bytes);
    }
    if (this.#owedTableSize === undefined || block.length === 0) return true;
    return this.#fail("4.2", `no table size update, though ${this.#owedTableSize} was announced and acknowledged`);
  }

  /** Fills `list` and returns its size, -1 on a breach; past the limit only the table is kept up. */
  #readFields(block: Uint8Array, list: string[]): number {
    const cursor = this.#cursor;
    const limit = this.#maxHeaderListBytes;
    let listBytes = 0;
    while (cursor.at < block.length) {
      const octet = block[cursor.at] as number;
      let name: string | undefined;
      let value: string | undefined;
      if (octet >= 0x80) {
        // §6.1
        const index = this.#integer(block, 7);
        name = this.#nameAt(index);
        if (name !== undefined) value = this.#valueAt(index);
      } else if (octet >= 0x40 || octet < 0x20) {
        // §6.2.1 inserts; §6.2.2 and §6.2.3 (never indexed) do not, and differ only for who encodes it again.
        const inserts = octet >= 0x40;
        const index = this.#integer(block, inserts ? 6 : 4);
        name = index === 0 ? this.#text(block) : this.#nameAt(index);
        if (name !== undefined) value = this.#text(block);
        if (inserts && name !== undefined && value !== undefined) this.#table.insert(name, value);
      } else {
        this.#fail("4.2", "table size update behind a header field");
      }
      if (name === undefined || value === undefined) return -1;
      listBytes += fieldBytes(name, value);
      if (listBytes <= limit) list.push(name, value);
    }
    return listBytes;
  }

  #nameAt(index: number): string | undefined {
    if (index > 0 && index <= staticTableLength) return staticNames[index];
    const dynamicIndex = index - staticTableLength;
    if (dynamicIndex > 0 && dynamicIndex <= this.#table.count) return this.#table.name(dynamicIndex);
    if (index === 0) this.#fail("6.1", "indexed field with index 0");
    else if (index > 0)
      this.#fail("2.3.3", `index ${index}, the tables end at ${staticTableLength + this.#table.count}`);
    return undefined;
  }

  /** `index` is one that `#nameAt` knew. */
  #valueAt(index: number): string | undefined {
    return index <= staticTableLength ? staticValues[index] : this.#table.value(index - staticTableLength);
  }

  /** §5.2. */
  #text(block: Uint8Array): string | undefined {
    const cursor = this.#cursor;
    const octet = block[cursor.at];
    if (octet === undefined) {
      this.#fail("5.2", "block ends before a string");
      return undefined;
    }
    const length = this.#integer(block, 7);
    if (length < 0) return undefined;
    const start = cursor.at;
    const end = start + length;
    if (end > block.length) {
      this.#fail("5.2", `string of ${length} octets, ${block.length - start} are left in the block`);
      return undefined;
    }
    cursor.at = end;
    if (octet < 0x80) return latin1(block, start, end);
    const text = decodeHuffman(block, start, end);
    if (text === undefined) this.#fail("5.2", "Huffman string with an end-of-string symbol or wrong padding");
    return text;
  }

  /** Negative when it failed; the breach is noted. */
  #integer(block: Uint8Array, prefixBits: number): number {
    const value = readInteger(block, this.#cursor, prefixBits);
    if (value < 0)
      this.#fail("5.1", value === integerTruncated ? "block ends inside an integer" : "integer over 32 bits");
    return value;
  }

  #fail(section: string, detail: string): false {
    const code = errorCode.COMPRESSION_ERROR;
    this.#breach = { scope: "connection", by: "peer", code, rule: `rfc7541-${section}`, detail };
    return false;
  }
}

function tooLarge(listBytes: number, limit: number): Violation {
  const detail = `header list of ${listBytes} bytes, at most ${limit} are taken`;
  return { scope: "stream", by: "peer", code: errorCode.ENHANCE_YOUR_CALM, rule: "limit-header-list", detail };
}
