/**
 * Finds some hundred literals in bytes, all at once, in the way of Wu and Manber ("A fast algorithm for multi-pattern
 * searching", 1994): of every literal only one window is looked for, all windows equally long, and a table says by the
 * last bytes under the window how far it may jump. Where a window may stand, is noted without a branch and looked at later:
 * in logs, every tenth jump ends at the last bytes of some window, and processors guess badly which.
 * Bytes in, places out; knows nothing of lines, templates and text.
 */

import { blockBytes, chooseWindows } from "./scan-windows.ts";

export interface Scanner {
  /** Bytes of the longest literal. Who scans a stream in pieces begins each one `longest - 1` bytes before its news. */
  readonly longest: number;
  /**
   * Calls `onHit` for each occurrence of each literal that lies wholly in `from` to `to`, overlapping ones too, with the
   * place of its first byte and the literal's index. Ascending by window, so only about ascending by place.
   */
  scan(bytes: Uint8Array, onHit: (at: number, literal: number) => void, from?: number, to?: number): void;
}

// A table of jumps with more slots has fewer that short literals share, but has to stay near the processor: measured with
// 2,600 literals, 16 bits (64 KiB) are the best of 14 to 18.
const hashBits = 16;
const tableSize = 1 << hashBits;
// Longer stripes gain nothing. Four of them are looked through in turns; of two, three, four and six, four are quickest.
const stripeBytes = 4096;
const stripes = 4;
// In an entry of the table of jumps, the bit that says that a window may end here; the others say how far to jump.
const mayEnd = 0x80;
const jumpBits = 0x7f;
// The odd number next to 2^32 divided by the golden ratio: its product spreads neighbours over the high bits.
const hashFactor = 0x9e3779b1;

function hash(block: number): number {
  return Math.imul(block, hashFactor) >>> (32 - hashBits);
}

/** Of the two blocks together, each of which alone is in many texts. */
function hashOfPair(first: number, last: number): number {
  return hash(first ^ Math.imul(last, hashFactor));
}

/** Where the windows of a list of literals are best put. To find out takes longer than all else that a scanner needs. */
export interface ScanWindows {
  readonly bytes: number;
  /** By literal. */
  readonly places: readonly number[];
}

/** What `createScanner` would find out by itself. RangeError for a literal of less than 4 bytes. */
export function scanWindows(literals: readonly string[]): ScanWindows {
  const encoded = encode(literals);
  const bytes = windowBytes(encoded, literals);
  return { bytes, places: [...chooseWindows(encoded, bytes, hash, tableSize)] };
}

function encode(literals: readonly string[]): readonly Uint8Array[] {
  const encoder = new TextEncoder();
  return literals.map((literal) => encoder.encode(literal));
}

/** The shortest literal bounds the speed: 6 bytes jump 3 at most, 10 bytes 7. A jump is seven bits of the table. */
function windowBytes(encoded: readonly Uint8Array[], literals: readonly string[]): number {
  const lengths = encoded.map(({ length }) => length);
  const shortest = Math.min(...lengths);
  if (shortest < blockBytes) {
    throw new RangeError(
      `literal ${JSON.stringify(literals[lengths.indexOf(shortest)])}: shorter than ${blockBytes} bytes`,
    );
  }
  return Math.min(shortest, jumpBits);
}

/** `windows`: of exactly these literals. Default: worked out. RangeError for a literal of less than 4 bytes. */
export function createScanner(literals: readonly string[], windows?: ScanWindows): Scanner {
  if (literals.length === 0) return { longest: 0, scan: () => undefined };
  const encoded = encode(literals);
  const bytes = windows?.bytes ?? windowBytes(encoded, literals);
  const places =
    windows === undefined ? chooseWindows(encoded, bytes, hash, tableSize) : Int32Array.from(windows.places);
  return new WindowScanner(encoded, bytes, places);
}

class WindowScanner implements Scanner {
  readonly longest: number;
  readonly #literals: readonly Uint8Array[];
  /** From the window's first byte to its last block. */
  readonly #lastBlock: number;
  readonly #places: Int32Array;
  /** By hash of the block under the window's end: how far the window may jump, and `mayEnd` where one may stand. */
  readonly #jumps: Uint8Array;
  /** By the same hash, the first literal whose window may stand here, or -1; then by literal, the next one. */
  readonly #heads: Int32Array;
  readonly #next: Int32Array;
  /** Bits, by hash of both blocks of a window: most places where one may end by its last block have another first one. */
  readonly #pairs = new Uint32Array(tableSize / 32);
  /** Last blocks under which windows may stand. */
  readonly #noted = new Int32Array(stripes * stripeBytes);
  /** By literal, the first block of its window: compared before its bytes are. */
  readonly #firstBlocks: Int32Array;

  constructor(literals: readonly Uint8Array[], windowBytes: number, places: Int32Array) {
    this.longest = literals.reduce((longest, { length }) => Math.max(longest, length), 0);
    this.#literals = literals;
    this.#lastBlock = windowBytes - blockBytes;
    this.#places = places;
    this.#jumps = new Uint8Array(tableSize).fill(this.#lastBlock + 1);
    this.#heads = new Int32Array(tableSize).fill(-1);
    this.#next = new Int32Array(literals.length).fill(-1);
    this.#firstBlocks = new Int32Array(literals.length);
    for (const [index, literal] of literals.entries()) this.#add(index, literal);
    for (let slot = 0; slot < tableSize; slot++) {
      if (this.#heads[slot] !== -1) this.#jumps[slot] = mayEnd | (this.#jumps[slot] ?? 0);
    }
  }

  #add(index: number, literal: Uint8Array): void {
    const view = new DataView(literal.buffer, literal.byteOffset, literal.length);
    const place = this.#places[index] ?? 0;
    for (let i = 0; i < this.#lastBlock; i++) {
      const slot = hash(view.getInt32(place + i, true));
      this.#jumps[slot] = Math.min(this.#jumps[slot] ?? 0, this.#lastBlock - i);
    }
    const first = view.getInt32(place, true);
    const last = view.getInt32(place + this.#lastBlock, true);
    const pair = hashOfPair(first, last);
    this.#pairs[pair >>> 5] = (this.#pairs[pair >>> 5] ?? 0) | (1 << (pair & 31));
    const slot = hash(last);
    this.#next[index] = this.#heads[slot] ?? -1;
    this.#heads[slot] = index;
    this.#firstBlocks[index] = first;
  }

  scan(bytes: Uint8Array, onHit: (at: number, literal: number) => void, from = 0, to = bytes.length): void {
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
    const piece: Piece = { bytes, view, from: Math.max(0, from), to: Math.min(to, bytes.length), onHit };
    const end = piece.to - blockBytes + 1;
    for (let at = piece.from + this.#lastBlock; at < end; at += stripes * stripeBytes) {
      const count = this.#note(view, at, Math.min(at + stripes * stripeBytes, end));
      for (const lastBlock of this.#likely(view, count)) this.#verify(piece, lastBlock);
    }
  }

  /**
   * Notes where windows may stand, by last blocks from `first` to `end`, and answers with their number. Four stripes in turns:
   * every jump waits for the one before it, not for those of other stripes, so that the processor does all at once.
   */
  #note(view: DataView, first: number, end: number): number {
    const jumps = this.#jumps;
    const noted = this.#noted;
    const stripe = Math.ceil((end - first) / stripes);
    const secondAt = Math.min(first + stripe, end);
    const thirdAt = Math.min(secondAt + stripe, end);
    const fourthAt = Math.min(thirdAt + stripe, end);
    let [a, b, c, d] = [first, secondAt, thirdAt, fourthAt];
    let count = 0;
    while (a < secondAt && b < thirdAt && c < fourthAt && d < end) {
      const jumpA = jumps[hash(view.getInt32(a, true))] ?? 1;
      const jumpB = jumps[hash(view.getInt32(b, true))] ?? 1;
      const jumpC = jumps[hash(view.getInt32(c, true))] ?? 1;
      const jumpD = jumps[hash(view.getInt32(d, true))] ?? 1;
      // Overwritten by the next one unless it counts.
      noted[count] = a;
      count += jumpA >>> 7;
      a += jumpA & jumpBits;
      noted[count] = b;
      count += jumpB >>> 7;
      b += jumpB & jumpBits;
      noted[count] = c;
      count += jumpC >>> 7;
      c += jumpC & jumpBits;
      noted[count] = d;
      count += jumpD >>> 7;
      d += jumpD & jumpBits;
    }
    count = this.#noteStripe(view, a, secondAt, count);
    count = this.#noteStripe(view, b, thirdAt, count);
    count = this.#noteStripe(view, c, fourthAt, count);
    return this.#noteStripe(view, d, end, count);
  }

  #noteStripe(view: DataView, from: number, end: number, noted: number): number {
    let count = noted;
    for (let at = from; at < end;) {
      const jump = this.#jumps[hash(view.getInt32(at, true))] ?? 1;
      this.#noted[count] = at;
      count += jump >>> 7;
      at += jump & jumpBits;
    }
    return count;
  }

  /** Of so many noted places those whose first block fits, too, ascending. */
  #likely(view: DataView, count: number): Int32Array {
    const noted = this.#noted;
    let kept = 0;
    for (let i = 0; i < count; i++) {
      const lastBlock = noted[i] ?? 0;
      const pair = hashOfPair(view.getInt32(lastBlock - this.#lastBlock, true), view.getInt32(lastBlock, true));
      noted[kept] = lastBlock;
      kept += ((this.#pairs[pair >>> 5] ?? 0) >>> (pair & 31)) & 1;
    }
    return noted.subarray(0, kept).sort();
  }

  /** A window may stand here, its last block at `lastBlock`: compares the literals that have such a one. */
  #verify({ bytes, view, from, to, onHit }: Piece, lastBlock: number): void {
    const window = lastBlock - this.#lastBlock;
    const firstBlock = view.getInt32(window, true);
    for (
      let index = this.#heads[hash(view.getInt32(lastBlock, true))] ?? -1;
      index >= 0;
      index = this.#next[index] ?? -1
    ) {
      if (this.#firstBlocks[index] !== firstBlock) continue;
      const literal = this.#literals[index];
      const at = window - (this.#places[index] ?? 0);
      if (literal !== undefined && at >= from && at + literal.length <= to && standsAt(literal, bytes, at)) {
        onHit(at, index);
      }
    }
  }
}

interface Piece {
  readonly bytes: Uint8Array;
  readonly view: DataView;
  readonly from: number;
  readonly to: number;
  readonly onHit: (at: number, literal: number) => void;
}

function standsAt(literal: Uint8Array, bytes: Uint8Array, at: number): boolean {
  for (let i = 0; i < literal.length; i++) if (literal[i] !== bytes[at + i]) return false;
  return true;
}
