/**
 * Finds some hundred literals in bytes. A few lines are searched for each literal in turn, by the engine's own search; the
 * tables that find all of them at once (`window-scanner.ts`) take longer to make than that, so they wait for a log.
 * Bytes in, places out; knows nothing of lines, templates and text.
 */

import { blockBytes } from "./scan-windows.ts";
import { WindowScanner } from "./window-scanner.ts";

/** Told the place of the first byte of a literal and the literal's index. */
export type OnHit = (at: number, literal: number) => void;

export interface Scanner {
  /** Bytes of the longest literal. Who scans a stream in pieces begins each one `longest - 1` bytes before its news. */
  readonly longest: number;
  /**
   * Calls `onHit` for each occurrence of each literal that lies wholly in `from` to `to`, overlapping ones too. Each
   * literal's own come ascending, those of different literals only about so.
   */
  scan(bytes: Uint8Array, onHit: OnHit, from?: number, to?: number): void;
}

// 16 KiB in all, 4 KiB at once: the search of a thousand literals in them costs less than making the tables.
const fewBytes = 16_384;
const fewBytesAtOnce = 4_096;

/** The shortest literal bounds the speed: 6 bytes jump 3 at most, 10 bytes 7. RangeError for one of less than 4 bytes. */
export function createScanner(literals: readonly string[]): Scanner {
  return new GrowingScanner(literals);
}

class GrowingScanner implements Scanner {
  readonly longest: number;
  readonly #shortest: number;
  readonly #literals: readonly Uint8Array[];
  /** The same, with one character for each byte. */
  readonly #texts: readonly string[];
  #searched = 0;
  #windows: WindowScanner | undefined;

  constructor(literals: readonly string[]) {
    const encoder = new TextEncoder();
    this.#literals = literals.map((literal) => encoder.encode(literal));
    const lengths = this.#literals.map(({ length }) => length);
    this.longest = Math.max(0, ...lengths);
    this.#shortest = Math.min(...lengths);
    this.#texts = literals.map((literal, i) => (lengths[i] === literal.length ? literal : byteText(this.#literals[i])));
    if (this.#shortest < blockBytes) {
      const short = JSON.stringify(literals[lengths.indexOf(this.#shortest)]);
      throw new RangeError(`literal ${short}: shorter than ${blockBytes} bytes`);
    }
  }

  scan(bytes: Uint8Array, onHit: OnHit, from = 0, to = bytes.length): void {
    const first = Math.max(0, from);
    const end = Math.min(to, bytes.length);
    if (end - first < this.#shortest) return;
    this.#searched += end - first;
    if (this.#searched <= fewBytes && end - first <= fewBytesAtOnce) this.#search(bytes, onHit, first, end);
    else {
      this.#windows ??= new WindowScanner(this.#literals, this.#shortest);
      this.#windows.scan(bytes, onHit, first, end);
    }
  }

  #search(bytes: Uint8Array, onHit: OnHit, from: number, to: number): void {
    const text = byteText(bytes.subarray(from, to));
    for (let literal = 0; literal < this.#texts.length; literal++) {
      const wanted = this.#texts[literal] ?? "";
      for (let at = text.indexOf(wanted); at >= 0; at = text.indexOf(wanted, at + 1)) onHit(from + at, literal);
    }
  }
}

function byteText(bytes: Uint8Array = new Uint8Array()): string {
  return String.fromCharCode(...bytes);
}
