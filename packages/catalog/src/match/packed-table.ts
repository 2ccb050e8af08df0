/**
 * The table as the build writes it and every start of the command reads it: columns and indexes, a third as long as the
 * objects written out, and with the literals worked out. Owns both directions, so that they cannot drift apart.
 */

import type { Implementation, StatusName } from "../record/vocabulary.ts";
import type { SignatureTable, TableLiteral, TableSignature, TableText } from "./signature-table.ts";
import { tableLiterals } from "./table-literals.ts";

export interface PackedTable extends Omit<SignatureTable, "signatures" | "literals"> {
  readonly implementations: readonly Implementation[];
  readonly codes: readonly (StatusName | null)[];
  readonly literals: readonly string[];
  readonly texts: readonly string[];
  /** By text, its index in `literals`. */
  readonly literalOf: readonly number[];
  /** Six numbers for each signature: entry, implementation, code, text, rank, and traits. */
  readonly signatures: readonly number[];
}

const numbersEach = 6;
const whole = 1;
const clue = 2;
const contexts = ["none", "grpc", "status"] as const;
/** Where the index of the context stands in the traits. */
const contextUnit = 4;

export function packTable({ entries, signatures, questions, reasons }: SignatureTable): PackedTable {
  const implementations = [...new Set(signatures.map(({ implementation }) => implementation))];
  const codes = [...new Set(signatures.map(({ code }) => code))];
  const literals = tableLiterals(signatures);
  const texts = literals.flatMap((each) => each.texts.map(({ text }) => text));
  return {
    entries,
    questions,
    ...(reasons === undefined ? {} : { reasons }),
    implementations,
    codes,
    literals: literals.map(({ literal }) => literal),
    texts,
    literalOf: literals.flatMap((each, index) => each.texts.map(() => index)),
    signatures: signatures.flatMap((each) => [
      each.entry,
      implementations.indexOf(each.implementation),
      codes.indexOf(each.code),
      texts.indexOf(each.text),
      each.rank,
      (each.whole ? whole : 0) + (each.role === "clue" ? clue : 0) + contexts.indexOf(each.context) * contextUnit,
    ]),
  };
}

export function unpackTable(packed: PackedTable): SignatureTable {
  const { entries, questions, reasons, implementations, codes } = packed;
  const signatures: TableSignature[] = [];
  const signaturesOf: number[][] = packed.texts.map(() => []);
  const numbers = packed.signatures;
  for (let at = 0; at < numbers.length; at += numbersEach) {
    const text = numbers[at + 3] ?? 0;
    const traits = numbers[at + 5] ?? 0;
    signaturesOf[text]?.push(signatures.length);
    signatures.push({
      entry: numbers[at] ?? 0,
      implementation: implementations[numbers[at + 1] ?? 0] ?? "any",
      code: codes[numbers[at + 2] ?? 0] ?? null,
      text: packed.texts[text] ?? "",
      rank: numbers[at + 4] ?? 0,
      whole: (traits & whole) !== 0,
      context: contexts[Math.floor(traits / contextUnit)] ?? "none",
      role: (traits & clue) === 0 ? "failure" : "clue",
    });
  }
  const literals = packed.literals.map((literal): TableLiteral & { texts: TableText[] } => ({ literal, texts: [] }));
  for (const [index, text] of packed.texts.entries()) {
    literals[packed.literalOf[index] ?? 0]?.texts.push({ text, signatures: signaturesOf[index] ?? [] });
  }
  return { entries, signatures, questions, ...(reasons === undefined ? {} : { reasons }), literals };
}
