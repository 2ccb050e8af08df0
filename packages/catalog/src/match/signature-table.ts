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

export interface SignatureTable {
  readonly entries: readonly TableEntry[];
  readonly signatures: readonly TableSignature[];
  readonly questions: readonly TableQuestion[];
  /** The entry of each reason that a `StatusError` can have, so that explaining needs no library of calls. */
  readonly reasons?: Readonly<Record<string, string>>;
}
