/**
 * The last that can be said of a pasted text that no signature and no phrase knows: what its status means, where that is
 * surely one of gRPC. Owns the order of the ways to find it.
 */

import type { SignatureTable } from "../match/signature-table.ts";
import { answerOfStatus, type StatusAnswer } from "./answer-of-status.ts";
import { bareStatus, namedStatus, statusesNamed } from "./bare-status.ts";
import { isOfOthers } from "./candidate.ts";
import { isAboutGrpc } from "./entries-of-phrase.ts";
import { entriesOfFamily, isOfBuilding } from "./entries-of-family.ts";
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
  const tied = isOfBuilding(text) || statusesNamed(text).size > 1 ? [] : entriesOfFamily(text, entries);
  return tied.length === 0 ? undefined : { tied, kind: "family" };
}
