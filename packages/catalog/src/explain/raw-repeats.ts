/**
 * Recognises failures that came before by the bytes of their line, without decoding or taking apart what stands there. Owns
 * which lines it can judge: those of one record each, with an ISO time in front. For all others `RepeatMemory.keyOf` is
 * there, and whatever is the same here must be the same there.
 */

import type { LogLine } from "../read/log-line.ts";
import type { Outcome } from "./repeat-memory.ts";

/** As many as texts are remembered; with 540 bytes at most each, some megabytes. */
const maxLines = 10_000;
/** `RepeatMemory` remembers no longer texts. */
const maxTextBytes = 500;
/** A time and the blanks around it, and the text. */
const maxLineBytes = 540;
/** Stands for a number; no byte of a line that is judged is larger than 0x7e. */
const numberByte = 0xff;
/** FNV-1a, 32 bits: offset basis and prime. */
const hashBasis = 0x811c9dc5;
const hashPrime = 0x01000193;

const zero = 0x30;
const nine = 0x39;
const blank = 0x20;
const hyphen = 0x2d;
const comma = 0x2c;
const dot = 0x2e;
const colon = 0x3a;
const openBracket = 0x5b;
const closeBracket = 0x5d;
const capitalT = 0x54;
const capitalU = 0x55;
const capitalZ = 0x5a;
/** ISO dates: `-` or `/`, then `T` or a blank, and what may stand behind the seconds. */
const shape = "0000-00-00T00:00:00";

interface KnownLine {
  readonly folded: Uint8Array;
  readonly outcomes: readonly Outcome[];
}

export class RawRepeats {
  readonly #lines = new Map<number, KnownLine>();
  readonly #telling: ReadonlySet<number>;
  readonly #folded = new Uint8Array(maxLineBytes);
  #length = 0;
  #hash = 0;

  /** `telling`: the numbers that are never taken for any other, for signatures name them. */
  constructor(telling: Iterable<string>) {
    this.#telling = new Set(Array.from(telling, valueOf));
  }

  /** What came of the same line before; undefined when it is new or cannot be judged. */
  find(bytes: Uint8Array, start: number, end: number): readonly Outcome[] | undefined {
    if (this.#lines.size === 0 || !this.#fold(bytes, start, end)) return undefined;
    const known = this.#lines.get(this.#hash);
    return known !== undefined && this.#equals(known.folded) ? known.outcomes : undefined;
  }

  /** `line`: what unwrapping made of the bytes. */
  set(bytes: Uint8Array, start: number, end: number, line: LogLine, outcomes: readonly Outcome[]): void {
    if (!isPlain(line) || !this.#fold(bytes, start, end)) return;
    const body = bodyStart(bytes, start, end);
    const [text = ""] = line.texts;
    // Otherwise more was taken away than the time.
    if (text.length !== end - body || text.charCodeAt(0) !== bytes[body]) return;
    if (this.#lines.size >= maxLines) this.#lines.clear();
    this.#lines.set(this.#hash, { folded: this.#folded.slice(0, this.#length), outcomes });
  }

  #equals(folded: Uint8Array): boolean {
    if (folded.length !== this.#length) return false;
    for (let i = 0; i < folded.length; i++) if (folded[i] !== this.#folded[i]) return false;
    return true;
  }

  /** The line with `numberByte` for each number that nobody reads; false when the line cannot be judged. */
  #fold(bytes: Uint8Array, start: number, end: number): boolean {
    if (end - start > maxLineBytes) return false;
    const body = bodyStart(bytes, start, end);
    if (body < 0 || end - body > maxTextBytes) return false;
    const folded = this.#folded;
    let length = 0;
    let hash = hashBasis;
    for (let at = start; at < end;) {
      let byte = bytes[at] ?? 0;
      if (byte < blank || byte > 0x7e) return false;
      let next = at + 1;
      if (isDigit(byte)) {
        let value = 0;
        for (next = at; next < end && isDigit(bytes[next] ?? 0); next++) value = value * 10 + (bytes[next] ?? 0) - zero;
        if (at < body || (changes(bytes, at, next, end) && !this.#telling.has(value))) byte = numberByte;
      }
      for (;;) {
        folded[length++] = byte;
        hash = Math.imul(hash ^ byte, hashPrime);
        if (byte === numberByte || ++at >= next) break;
        byte = bytes[at] ?? 0;
      }
      at = next;
    }
    this.#length = length;
    this.#hash = hash;
    return true;
  }
}

/** Nothing but a time stood around the text, and nothing but the time depends on a number. */
function isPlain({ texts, statuses, begins, source, record }: LogLine): boolean {
  const [text = ""] = texts;
  if (texts.length !== 1 || statuses.length > 0 || !begins || source !== undefined || record !== undefined)
    return false;
  // Records in JSON or pairs that could not be read might be readable with other numbers, and so might a journal's prefix.
  return !/^[^{]*\{\s*["}]|(?:^|\s)(?:level|lvl|severity|msg|ts|time)=|^\S+ \S*: /.test(text);
}

/** Where the text behind an ISO time begins; -1 when the line does not begin with one, or something might belong to it. */
export function bodyStart(bytes: Uint8Array, start: number, end: number): number {
  let at = start;
  for (let i = 0; i < shape.length; i++, at++) {
    const byte = bytes[at] ?? 0;
    const expected = shape.charCodeAt(i);
    if (expected === zero ? !isDigit(byte) : byte !== expected && !isOther(byte, expected)) return -1;
  }
  if (bytes[at] === dot || bytes[at] === comma) {
    const first = ++at;
    while (at < end && isDigit(bytes[at] ?? 0)) at++;
    if (at === first || at > first + 9) return -1; // nanoseconds have 9 digits
  }
  if (bytes[at] === capitalZ) at++;
  if (bytes[at] !== blank) return -1;
  while (at < end && bytes[at] === blank) at++;
  const byte = bytes[at] ?? 0;
  const isZone =
    byte === capitalZ || (byte === capitalU && bytes[at + 1] === capitalT) || byte === hyphen || byte === 0x2b;
  return at >= end || isZone || byte === 0x7c || byte === 0x09 ? -1 : at;
}

/** What `readTime` says of a line with a `bodyStart`, in Unix milliseconds. */
export function timeInFront(bytes: Uint8Array, start: number): number {
  const number = (from: number, to: number): number => {
    let value = 0;
    for (let at = start + from; at < start + to; at++) value = value * 10 + (bytes[at] ?? 0) - zero;
    return value;
  };
  const mark = bytes[start + shape.length];
  const first = shape.length + 1;
  let end = first;
  if (mark === dot || mark === comma) while (isDigit(bytes[start + end] ?? 0)) end++;
  const seconds = Date.UTC(
    number(0, 4),
    number(5, 7) - 1,
    number(8, 10),
    number(11, 13),
    number(14, 16),
    number(17, 19),
  );
  return seconds + (number(first, end) / 10 ** (end - first)) * 1_000; // s to ms
}

/**
 * Whether a line surely belongs to nothing above it: a time stands in front, and neither a container's nor a journal's
 * prefix may be meant (`<time> stdout F`, `<time> host unit:`), under which the record goes on from elsewhere.
 */
export function surelyBegins(bytes: Uint8Array, start: number, end: number): boolean {
  const body = bodyStart(bytes, start, end);
  if (body < 0) return false;
  let words = 0;
  let at = body;
  for (; at < end; at++) {
    const byte = bytes[at] ?? 0;
    if (byte < blank || byte > 0x7e) return false; // colours may hide words
    if (byte === blank && ++words === 2) break;
  }
  // `std` in front; nothing else begins so that anybody minds.
  const isStd = bytes[body] === 0x73 && bytes[body + 1] === 0x74 && bytes[body + 2] === 0x64;
  return !isStd && bytes[at - 1] !== colon;
}

function isOther(byte: number, expected: number): boolean {
  return (expected === hyphen && byte === 0x2f) || (expected === capitalT && byte === blank);
}

/** Whether `RepeatMemory` takes the number for any other: only the clear cases of its expression. */
function changes(bytes: Uint8Array, from: number, to: number, end: number): boolean {
  const before = bytes[from - 1] ?? 0;
  const behind = to < end ? (bytes[to] ?? 0) : blank;
  if (isWordByte(behind) || behind === hyphen || isHexLetter(before)) return false;
  const count = to - from;
  if (before === colon) return count >= 6 || (count === 5 && isBetween(bytes[from] ?? 0, 0x33, 0x36));
  // Behind `-`, the number may be the end of an id; behind these letters it is not.
  if (before === hyphen) return isBetween(bytes[from - 2] ?? 0, 0x67, 0x7a);
  return count >= 4 || (before === openBracket && behind === closeBracket && !isAssigned(bytes, from - 2));
}

/** `:[14]` and `= [14]` are values, not instances. */
function isAssigned(bytes: Uint8Array, at: number): boolean {
  const byte = bytes[bytes[at] === blank ? at - 1 : at] ?? 0;
  return byte === colon || byte === 0x3d || byte === 0x3e; // `=`, `>`
}

function isDigit(byte: number): boolean {
  return byte >= zero && byte <= nine;
}

function isHexLetter(byte: number): boolean {
  return isBetween(byte | blank, 0x61, 0x66);
}

function isWordByte(byte: number): boolean {
  return isDigit(byte) || isBetween(byte | blank, 0x61, 0x7a) || byte === 0x5f;
}

function isBetween(byte: number, low: number, high: number): boolean {
  return byte >= low && byte <= high;
}

/** As `#fold` counts: what has more digits than a number can hold may be taken for another, and is then never folded. */
function valueOf(digits: string): number {
  let value = 0;
  for (const digit of digits) value = value * 10 + (digit.codePointAt(0) ?? 0) - zero;
  return value;
}
