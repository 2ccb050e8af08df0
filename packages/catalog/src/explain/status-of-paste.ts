/**
 * The last that can be said of a pasted text that no signature and no phrase knows: what its status means, where that is
 * surely one of gRPC. Owns the order of the ways to find it.
 */

import type { SignatureTable } from "../match/signature-table.ts";
import { answerOfStatus, type StatusAnswer } from "./answer-of-status.ts";
import { bareStatus, namedStatus, statusesNamed } from "./bare-status.ts";
import { isOfOthers } from "./candidate.ts";
import { isAboutGrpc } from "./entries-of-phrase.ts";
import { entriesOfFamily, isOfBuilding, maxTied } from "./entries-of-family.ts";
import type { EntryList } from "./entry-list.ts";
import type { Failure } from "./read-failure.ts";

/** `failure`: all of the input. */
export function statusOfPaste(
  failure: Failure,
  entries: EntryList,
  table: SignatureTable,
): Pick<StatusAnswer, "tied" | "kind"> | undefined {
  const { text } = failure;
  return (
    bareStatus(text, entries, table) ??
    answerOfStatus(failure, entries, table, true) ??
    (isAboutGrpc(text) && !isOfOthers(text)
      ? (namedStatus(text, entries, table) ?? ofFamily(text, entries))
      : undefined)
  );
}

function ofFamily(text: string, entries: EntryList): Pick<StatusAnswer, "tied" | "kind"> | undefined {
  const families = isOfBuilding(text) || statusesNamed(text).size > 1 ? [] : entriesOfFamily(text, entries);
  // Words that no library writes, in a client's own class for a status whose code was not shown: a server's, mostly.
  const own = ofStatusClass.test(text) ? (entries.indexOf("grpc/status-from-server") ?? []) : [];
  const tied = [...new Set([own, families].flat())].slice(0, maxTied);
  return tied.length === 0 ? undefined : { tied, kind: "family" };
}

/** Functions of clients in which an answer's status becomes an error: grpc-js, grpcio, Ruby. */
const ofStatusClass =
  /\bcallErrorFromStatus\b|\b_end_unary_response_blocking\b|\b_InactiveRpcError\b|\bAioRpcError\b|\bGaxError\b|\bactive_call\.rb:\d+:in .{0,60}(?:check_status|attach_status)/;
