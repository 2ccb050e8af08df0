/**
 * Holds the part of the input that is being looked at, whatever the input's size: bytes come in, lines can be had by
 * number around a place. Owns bytes and line numbers, not what lines mean.
 */

import type { LineGroup } from "../read/group-lines.ts";
import type { LineSource } from "../read/line-source.ts";
import type { LogLine } from "../read/log-line.ts";
import { maskSecrets } from "../read/mask-secrets.ts";
import { unwrapLine } from "../read/unwrap-line.ts";
import { countFeeds } from "./count-feeds.ts";
import { mayMentionGrpc } from "./grpc-stems.ts";

const newline = 10;

/** Longer lines are only seen through a window around the hit; a record with a long stack has some 10 KB and is whole. */
const longLineBytes = 16_384;
const windowBeforeBytes = 4_096;
const windowAfterBytes = 8_192;
/**
 * So many windows are shown of one line, and what comes after them in it is passed over: the first 8 MB at least. Each costs
 * some milliseconds, so that one line of 100 MB with hits everywhere would take a minute.
 */
const maxWindows = 1_000;
/** How far before a hit in a long line credentials are looked for; tokens have some kilobytes. */
const maskedBeforeBytes = 32_768;

/** What is kept in front of the place where looking goes on: as much as a group reaches back. */
const keptBytes = 65_536;

/** Moving the rest to the front is worth its cost only now and then. */
const dropBytes = 1_048_576; // 1 MiB

/** What must lie behind a hit before it is judged, unless the input ends; a group reaches this far ahead. */
const aheadBytes = 65_536;

/** Fewer bytes are not worth a look of their own. */
const leastRangeBytes = 65_536; // as much as lies ahead: at most every other byte waits

export class LineBuffer implements LineSource {
  #bytes = new Uint8Array(0);
  #used = 0;
  /** Bytes of the input in front of byte 0. */
  #dropped = 0;
  /** Everything in front of this has been handed out by `takeRange`. */
  #doneTo = 0;
  /** A place whose line number is known; numbers are counted on from here. */
  #counted = { at: 0, number: 1 };
  /** Lines as their neighbours see them: of a long one the beginning, whether or not it was visited before. */
  #lines = new Map<number, LogLine>();
  /** What is seen of the visited line, if that is a long one. */
  #windowLine: LogLine | undefined;
  /** Starts of lines whose place is known, by number. */
  #starts = new Map<number, number>();
  /** The line that was measured last: hits come in crowds, and a long line must not be measured again for each. */
  #measured = { start: -1, end: -1 };
  /** Where a line may begin that belongs to the one visited: what is held however the input was cut into pieces. */
  #reach: readonly [from: number, to: number] = [0, 0];
  #visited = 0;
  #shownTo = 0;
  #isWindow = false;
  /** The long line that was visited last, and how many windows of it were shown. */
  #windows = { line: 0, count: 0 };
  #decoder = new TextDecoder();

  get bytes(): Uint8Array {
    return this.#bytes;
  }

  append(chunk: Uint8Array): void {
    const needed = this.#used + chunk.length;
    if (needed > this.#bytes.length) {
      const larger = new Uint8Array(Math.max(needed, this.#bytes.length * 2));
      larger.set(this.#bytes.subarray(0, this.#used));
      this.#bytes = larger;
    }
    this.#bytes.set(chunk, this.#used);
    this.#used = needed;
  }

  /** The bytes to look through now: whole lines that have enough behind them; at the end of the input, all the rest. */
  takeRange(isEnd: boolean): readonly [from: number, to: number] {
    const from = this.#doneTo;
    let to = this.#used;
    if (!isEnd) {
      const limit = this.#used - aheadBytes;
      // Input may come byte by byte, and each range costs a search for its end.
      if (limit < from + leastRangeBytes) return [from, from];
      // Inside a line that is longer than all of this, the range ends anywhere.
      const lineEnd = this.#bytes.lastIndexOf(newline, limit);
      to = lineEnd >= from ? lineEnd + 1 : limit;
    }
    this.#doneTo = to;
    return [from, to];
  }

  /** Forgets what no group can reach back to any more. Places and ranges had before are void after this. */
  drop(): void {
    const limit = this.#doneTo - keptBytes;
    this.#lines.clear();
    this.#starts.clear();
    this.#measured = { start: -1, end: -1 };
    if (limit < dropBytes) return;
    const lineStart = this.#bytes.indexOf(newline, limit) + 1;
    const from = lineStart > 0 && lineStart <= this.#doneTo ? lineStart : limit;
    const number = this.numberAt(from);
    this.#bytes.copyWithin(0, from, this.#used);
    this.#used -= from;
    this.#doneTo -= from;
    this.#dropped += from;
    this.#counted = { at: 0, number };
  }

  /** The number of the line that holds this byte. Cheap when the byte is near the one that was asked for before. */
  numberAt(at: number): number {
    const { at: place, number: before } = this.#counted;
    const number = before + countFeeds(this.#bytes, place, at) - countFeeds(this.#bytes, at, place);
    this.#counted = { at, number };
    return number;
  }

  /** Makes the line around a hit known, so that `line` finds it and its neighbours. Answers its number. */
  visit(at: number): number {
    const number = this.numberAt(at);
    const start = this.#startAround(at);
    const end = this.#endOf(start);
    this.#isWindow = end - start > longLineBytes;
    const to = this.#isWindow ? Math.min(end, at + windowAfterBytes) : end;
    this.#windowLine = this.#isWindow ? this.#window(start, at, to) : undefined;
    if (this.#isWindow)
      this.#windows = { line: number, count: number === this.#windows.line ? this.#windows.count + 1 : 1 };
    this.#reach = [at - keptBytes, at + aheadBytes - longLineBytes];
    this.#shownTo = this.#dropped + to;
    this.#starts.set(number, start);
    this.#visited = number;
    return number;
  }

  /** Whether this place is in a line of which no more windows are shown. */
  isSpent(at: number): boolean {
    return this.#windows.count >= maxWindows && this.numberAt(at) === this.#windows.line;
  }

  /** Up to where `visit` has shown the line around a hit, in bytes of the whole input: its end, or that of a window. */
  get shownTo(): number {
    return this.#shownTo;
  }

  /** Whether the last `visit` showed only a window of a long line. */
  get isWindow(): boolean {
    return this.#isWindow;
  }

  /** Turns a place in the buffer into one of the whole input. */
  placeOf(at: number): number {
    return this.#dropped + at;
  }

  /** The number of the only line that is not blank, when the whole input is at most `maxBytes` long. */
  onlyLine(maxBytes: number): number | undefined {
    if (this.#dropped > 0 || this.#used > maxBytes) return undefined;
    const lines = this.#decoder.decode(this.#bytes.subarray(0, this.#used)).split("\n");
    const filled = lines.flatMap((line, index) => (line.trim() === "" ? [] : [index + 1]));
    const [only] = filled;
    if (filled.length !== 1 || only === undefined) return undefined;
    this.#starts.set(1, 0);
    this.#reach = [0, maxBytes];
    for (let number = 2; number <= only; number++) this.#startOf(number);
    return only;
  }

  /** All lines of an input that is at most `maxBytes` long, as if they belonged together; undefined for a longer one. */
  wholeInput(maxBytes: number): LineGroup | undefined {
    if (this.#dropped > 0 || this.#used > maxBytes) return undefined;
    const texts = this.#decoder.decode(this.#bytes.subarray(0, this.#used)).split("\n");
    const lines = texts.flatMap((text, index) =>
      text.trim() === "" ? [] : [{ number: index + 1, line: unwrapLine(text) }],
    );
    return { first: lines[0]?.number ?? 1, last: lines.at(-1)?.number ?? 1, lines };
  }

  /** The starts of the lines that hold one of these texts, up to a place. For small inputs. */
  linesWith(texts: readonly string[], to: number): readonly number[] {
    const starts: number[] = [];
    for (let start = 0; start < to; start = this.#endOf(start) + 1) {
      const line = this.#decoder.decode(this.#bytes.subarray(start, this.#endOf(start)));
      if (texts.some((text) => line.includes(text))) starts.push(start);
    }
    return starts;
  }

  /** Lines so far; one that is not ended counts. */
  get linesRead(): number {
    if (this.#used === 0) return 0;
    return this.numberAt(this.#used) - (this.#bytes[this.#used - 1] === newline ? 1 : 0);
  }

  line(number: number): LogLine | undefined {
    const start = this.#startOf(number);
    if (start === undefined) return undefined;
    const known = (number === this.#visited ? this.#windowLine : undefined) ?? this.#lines.get(number);
    if (known !== undefined) return known;
    const end = this.#endOf(start);
    const line = this.#read(start, Math.min(end, start + longLineBytes));
    this.#lines.set(number, line);
    return line;
  }

  /** Where in `bytes` a line stands; undefined as for `line`. */
  rangeOf(number: number): readonly [start: number, end: number] | undefined {
    const start = this.#startOf(number);
    return start === undefined ? undefined : [start, this.#endOf(start)];
  }

  /** False when nothing that `line` shows of a line speaks of gRPC, as far as its bytes tell. */
  mayMentionGrpc(number: number): boolean {
    if (this.#lines.has(number)) return true; // read already
    const start = this.#startOf(number);
    if (start === undefined) return false;
    const end = this.#startOf(number + 1) ?? this.#used;
    return mayMentionGrpc(this.#bytes, start, Math.min(end, start + longLineBytes));
  }

  #startOf(number: number): number | undefined {
    const known = this.#starts.get(number);
    if (known !== undefined) return number === this.#visited || this.#isInReach(known) ? known : undefined;
    const below = this.#starts.get(number - 1);
    let start: number | undefined;
    if (below !== undefined) {
      const end = this.#endOf(below);
      start = end + 1 < this.#used ? end + 1 : undefined;
    } else {
      const above = this.#starts.get(number + 1);
      if (above === undefined || above === 0) return undefined;
      start = above < 2 ? 0 : this.#bytes.lastIndexOf(newline, above - 2) + 1;
    }
    if (start === undefined || !this.#isInReach(start)) return undefined;
    this.#starts.set(number, start);
    return start;
  }

  #isInReach(start: number): boolean {
    return start >= this.#reach[0] && start <= this.#reach[1];
  }

  /** Where the line that holds this byte begins. */
  #startAround(at: number): number {
    const { start, end } = this.#measured;
    if (start >= 0 && start <= at && at <= end) return start;
    return at === 0 ? 0 : this.#bytes.lastIndexOf(newline, at - 1) + 1;
  }

  #endOf(start: number): number {
    if (this.#measured.start === start) return this.#measured.end;
    const found = this.#bytes.indexOf(newline, start);
    const end = found < 0 || found > this.#used ? this.#used : found;
    this.#measured = { start, end };
    return end;
  }

  /**
   * What is seen of a long line. The name of a credential may stand far before the end of its value, so more than the
   * window is looked through for them, and what lies in front of the hit is masked before it is cut.
   */
  #window(lineStart: number, at: number, to: number): LogLine {
    const from = Math.max(lineStart, at - maskedBeforeBytes);
    const before = maskSecrets(this.#decoder.decode(this.#bytes.subarray(from, at)));
    const behind = this.#decoder.decode(this.#bytes.subarray(at, to));
    // The beginning may itself be the end of a credential whose name is out of sight.
    const known = from === lineStart ? before : before.replace(/^(?:[^"]*"|\S*)/, "");
    return unwrapLine(known.slice(-windowBeforeBytes) + behind);
  }

  #read(start: number, end: number): LogLine {
    return unwrapLine(this.#decoder.decode(this.#bytes.subarray(start, end)));
  }
}
