/**
 * HPACK decoding as RFC 7541 tells it, step by step and without a thought for speed, to hold the real decoder against.
 * Shares the tables of appendices A and B with it, nothing else. Throws on a malformed block.
 */
import { codeBits, endOfString } from "../../src/http2/hpack/huffman-table.ts";
import { staticNames, staticValues } from "../../src/http2/hpack/static-table.ts";

type Field = readonly [name: string, value: string];

const staticFields = staticNames.map((name, i): Field => [name, staticValues[i] ?? ""]);

/** By the code's bits behind a 1, so that codes of different lengths are different numbers. */
const symbolByCode = new Map<number, number>();
const symbols = codeBits
  .map((bits, symbol) => ({ bits, symbol }))
  .sort((a, b) => a.bits - b.bits || a.symbol - b.symbol);
symbols.reduce((next, { bits, symbol }, i) => {
  const code = next * 2 ** (bits - (symbols[i - 1]?.bits ?? 0));
  symbolByCode.set(2 ** bits + code, symbol);
  return code + 1;
}, 0);

export class ReferenceDecoder {
  #maxTableSize: number;
  /** §4.2: what the next block's first size update may not pass; Infinity when none is due. */
  #dueTableSize = Infinity;
  #table: Field[] = [];
  #tableSize = 4_096; // RFC 9113 §6.5.2
  #octets: number[] = [];

  /** @param maxTableSize SETTINGS_HEADER_TABLE_SIZE as announced, at least the 4,096 that hold before. */
  constructor(maxTableSize: number) {
    this.#maxTableSize = maxTableSize;
  }

  /** A new SETTINGS_HEADER_TABLE_SIZE was acknowledged. */
  setMaxTableSize(bytes: number): void {
    this.#maxTableSize = bytes;
    if (bytes < this.#tableSize) this.#dueTableSize = Math.min(this.#dueTableSize, bytes);
  }

  /** Names and values; throws when the block is malformed. */
  decode(block: Uint8Array): string[] {
    this.#octets = [...block];
    const fields: Field[] = [];
    while (this.#octets.length > 0) {
      const first = this.#octets[0] as number;
      if (this.#dueTableSize !== Infinity && (first >= 64 || first < 32)) throw new Error("size update missing");
      if (first >= 128) fields.push(this.#field(this.#integer(7)));
      else if (first >= 64) fields.push(this.#insert(this.#literal(6)));
      else if (first >= 32) this.#resize(this.#integer(5), fields.length);
      else fields.push(this.#literal(4));
    }
    return fields.flat();
  }

  #literal(prefixBits: number): Field {
    const index = this.#integer(prefixBits);
    const name = index === 0 ? this.#string() : this.#field(index)[0];
    return [name, this.#string()];
  }

  #field(index: number): Field {
    const field = index < staticFields.length ? staticFields[index] : this.#table[index - staticFields.length];
    if (index === 0 || field === undefined) throw new Error("no such index");
    return field;
  }

  #insert(field: Field): Field {
    this.#table.unshift(field);
    this.#evict();
    return field;
  }

  #resize(size: number, fieldsBefore: number): void {
    const most = Math.min(this.#maxTableSize, this.#dueTableSize);
    if (fieldsBefore > 0 || size > most) throw new Error("misplaced or too large");
    this.#dueTableSize = Infinity;
    this.#tableSize = size;
    this.#evict();
  }

  #evict(): void {
    const size = (): number => this.#table.reduce((sum, [name, value]) => sum + name.length + value.length + 32, 0);
    while (size() > this.#tableSize) this.#table.pop();
  }

  #octet(): number {
    const octet = this.#octets.shift();
    if (octet === undefined) throw new Error("cut short");
    return octet;
  }

  #integer(prefixBits: number): number {
    const full = 2 ** prefixBits - 1;
    let value = this.#octet() % (full + 1);
    if (value < full) return value;
    for (let i = 0; i < 5; i++) {
      const octet = this.#octet();
      value += (octet % 128) * 128 ** i;
      if (octet < 128 && value < 2 ** 32) return value;
      if (octet < 128) break;
    }
    throw new Error("too large");
  }

  #string(): string {
    const huffman = (this.#octets[0] ?? 0) >= 128;
    const length = this.#integer(7);
    if (length > this.#octets.length) throw new Error("cut short");
    const octets = this.#octets.splice(0, length);
    return String.fromCharCode(...(huffman ? symbolsIn(octets) : octets));
  }
}

function symbolsIn(octets: readonly number[]): number[] {
  const result: number[] = [];
  let code = 1;
  for (const octet of octets) {
    for (let place = 128; place >= 1; place /= 2) {
      code = 2 * code + (Math.floor(octet / place) % 2);
      const symbol = symbolByCode.get(code);
      if (symbol === undefined) continue;
      if (symbol === endOfString) throw new Error("end of string inside");
      result.push(symbol);
      code = 1;
    }
  }
  // §5.2: at most seven bits are left, all of them ones.
  if (![1, 3, 7, 15, 31, 63, 127, 255].includes(code)) throw new Error("wrong padding");
  return result;
}
