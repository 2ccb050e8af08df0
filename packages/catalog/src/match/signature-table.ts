/** The compiled signatures of all entries: what the build writes and the matcher loads. No words, no sources. */

import type { Implementation, ProcessedAnswer, StatusName } from "../record/vocabulary.ts";

export interface TableSignature {
  /** Index into `SignatureTable.entries`. */
  readonly entry: number;
  readonly implementation: Implementation;
  readonly code: StatusName | null;
  /** The template as written. */
  readonly text: string;
  readonly rank: number;
  readonly whole: boolean;
  readonly context: "none" | "grpc" | "status";
  readonly role: "failure" | "clue";
}

export interface TableEntry {
  readonly id: string;
  readonly aliases: readonly string[];
  readonly processed: ProcessedAnswer;
  /** Ids of entries. */
  readonly confusedWith: readonly string[];
}

export interface TableQuestion {
  readonly id: string;
  readonly answers: Readonly<Record<string, readonly string[]>>;
}

/** Signatures with one text. */
export interface TableText {
  readonly text: string;
  /** Indexes into `SignatureTable.signatures`. */
  readonly signatures: readonly number[];
}

/** A text that the scanner looks for, and the templates that hold it; none for a word that only says "this is gRPC". */
export interface TableLiteral {
  readonly literal: string;
  readonly texts: readonly TableText[];
}

export interface SignatureTable {
  readonly entries: readonly TableEntry[];
  readonly signatures: readonly TableSignature[];
  readonly questions: readonly TableQuestion[];
  /** The entry of each reason that a `StatusError` can have, so that explaining needs no library of calls. */
  readonly reasons?: Readonly<Record<string, string>>;
  /** What `tableLiterals` says of the signatures. Default: worked out when the table is loaded. */
  readonly literals?: readonly TableLiteral[];
}
