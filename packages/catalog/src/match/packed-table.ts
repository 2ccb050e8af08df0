/**
 * The table as the build writes it and every start of the command reads it: short, with the index worked out, and taken
 * apart no further than is asked for. Owns both directions, so that they cannot drift apart.
 */

import type { Implementation, StatusName } from "../record/vocabulary.ts";
import type { SignatureTable, TableIndex, TableSignature } from "./signature-table.ts";
import { tableIndex } from "./table-index.ts";

/** Entry, then indexes of implementation, code and text, then rank and traits. */
type PackedSignature = readonly [number, number, number, number, number, number];

export interface PackedTable extends Pick<SignatureTable, "entries" | "questions" | "reasons"> {
  readonly implementations: readonly Implementation[];
  readonly codes: readonly (StatusName | null)[];
  readonly index: TableIndex;
  readonly signatures: readonly PackedSignature[];
}

const whole = 1;
const clue = 2;
const contexts = ["none", "grpc", "status"] as const;
/** Where the index of the context stands in the traits. */
const contextUnit = 4;

export function packTable({ entries, signatures, questions, reasons }: SignatureTable): PackedTable {
  const implementations = [...new Set(signatures.map(({ implementation }) => implementation))];
  const codes = [...new Set(signatures.map(({ code }) => code))];
  const index = tableIndex(signatures);
  return {
    entries,
    questions,
    ...(reasons === undefined ? {} : { reasons }),
    implementations,
    codes,
    index,
    signatures: signatures.map((each) => [
      each.entry,
      implementations.indexOf(each.implementation),
      codes.indexOf(each.code),
      index.texts.indexOf(each.text),
      each.rank,
      (each.whole ? whole : 0) + (each.role === "clue" ? clue : 0) + contexts.indexOf(each.context) * contextUnit,
    ]),
  };
}

export function unpackTable(packed: PackedTable): SignatureTable {
  return new UnpackedTable(packed);
}

/** A short text needs a dozen of the signatures, and to make them all takes as long as to explain it. */
class UnpackedTable implements SignatureTable {
  readonly entries: SignatureTable["entries"];
  readonly questions: SignatureTable["questions"];
  readonly reasons?: Readonly<Record<string, string>>;
  readonly index: TableIndex;
  readonly #packed: PackedTable;
  readonly #made: TableSignature[] = [];
  #isWhole = false;

  constructor(packed: PackedTable) {
    this.entries = packed.entries;
    this.questions = packed.questions;
    if (packed.reasons !== undefined) this.reasons = packed.reasons;
    this.index = packed.index;
    this.#packed = packed;
  }

  get signatures(): readonly TableSignature[] {
    if (!this.#isWhole) for (const index of this.#packed.signatures.keys()) this.signatureAt(index);
    this.#isWhole = true;
    return this.#made;
  }

  signatureAt(index: number): TableSignature | undefined {
    const known = this.#made[index];
    const packed = this.#packed.signatures[index];
    if (known !== undefined || packed === undefined) return known;
    const [entry, implementation, code, text, rank, traits] = packed;
    const signature: TableSignature = {
      entry,
      implementation: this.#packed.implementations[implementation] ?? "any",
      code: this.#packed.codes[code] ?? null,
      text: this.index.texts[text] ?? "",
      rank,
      whole: (traits & whole) !== 0,
      context: contexts[Math.floor(traits / contextUnit)] ?? "none",
      role: (traits & clue) === 0 ? "failure" : "clue",
    };
    this.#made[index] = signature;
    return signature;
  }
}
