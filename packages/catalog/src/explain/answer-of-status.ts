/**
 * A failure whose words are in no signature: phrases in them may name the cause, and whose words they are the status may
 * still tell. Decides what they say; what is worth being told is the explainer's business.
 */

import type { SignatureTable } from "../match/signature-table.ts";
import type { ReadStatus } from "../read/read-status.ts";
import type { AnswerClass } from "./answer-class.ts";
import type { Passage } from "./candidate.ts";
import { entriesOfPhrase } from "./entries-of-phrase.ts";
import type { EntryList } from "./entry-list.ts";
import { firstLine, isSurelyGrpc, lineWith, tellingStatus } from "./failure-lines.ts";
import type { Failure } from "./read-failure.ts";
import { entriesOfStatus, isVague, kindOf, saysNothing } from "./status-alone.ts";

export interface StatusAnswer {
  /** Indexes of the entries, likeliest first. */
  readonly tied: readonly number[];
  readonly kind: AnswerClass;
  /** The line with its words. */
  readonly line: Passage | undefined;
}

/** Undefined when it is not surely a call of gRPC, or its status says nothing by itself. */
export function answerOfStatus(failure: Failure, entries: EntryList, table: SignatureTable): StatusAnswer | undefined {
  const status = tellingStatus(failure);
  if (status === undefined || !isSurelyGrpc(status, failure)) return undefined;
  const phrases = isVague(status.code) ? phrasesOf(status, failure, entries) : [];
  // Where a server's own code uses the code as freely as libraries do, the words may be that code's.
  const byStatus =
    status.code === "UNAVAILABLE" && (phrases.length > 0 || (status.message === "" && !saysNothing(failure.text)))
      ? []
      : entriesOfStatus(status.code, table);
  const tied = [...new Set([...phrases, ...byStatus])];
  if (tied.length === 0) return undefined;
  const line = lineWith(failure, status.message.slice(0, 40)) ?? firstLine(failure);
  return { tied, kind: phrases.length > 0 ? "phrase" : kindOf(status.code), line };
}

/** What stands below a transport's status, as `Caused by` does, says why; below others it is anybody's. */
function phrasesOf({ code, message }: ReadStatus, { text }: Failure, entries: EntryList): readonly number[] {
  const inMessage = entriesOfPhrase(message, entries);
  if (inMessage.length > 0) return inMessage;
  return code === "UNAVAILABLE" || message === "" ? entriesOfPhrase(text, entries) : [];
}
