/**
 * From bytes and messages to the signatures that fit: one scanner over the literals of all signatures, and the templates
 * behind them, each compiled on the first hit of its literal. Ranks nothing and reads no context; that is `explain`'s.
 */

import type { ForeignPattern } from "./foreign-pattern.ts";
import { createScanner, type Scanner } from "./scanner.ts";
import type { SignatureTable, TableIndex, TableSignature } from "./signature-table.ts";
import { tableIndex } from "./table-index.ts";
import { compileTemplate, type Template, type TemplateMatch } from "./template.ts";

export type Candidate =
  | { readonly kind: "signature"; readonly signature: TableSignature; readonly match: TemplateMatch }
  | { readonly kind: "foreign"; readonly pattern: ForeignPattern; readonly match: TemplateMatch };

export interface Matcher {
  readonly table: SignatureTable;
  readonly foreign: readonly ForeignPattern[];
  /**
   * Finds the places worth reading: literals of signatures and of foreign patterns and, beyond those, the words of
   * `grpcMarkers`, which make a line one of gRPC or HTTP/2 without saying which.
   */
  readonly scanner: Scanner;
  /** What the scanner looks for. The scanner itself is made when it is first asked for: for a short text it is not worth it. */
  readonly literals: readonly string[];
  /** Which of `literals` stand in a text, by index. */
  literalsIn(text: string): ReadonlySet<number>;
  /**
   * All signatures and foreign patterns found in the message, in the table's order, each at its first place. `among`: the
   * literals of a text that the message is a part of, so that they need not be looked for again.
   */
  matchMessage(message: string, among?: ReadonlySet<number>): readonly Candidate[];
}

export interface MatcherOptions {
  /** Compiled by `compileForeign`. */
  readonly foreign?: readonly ForeignPattern[];
}

/** Throws a TypeError when a template of the table is none; the build refuses such a table. */
export function loadMatcher(table: SignatureTable, { foreign = [] }: MatcherOptions = {}): Matcher {
  return new TableMatcher(table, foreign);
}

class TableMatcher implements Matcher {
  readonly table: SignatureTable;
  readonly foreign: readonly ForeignPattern[];
  readonly literals: readonly string[];
  #scanner: Scanner | undefined;
  readonly #index: TableIndex;
  /** By index of their literal. */
  readonly #foreignBehind = new Map<number, ForeignPattern[]>();
  readonly #unanchored: readonly ForeignPattern[];
  /** By text. */
  readonly #templates = new Map<number, Template>();
  readonly #encoder = new TextEncoder();

  constructor(table: SignatureTable, foreign: readonly ForeignPattern[]) {
    this.table = table;
    this.foreign = foreign;
    this.#index = table.index ?? tableIndex(table.signatures);
    this.literals = this.#withForeign(this.#index.literals);
    this.#unanchored = foreign.filter(({ literal }) => literal === undefined);
  }

  #withForeign(known: readonly string[]): readonly string[] {
    if (this.foreign.length === 0) return known;
    const literals = [...known];
    for (const pattern of this.foreign) {
      if (pattern.literal === undefined) continue;
      const at = literals.indexOf(pattern.literal);
      const index = at < 0 ? literals.push(pattern.literal) - 1 : at;
      this.#foreignBehind.set(index, [...(this.#foreignBehind.get(index) ?? []), pattern]);
    }
    return literals;
  }

  get scanner(): Scanner {
    const isOurs = this.literals === this.#index.literals;
    this.#scanner ??= createScanner(this.literals, isOurs ? this.#index.windows : undefined);
    return this.#scanner;
  }

  matchMessage(message: string, among = this.literalsIn(message)): readonly Candidate[] {
    const matches: (readonly [index: number, match: TemplateMatch])[] = [];
    const foreign: ForeignPattern[] = [];
    let isFound = false;
    for (const literal of among) {
      if (!message.includes(this.literals[literal] ?? "")) continue;
      isFound = true;
      for (const text of this.#index.textsOf[literal] ?? []) this.#addMatches(text, message, matches);
      if (this.foreign.length > 0) foreign.push(...(this.#foreignBehind.get(literal) ?? []));
    }
    if (!isFound) return [];
    const candidates: Candidate[] = [];
    for (const [index, match] of matches.sort(([a], [b]) => a - b)) this.#addCandidate(index, match, candidates);
    for (const pattern of [...foreign, ...this.#unanchored]) {
      const match = pattern.find(message);
      if (match !== undefined) candidates.push({ kind: "foreign", pattern, match });
    }
    return candidates;
  }

  literalsIn(message: string): ReadonlySet<number> {
    const found = new Set<number>();
    if (this.#scanner !== undefined) {
      this.#scanner.scan(this.#encoder.encode(message), (_, literal) => found.add(literal));
    } else {
      for (const [index, literal] of this.literals.entries()) if (message.includes(literal)) found.add(index);
    }
    return found;
  }

  /** One search for all signatures that share the text. */
  #addMatches(text: number, message: string, matches: (readonly [index: number, match: TemplateMatch])[]): void {
    let template = this.#templates.get(text);
    if (template === undefined) this.#templates.set(text, (template = compileTemplate(this.#index.texts[text] ?? "")));
    const match = template.find(message);
    if (match !== undefined) for (const index of this.#index.signaturesOf[text] ?? []) matches.push([index, match]);
  }

  #addCandidate(index: number, match: TemplateMatch, candidates: Candidate[]): void {
    const signature = this.table.signatureAt?.(index) ?? this.table.signatures[index];
    if (signature !== undefined) candidates.push({ kind: "signature", signature, match });
  }
}
