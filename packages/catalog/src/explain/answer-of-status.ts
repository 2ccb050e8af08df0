/**
 * A failure whose words are in no signature: phrases in them may name the cause, and whose words they are the status may
 * still tell. Decides what they say; what is worth being told is the explainer's business.
 */

import type { SignatureTable } from "../match/signature-table.ts";
import type { ReadStatus } from "../read/read-status.ts";
import { statusesIn } from "../read/statuses-in.ts";
import type { AnswerClass } from "./answer-class.ts";
import { causesOfUnavailable } from "./bare-status.ts";
import type { Passage } from "./candidate.ts";
import { causePhrases } from "./cause-phrases.ts";
import { entriesOfFamily, entriesWith, maxTied, withFamily } from "./entries-of-family.ts";
import { entriesOfPhrase, isAboutGrpc } from "./entries-of-phrase.ts";
import type { EntryList } from "./entry-list.ts";
import { firstLine, isSurelyGrpc, lineWith, tellingStatus } from "./failure-lines.ts";
import { entriesOfCause } from "./innermost-cause.ts";
import { libraryWords } from "./library-words.ts";
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
  const status = innermost(tellingStatus(failure));
  const isSure = status !== undefined && (isSurelyGrpc(status, failure) || (isAll && isAboutGrpc(failure.text)));
  if (!isSure) return undefined;
  const allowed = entriesWith(status.code, table);
  const phrases = phrasesOf(status, failure, entries, allowed);
  const families = phrases.length > 0 ? [] : familiesOf(status, failure, entries, allowed);
  const told = [...phrases, ...families];
  const byStatus =
    status.code !== "UNAVAILABLE"
      ? [...ofMissingStatus(status, entries), ...entriesOfStatus(status.code, table)]
      : told.length > 0
        ? []
        : ofUnavailable(status, failure, isAll, entries, table);
  const own = [...new Set([...byStatus, ...ofServer(status, entries)])];
  // Words that no library is known to write are mostly the application's; a phrase beside a vague code is a library's.
  const isTold = isVague(status.code) && phrases.length > 0;
  const room = Math.max(2, maxTied - own.length);
  const ordered = isTold ? [...told.slice(0, room), ...own] : [...own, ...told];
  const tied = [...new Set(ordered)].slice(0, maxTied);
  if (tied.length === 0) return undefined;
  const line = lineWith(failure, status.message.slice(0, 40)) ?? firstLine(failure);
  const kind = isTold ? "phrase" : families.length > 0 && isVague(status.code) ? "family" : kindOf(status.code);
  return { tied, kind, line };
}

/** A program that passes a status on puts its own around it: the inner one has seen the failure. */
function innermost(status: ReadStatus | undefined): ReadStatus | undefined {
  const inner = status && statusesIn(status.message).findLast(({ proof }) => proof === "form");
  return inner ?? status;
}

/** Words that no library is known to write are the server's own before all, whatever its status. */
function ofServer({ message }: ReadStatus, entries: EntryList): readonly number[] {
  return isEmptyMessage(message) ? [] : [entries.indexOf("grpc/status-from-server") ?? []].flat();
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
  if (!isEmptyMessage(message))
    return [...new Set([...entriesOfStatus(code, table), ...causesOfUnavailable(entries, true)])];
  const isPrinted = message !== "" || saysNothing(text);
  return isPrinted || (isAll && !hasUnreadMessage(text)) ? causesOfUnavailable(entries, isPrinted) : [];
}

/** What stands below a transport's status, as `Caused by` does, says why; below others it is anybody's. */
function phrasesOf(
  status: ReadStatus,
  failure: Failure,
  entries: EntryList,
  allowed: ReadonlySet<number> | undefined,
): readonly number[] {
  const { message, code } = status;
  // A library's own sentence is its own whatever the code in front of it.
  // Below a code that transports use, the error that it stands for: its innermost cause says more than the message.
  const ofLibrary = entriesOfPhrase(message, entries, libraryWords);
  const causes = isOfTransports(code) ? entriesOfCause(failure.text, entries) : [];
  // grpc-java says in the line below which frame brought the code.
  const own = message.startsWith("HTTP/2 error code: ") ? failure.text : message;
  const inMessage = entriesOfPhrase(own, entries, causePhrases, allowed);
  const below = isToldBelow(status) ? entriesOfPhrase(failure.text, entries, causePhrases, allowed) : [];
  const told = [...new Set([...ofLibrary, ...causes, ...inMessage, ...below])];
  return withFamily(
    told,
    ofLibrary.length + causes.length + inMessage.length > 0 ? own : failure.text,
    entries,
    allowed,
  );
}

/** The same by the family of its words. */
function familiesOf(
  status: ReadStatus,
  { text }: Failure,
  entries: EntryList,
  allowed: ReadonlySet<number> | undefined,
): readonly number[] {
  const inMessage = entriesOfFamily(status.message, entries, allowed);
  if (inMessage.length > 0) return inMessage;
  // The words beside a status that has none are of whoever logged it: only what stands in the lines below says why.
  const below = text.indexOf("\n");
  return isToldBelow(status) && below >= 0 ? entriesOfFamily(text.slice(below), entries, allowed) : [];
}

/** Whether what stands around the message may say why: it has no words of its own, or they are a transport's. */
function isToldBelow({ code, message }: ReadStatus): boolean {
  return code === "UNAVAILABLE" || (isVague(code) && (isEmptyMessage(message) || saysLittle.test(message)));
}

/** Codes that libraries give a fault of their connection, whatever it was. */
function isOfTransports(code: ReadStatus["code"]): boolean {
  return isVague(code) || code === "CANCELLED" || code === "DEADLINE_EXCEEDED";
}

/** What libraries write around any fault of a connection. */
const saysLittle = /^(?:http2 exception|io exception|network error|transport error|internal error|unknown error)\b/i;
