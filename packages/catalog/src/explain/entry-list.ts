/** All entries that an answer can name, ours and those that somebody brought along, by index and by id. */

import type { ForeignPattern } from "../match/foreign-pattern.ts";
import type { TableEntry, TableSignature } from "../match/signature-table.ts";
import type { ProcessedAnswer } from "../record/vocabulary.ts";

export interface ListedEntry {
  readonly id: string;
  readonly processed: ProcessedAnswer;
  /** The path of the record, when it is not ours. */
  readonly from?: string;
}

/** What the fixed words of an expression weigh when it names none. */
const lengthWithoutLiteral = 6;

export class EntryList {
  readonly #entries: ListedEntry[];
  readonly #indexes = new Map<string, number>();
  readonly #signatures = new Map<ForeignPattern, TableSignature>();

  /** A record of somebody's own takes the place of ours with the same id. */
  constructor(ours: readonly TableEntry[], theirs: readonly ForeignPattern[]) {
    this.#entries = ours.map(({ id, processed }) => ({ id, processed }));
    for (const [index, { id, aliases }] of ours.entries()) {
      for (const alias of aliases) if (!this.#indexes.has(alias)) this.#indexes.set(alias, index);
      this.#indexes.set(id, index);
    }
    for (const pattern of theirs) this.#bring(pattern);
  }

  at(index: number): ListedEntry {
    return this.#entries[index] ?? { id: "", processed: "depends" };
  }

  /** By id or alias. */
  indexOf(id: string): number | undefined {
    return this.#indexes.get(id);
  }

  named(id: string): ListedEntry | undefined {
    const index = this.#indexes.get(id);
    return index === undefined ? undefined : this.#entries[index];
  }

  /** A brought expression as if it were a signature: it names no status and no program, and asks for no surroundings. */
  signatureOf(pattern: ForeignPattern): TableSignature {
    return this.#signatures.get(pattern) ?? foreignSignature(pattern, 0);
  }

  #bring(pattern: ForeignPattern): void {
    const { id, path } = pattern;
    // An alias of ours is not our id: the brought record takes the name over, our entry stays.
    const named = this.#indexes.get(id);
    const known = named !== undefined && this.at(named).id === id ? named : undefined;
    const index = known ?? this.#entries.length;
    this.#entries[index] = { id, from: path, processed: known === undefined ? "depends" : this.at(known).processed };
    this.#indexes.set(id, index);
    this.#signatures.set(pattern, foreignSignature(pattern, index));
  }
}

function foreignSignature({ literal }: ForeignPattern, entry: number): TableSignature {
  return {
    entry,
    implementation: "any",
    code: null,
    text: literal ?? "_".repeat(lengthWithoutLiteral),
    rank: 1,
    whole: false,
    context: "none",
    role: "failure",
  };
}
