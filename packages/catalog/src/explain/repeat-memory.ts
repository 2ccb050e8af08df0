/**
 * Remembers what came of failures, by their texts, so that the same failure again costs next to nothing. Owns which texts
 * count as the same; what is done about a repeat is the explainer's.
 */

import type { SignatureTable } from "../match/signature-table.ts";
import type { LineGroup } from "../read/group-lines.ts";
import type { LogLine } from "../read/log-line.ts";
import type { KeptFinding } from "./finding-list.ts";
import { RawRepeats } from "./raw-repeats.ts";

/** What came of a text, and all beside the text that it came from. */
export interface Outcome {
  /** Absent when nothing was found. */
  finding?: KeptFinding;
  /** Entries of the clues in the text. */
  readonly clues: number[];
  /** Whether the lines around speak of gRPC; absent when nobody asked. */
  around?: boolean;
  /** Entries that the text may mean: clues for others change nothing. */
  meant: ReadonlySet<number>;
  /** Which of them had a clue in reach. */
  near: string;
  /** It may come out otherwise the next time. */
  isUnsure?: boolean;
}

/** Nothing has come of it yet. */
export function newOutcome(): Outcome {
  return { clues: [], meant: new Set(), near: "" };
}

/** A log tells a few dozen failures apart, seldom hundreds; one with every text of the catalog has some 4,000. */
const maxOutcomes = 10_000;
/** In all texts together: with two bytes each, some megabytes. */
const maxHeldLetters = 4_000_000; // 400 each of so many, which is twice what failures of one line have
/** The same text, with other clues and neighbours. */
const maxVariants = 4;
const maxLetters = 4_000;
/** Longer texts are cut where they are shown, and where depends on every letter. */
const maxTextLetters = 500;

/**
 * Times, ids and long numbers. Shorter numbers are codes as often as not, but for those of instances (`shop-3`, `[731]`,
 * though not the value in `grpc-status:[14]`). Behind a colon stands a port, which tells whose server it is: only those
 * from 30,000 on are anybody's, for clients get theirs there (Linux from 32,768, IANA from 49,152).
 */
const changing = new RegExp(
  [
    String.raw`\d{4}[-/]\d{2}[-/]\d{2}[T ]\d{2}:\d{2}:\d{2}(?:[.,]\d+)?|\d{2}\/[A-Z][a-z]{2}\/\d{4}:\d{2}:\d{2}:\d{2}`,
    String.raw`[0-9a-fA-F]{8,}(?:-[0-9a-fA-F]{4,})*|(?<![:\d])\d{4,}|(?<=:)(?:[3-6]\d{4}(?!\d)|\d{6,})`,
    String.raw`(?<=[a-z]-)\d+\b|(?<=(?<![:=>] ?)\[)\d+(?=\])`,
  ].join("|"),
  "g",
);
/** Stands for what changes; Unicode promises that it is no character. */
const placeholder = "\uffff";

export class RepeatMemory {
  readonly #outcomes = new Map<string, Outcome[]>();
  readonly #maxOutcomes: number;
  #heldLetters = 0;
  readonly #table: SignatureTable;
  /** Numbers that signatures name; read when the first text comes. */
  #tellingNumbers: ReadonlySet<string> | undefined;
  /** The same by bytes; made when the first line comes. */
  #raw: RawRepeats | undefined;

  /** `limit`: how many outcomes are held; 0 remembers nothing. Default: 10,000. */
  constructor(table: SignatureTable, limit = maxOutcomes) {
    this.#table = table;
    this.#maxOutcomes = limit;
  }

  /** The same for failures that differ in nothing that counts; undefined for what is too long to be remembered. */
  keyOf({ lines }: LineGroup): string | undefined {
    let text = "";
    for (const { line } of lines) {
      for (const each of line.texts) {
        if (each.length > maxTextLetters) return undefined;
        text += `${each}\n`;
      }
      text += `${line.record ?? ""}\n`;
      if (text.length > maxLetters) return undefined;
    }
    if (text.includes(placeholder)) return undefined;
    const telling = this.#telling;
    return text.replace(changing, (found) => (telling.has(found) ? found : placeholder));
  }

  get #telling(): ReadonlySet<string> {
    if (this.#tellingNumbers === undefined) {
      const texts = this.#table.index?.texts ?? this.#table.signatures.map(({ text }) => text);
      const numbered = texts.filter((text) => /\d|[a-f]{8}/i.test(text));
      this.#tellingNumbers = new Set(numbered.flatMap((text) => text.match(changing) ?? []));
    }
    return this.#tellingNumbers;
  }

  /** What came of a failure in one line, by the line's bytes: the quick way to what `get` knows of it, where there is one. */
  getLine(bytes: Uint8Array, start: number, end: number): readonly Outcome[] | undefined {
    return this.#raw?.find(bytes, start, end);
  }

  /** Remembers by the line's bytes what is known by the key of its text, where that can be told by them. */
  setLine(bytes: Uint8Array, start: number, end: number, line: LogLine, key: string): void {
    const outcomes = this.#outcomes.get(key);
    if (outcomes === undefined) return;
    this.#raw ??= new RawRepeats([...this.#telling].filter((each) => /^\d+$/.test(each)));
    this.#raw.set(bytes, start, end, line, outcomes);
  }

  /** What came of such failures, with different things around them. */
  get(key: string): readonly Outcome[] {
    return this.#outcomes.get(key) ?? [];
  }

  /** The oldest go when there are too many. */
  add(key: string, outcome: Outcome): void {
    if (this.#maxOutcomes === 0) return;
    const variants = this.#outcomes.get(key);
    if (variants !== undefined) {
      if (variants.push(outcome) > maxVariants) variants.shift();
      return;
    }
    this.#outcomes.set(key, [outcome]);
    this.#heldLetters += key.length;
    if (this.#outcomes.size <= this.#maxOutcomes && this.#heldLetters <= maxHeldLetters) return;
    for (const [oldest] of this.#outcomes) {
      this.#outcomes.delete(oldest);
      this.#heldLetters -= oldest.length;
      if (this.#heldLetters <= maxHeldLetters) return;
    }
  }
}
