/** The compiled signatures of all entries: what the build writes and the matcher loads. No words, no sources. */

import type { Implementation, ProcessedAnswer, StatusName } from "../record/vocabulary.ts";
import type { ScanWindows } from "./scanner.ts";

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

/** What to look for, and what to try where it stands. Each number is a place in the list of the next kind. */
export interface TableIndex {
  /** Texts that the scanner looks for. Those without templates are words that only say "this is gRPC". */
  readonly literals: readonly string[];
  /** For the scanner of exactly these literals. */
  readonly windows: ScanWindows;
  /** By literal, the texts that hold it. */
  readonly textsOf: readonly (readonly number[])[];
  /** The templates, each once. */
  readonly texts: readonly string[];
  /** By text, the signatures that have it. */
  readonly signaturesOf: readonly (readonly number[])[];
}

export interface SignatureTable {
  readonly entries: readonly TableEntry[];
  readonly signatures: readonly TableSignature[];
  readonly questions: readonly TableQuestion[];
  /** The entry of each reason that a `StatusError` can have, so that explaining needs no library of calls. */
  readonly reasons?: Readonly<Record<string, string>>;
  /** What `tableIndex` says of the signatures. Default: worked out when the table is loaded. */
  readonly index?: TableIndex;
  /** One of `signatures`, where that is quicker than to have them all. */
  signatureAt?(index: number): TableSignature | undefined;
}
