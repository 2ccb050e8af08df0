/**
 * A failure whose words are in no signature: phrases in them may name the cause, and whose words they are the status may
 * still tell. Decides what they say; what is worth being told is the explainer's business.
 */

import type { SignatureTable } from "../match/signature-table.ts";
import type { ReadStatus } from "../read/read-status.ts";
import type { AnswerClass } from "./answer-class.ts";
import { causesOfUnavailable } from "./bare-status.ts";
import type { Passage } from "./candidate.ts";
import { entriesOfPhrase, isAboutGrpc } from "./entries-of-phrase.ts";
import type { EntryList } from "./entry-list.ts";
import { firstLine, isSurelyGrpc, lineWith, tellingStatus } from "./failure-lines.ts";
import type { Failure } from "./read-failure.ts";
import { entriesOfStatus, hasUnreadMessage, isEmptyMessage, isVague, kindOf, saysNothing } from "./status-alone.ts";

export interface StatusAnswer {
  /** Indexes of the entries, likeliest first. */
  readonly tied: readonly number[];
  readonly kind: AnswerClass;
  /** The line with its words. */
  readonly line: Passage | undefined;
}

/**
 * Undefined when it is not surely a call of gRPC, or its status says nothing by itself. `isAll`: nothing else was in the
 * input, so that no other line can hold the message of a status that has none here.
 */
export function answerOfStatus(
  failure: Failure,
  entries: EntryList,
  table: SignatureTable,
  isAll = false,
): StatusAnswer | undefined {
  const status = tellingStatus(failure);
  const isSure = status !== undefined && (isSurelyGrpc(status, failure) || (isAll && isAboutGrpc(failure.text)));
  if (!isSure) return undefined;
  const phrases = isVague(status.code) ? phrasesOf(status, failure, entries) : [];
  const byStatus =
    status.code !== "UNAVAILABLE"
      ? [...ofMissingStatus(status, entries), ...entriesOfStatus(status.code, table)]
      : phrases.length > 0
        ? []
        : ofUnavailable(status, failure, isAll, entries, table);
  const tied = [...new Set([...phrases, ...byStatus])];
  if (tied.length === 0) return undefined;
  const line = lineWith(failure, status.message.slice(0, 40)) ?? firstLine(failure);
  return { tied, kind: phrases.length > 0 ? "phrase" : kindOf(status.code), line };
}

/** grpc-go takes an answer that ends without a status for UNKNOWN without a word. */
function ofMissingStatus({ code, message, implementation }: ReadStatus, entries: EntryList): readonly number[] {
  if (code !== "UNKNOWN" || message !== "" || implementation !== "grpc-go") return [];
  const index = entries.indexOf("http2/missing-trailers");
  return index === undefined ? [] : [index];
}

/** A server's own code uses it as freely as transports do, so words that no transport writes may be that code's. */
function ofUnavailable(
  { code, message }: ReadStatus,
  { text }: Failure,
  isAll: boolean,
  entries: EntryList,
  table: SignatureTable,
): readonly number[] {
  if (!isEmptyMessage(message)) return entriesOfStatus(code, table);
  const isPrinted = message !== "" || saysNothing(text);
  return isPrinted || (isAll && !hasUnreadMessage(text)) ? causesOfUnavailable(entries, isPrinted) : [];
}

/** What stands below a transport's status, as `Caused by` does, says why; below others it is anybody's. */
function phrasesOf({ code, message }: ReadStatus, { text }: Failure, entries: EntryList): readonly number[] {
  // grpc-java says in the line below which frame brought the code.
  const inMessage = entriesOfPhrase(message.startsWith("HTTP/2 error code: ") ? text : message, entries);
  if (inMessage.length > 0) return inMessage;
  return code === "UNAVAILABLE" || isEmptyMessage(message) ? entriesOfPhrase(text, entries) : [];
}
