/**
 * A short input that no signature knows, all of it as one failure: if it is about gRPC, phrases, its status or the family of
 * its words may name the cause. Of more lines than one failure has, the first that says something by itself counts.
 */

import type { SignatureTable } from "../match/signature-table.ts";
import type { LineGroup } from "../read/group-lines.ts";
import type { AnswerClass } from "./answer-class.ts";
import { isOfOthers, type Passage } from "./candidate.ts";
import { entriesOfPaste } from "./entries-of-phrase.ts";
import type { EntryList } from "./entry-list.ts";
import { firstLine } from "./failure-lines.ts";
import { readFailure, type Failure } from "./read-failure.ts";
import { statusOfPaste } from "./status-of-paste.ts";

export interface PasteAnswer {
  readonly failure: Failure;
  /** Indexes of the entries, likeliest first. */
  readonly tied: readonly number[];
  readonly kind: AnswerClass;
  /** The line with its words. */
  readonly line: Passage | undefined;
}

/** More lines, frames of stacks apart, are a log, and its lines have little to do with each other. */
const maxPastedLines = 30;

const stackFrame = /^\s*(?:at\s|File "|\.{3} \d+ more|[\w./$-]+\.(?:go|rs|cc|py|java|kt):\d+\b|\d+: )/;

export function answerOfPaste(group: LineGroup, entries: EntryList, table: SignatureTable): PasteAnswer | undefined {
  const said = group.lines.filter(({ line }) => !line.texts.every((text) => stackFrame.test(text)));
  if (said.length <= maxPastedLines) return answerOf(group, entries, table);
  let weaker: PasteAnswer | undefined;
  for (const each of said) {
    const { number } = each;
    const answer = answerOf({ ...group, first: number, last: number, lines: [each] }, entries, table);
    if (answer?.kind === "phrase") return answer;
    // A status without words may be an echo of what other lines say.
    if (answer?.kind === "family") weaker ??= answer;
  }
  return weaker;
}

function answerOf(group: LineGroup, entries: EntryList, table: SignatureTable): PasteAnswer | undefined {
  const failure = readFailure(group);
  const tied = isOfOthers(failure.text) ? [] : entriesOfPaste(failure.text, failure.records, entries);
  const bare = tied.length === 0 ? statusOfPaste(failure, entries, table) : undefined;
  if (tied.length === 0 && bare === undefined) return undefined;
  const line = failure.passages.find((each) => !each.isMessage && entriesOfPaste(each.text, [], entries).length > 0);
  return { failure, tied: bare?.tied ?? tied, kind: bare?.kind ?? "phrase", line: line ?? firstLine(failure) };
}
