/**
 * From bytes and messages to the signatures that fit: one scanner over the literals of all signatures, and the templates
 * behind them, each compiled on the first hit of its literal. Ranks nothing and reads no context; that is `explain`'s.
 */

import type { ForeignPattern } from "./foreign-pattern.ts";
import { grpcMarkers } from "./grpc-markers.ts";
import { createScanner, type Scanner } from "./scanner.ts";
import type { SignatureTable, TableSignature } from "./signature-table.ts";
import { compileTemplate, templateLiteral, type Template, type TemplateMatch } from "./template.ts";

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
  /** All signatures and foreign patterns found in the message, in the table's order, each at its first place. */
  matchMessage(message: string): readonly Candidate[];
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
  /** By literal of the scanner, what to try where it stands. */
  readonly #behind: readonly LiteralUse[];
  readonly #unanchored: readonly ForeignPattern[];
  readonly #encoder = new TextEncoder();

  constructor(table: SignatureTable, foreign: readonly ForeignPattern[]) {
    this.table = table;
    this.foreign = foreign;
    const uses = literalUses(table, foreign);
    this.literals = [...uses.keys()];
    this.#behind = [...uses.values()];
    this.#unanchored = foreign.filter(({ literal }) => literal === undefined);
  }

  get scanner(): Scanner {
    this.#scanner ??= createScanner(this.literals);
    return this.#scanner;
  }

  matchMessage(message: string): readonly Candidate[] {
    const found = this.#literalsIn(message);
    if (found.size === 0) return [];
    const matches: (readonly [index: number, match: TemplateMatch])[] = [];
    const foreign: ForeignPattern[] = [];
    for (const literal of found) {
      const use = this.#behind[literal];
      for (const text of use?.texts ?? []) addMatches(text, message, matches);
      foreign.push(...(use?.foreign ?? []));
    }
    return [
      ...matches.sort(([a], [b]) => a - b).flatMap(([index, match]) => this.#candidate(index, match)),
      ...[...foreign, ...this.#unanchored].flatMap((pattern): Candidate[] => {
        const match = pattern.find(message);
        return match === undefined ? [] : [{ kind: "foreign", pattern, match }];
      }),
    ];
  }

  #literalsIn(message: string): ReadonlySet<number> {
    const found = new Set<number>();
    if (this.#scanner !== undefined) {
      this.#scanner.scan(this.#encoder.encode(message), (_, literal) => found.add(literal));
    } else {
      for (const [index, literal] of this.literals.entries()) if (message.includes(literal)) found.add(index);
    }
    return found;
  }

  #candidate(index: number, match: TemplateMatch): Candidate[] {
    const signature = this.table.signatures[index];
    return signature === undefined ? [] : [{ kind: "signature", signature, match }];
  }
}

interface LiteralUse {
  /** Templates that have this literal. */
  readonly texts: TextUse[];
  readonly foreign: ForeignPattern[];
}

interface TextUse {
  readonly text: string;
  /** Signatures with this text: indexes into `SignatureTable.signatures`. */
  readonly signatures: number[];
  template?: Template;
}

/** One search for all signatures that share the text. */
function addMatches(use: TextUse, message: string, matches: (readonly [index: number, match: TemplateMatch])[]): void {
  use.template ??= compileTemplate(use.text);
  const match = use.template.find(message);
  if (match !== undefined) for (const index of use.signatures) matches.push([index, match]);
}

function literalUses(table: SignatureTable, foreign: readonly ForeignPattern[]): ReadonlyMap<string, LiteralUse> {
  const unused = (): LiteralUse => ({ texts: [], foreign: [] });
  const uses = new Map<string, LiteralUse>(grpcMarkers.map((marker) => [marker, unused()]));
  const useOf = (literal: string): LiteralUse => {
    const use = uses.get(literal) ?? unused();
    uses.set(literal, use);
    return use;
  };
  const byText = new Map<string, TextUse>();
  for (const [index, { text }] of table.signatures.entries()) {
    const use = byText.get(text) ?? { text, signatures: [] };
    use.signatures.push(index);
    if (byText.has(text)) continue;
    byText.set(text, use);
    useOf(templateLiteral(text)).texts.push(use);
  }
  for (const pattern of foreign) if (pattern.literal !== undefined) useOf(pattern.literal).foreign.push(pattern);
  return uses;
}
