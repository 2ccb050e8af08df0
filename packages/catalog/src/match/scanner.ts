/**
 * Finds some hundred literals in bytes, all at once, in the way of Wu and Manber ("A fast algorithm for multi-pattern
 * searching", 1994): of every literal only one window is looked for, all windows equally long, and a table says by the
 * last bytes under the window how far it may jump. Bytes in, places out; knows nothing of lines, templates and text.
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
// Longer stripes gain nothing.
const stripeBytes = 4096;
// The odd number next to 2^32 divided by the golden ratio: its product spreads neighbours over the high bits.
const hashFactor = 0x9e3779b1;

function hash(block: number): number {
  return Math.imul(block, hashFactor) >>> (32 - hashBits);
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

/** The shortest literal bounds the speed: 6 bytes jump 3 at most, 10 bytes 7. A jump is one byte of the table. */
function windowBytes(encoded: readonly Uint8Array[], literals: readonly string[]): number {
  const lengths = encoded.map(({ length }) => length);
  const shortest = Math.min(...lengths);
  if (shortest < blockBytes) {
    throw new RangeError(
      `literal ${JSON.stringify(literals[lengths.indexOf(shortest)])}: shorter than ${blockBytes} bytes`,
    );
  }
  return Math.min(shortest, 0xff);
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
  /** By hash of the block under the window's end: how far the window may jump; 0 where a window may stand. */
  readonly #jumps: Uint8Array;
  /** By the same hash, the first literal whose window may stand here, or -1; then by literal, the next one. */
  readonly #heads: Int32Array;
  readonly #next: Int32Array;
  /** Last blocks of the right stripe that wait until the left one is done, so that hits come in order. */
  readonly #later = new Int32Array(stripeBytes);
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
  }

  #add(index: number, literal: Uint8Array): void {
    const view = new DataView(literal.buffer, literal.byteOffset, literal.length);
    const place = this.#places[index] ?? 0;
    for (let i = 0; i <= this.#lastBlock; i++) {
      const slot = hash(view.getInt32(place + i, true));
      this.#jumps[slot] = Math.min(this.#jumps[slot] ?? 0, this.#lastBlock - i);
    }
    const slot = hash(view.getInt32(place + this.#lastBlock, true));
    this.#next[index] = this.#heads[slot] ?? -1;
    this.#heads[slot] = index;
    this.#firstBlocks[index] = view.getInt32(place, true);
  }

  scan(bytes: Uint8Array, onHit: (at: number, literal: number) => void, from = 0, to = bytes.length): void {
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
    const piece: Piece = { bytes, view, from: Math.max(0, from), to: Math.min(to, bytes.length), onHit };
    const end = piece.to - blockBytes + 1;
    for (let at = piece.from + this.#lastBlock; at < end; at += 2 * stripeBytes) {
      const middle = Math.min(at + stripeBytes, end);
      this.#scanStripes(piece, at, middle, Math.min(middle + stripeBytes, end));
    }
  }

  /**
   * Last blocks from `first` to `middle` and from `middle` to `end`, in turns: every jump waits for the one before it, not
   * for the other stripe's, so that the processor does both at once. One read of four bytes instead of four of one.
   */
  #scanStripes(piece: Piece, first: number, middle: number, end: number): void {
    const { view } = piece;
    const jumps = this.#jumps;
    const later = this.#later;
    let laterCount = 0;
    let left = first;
    let right = middle;
    while (left < middle && right < end) {
      const leftJump = jumps[hash(view.getInt32(left, true))] ?? 1;
      const rightJump = jumps[hash(view.getInt32(right, true))] ?? 1;
      if (leftJump === 0) this.#verify(piece, left++);
      else left += leftJump;
      if (rightJump === 0) later[laterCount++] = right++;
      else right += rightJump;
    }
    for (; left < middle;) {
      const jump = jumps[hash(view.getInt32(left, true))] ?? 1;
      if (jump === 0) this.#verify(piece, left++);
      else left += jump;
    }
    for (let i = 0; i < laterCount; i++) this.#verify(piece, later[i] ?? 0);
    for (; right < end;) {
      const jump = jumps[hash(view.getInt32(right, true))] ?? 1;
      if (jump === 0) this.#verify(piece, right++);
      else right += jump;
    }
  }

  /** A window may stand here, its last block at `lastBlock`: compares the literals that have such a one. */
  #verify({ bytes, view, from, to, onHit }: Piece, lastBlock: number): void {
    const window = lastBlock - this.#lastBlock;
    const slot = hash(view.getInt32(lastBlock, true));
    const firstBlock = view.getInt32(window, true);
    for (let index = this.#heads[slot] ?? -1; index >= 0; index = this.#next[index] ?? -1) {
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
