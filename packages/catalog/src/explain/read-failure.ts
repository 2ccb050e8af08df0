/** Reads one group of lines: its statuses, whose words it holds, and the passages in which signatures are looked for. */

import { blockStatus, loneDetails } from "../read/block-status.ts";
import type { LineGroup } from "../read/group-lines.ts";
import { implementationOf } from "../read/implementation-of.ts";
import type { ReadStatus } from "../read/read-status.ts";
import { statusesIn } from "../read/statuses-in.ts";
import type { Implementation } from "../record/vocabulary.ts";
import type { Passage } from "./candidate.ts";

export interface Failure {
  readonly first: number;
  readonly last: number;
  readonly timeMs?: number;
  readonly statuses: readonly ReadStatus[];
  readonly implementation?: Implementation;
  readonly passages: readonly Passage[];
  /** All texts joined by line feeds. */
  readonly text: string;
  /** The records that texts were taken out of, as they were written: the names of their fields stand only there. */
  readonly records: readonly string[];
}

/** What grpc-java appends to a description behind a line feed: the frame that ended the call. */
const addedFrame = /^(?:Received )?(?:Rst Stream|Goaway)$/;
/** A description in front of such a frame also where the library of another wraps it, without its status. */
const wrappedDescription = /: (HTTP\/2 error code: [A-Z\d_]{2,30})$/;

/** A pasted dump can hold thousands of lines in one record; what decides stands in front. */
const maxPassages = 400;

export function readFailure({ first, last, lines }: LineGroup): Failure {
  const texts = lines.flatMap(({ number, line }) => line.texts.map((text) => ({ number, text }))).slice(0, maxPassages);
  const perLine = texts.map(({ number, text }) => ({ number, text, statuses: statusesIn(text) }));
  const ofRecords = lines.flatMap(({ line }) => line.statuses);
  const block = blockStatus(texts.map(({ text }) => text));
  const statuses = distinct([...perLine.flatMap((each) => each.statuses), ...ofRecords, ...(block ? [block] : [])]);
  const joined = texts.map(({ text }) => text).join("\n");
  const implementation = implementationOf(joined, statuses);
  const timeMs = lines.find(({ line }) => line.timeMs !== undefined)?.line.timeMs;
  const outer = statuses[0];
  const passages: Passage[] = [];
  for (const [index, { number, text, statuses: own }] of perLine.entries()) {
    const below = perLine[index + 1]?.text ?? "";
    for (const status of own) {
      passages.push({ text: status.message, status, isMessage: true, line: number });
      if (addedFrame.test(below)) {
        passages.push({ text: `${status.message} ${below}`, status, isMessage: true, line: number });
      }
    }
    const status = own[0] ?? outer;
    const wrapped = own.length === 0 && addedFrame.test(below) ? wrappedDescription.exec(text)?.[1] : undefined;
    if (wrapped !== undefined) {
      passages.push({ text: `${wrapped} ${below}`, isMessage: true, line: number, ...(status && { status }) });
    }
    passages.push({ text, isMessage: false, line: number, ...(status === undefined ? {} : { status }) });
  }
  for (const status of [...ofRecords, ...(block ? [block] : [])]) {
    const at = perLine.find(({ text }) => status.message !== "" && text.includes(status.message.slice(0, 60)));
    passages.unshift({ text: status.message, status, isMessage: true, line: at?.number ?? first });
  }
  // Signatures that name the status write it as most programs do, `UNKNOWN: …`; here it may stand otherwise.
  for (const { status } of passages.filter(({ isMessage }) => isMessage)) {
    if (status === undefined) continue;
    const canonical = `${status.code}: ${status.message}`;
    if (!joined.includes(canonical)) passages.push({ text: canonical, status, isMessage: true, line: first });
  }
  const details = statuses.length === 0 ? loneDetails(texts.map(({ text }) => text)) : undefined;
  if (details !== undefined) passages.unshift({ text: details, isMessage: true, line: first });
  for (const { number, line } of lines) {
    // Signatures of access logs name fields as their records write them.
    if (line.record === undefined) continue;
    passages.push({
      text: line.record,
      isMessage: false,
      line: number,
      ...(outer === undefined ? {} : { status: outer }),
    });
  }
  return {
    first,
    last,
    statuses,
    passages,
    text: joined,
    records: lines.flatMap(({ line }) => line.record ?? []),
    ...(timeMs === undefined ? {} : { timeMs }),
    ...(implementation === undefined ? {} : { implementation }),
  };
}

/** What stands in the line, in the object below it and in its stack is one status; the fuller one stays. */
function distinct(statuses: readonly ReadStatus[]): readonly ReadStatus[] {
  const kept: ReadStatus[] = [];
  for (const status of statuses) {
    const at = kept.findIndex(
      (other) =>
        other.code === status.code &&
        (other.message === status.message || other.message === "" || status.message === ""),
    );
    const other = kept[at];
    if (other === undefined) kept.push(status);
    else if (other.message === "" || (other.proof === "words" && status.proof === "form")) kept[at] = status;
  }
  return kept;
}
