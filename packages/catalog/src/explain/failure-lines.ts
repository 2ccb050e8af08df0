/** Which line of a failure stands for it, and what can be read from its text. */

import { factsOf } from "../read/facts-of.ts";
import { speaksOfGrpc } from "../read/implementation-of.ts";
import type { ReadStatus } from "../read/read-status.ts";
import type { Implementation } from "../record/vocabulary.ts";
import type { Candidate, Passage } from "./candidate.ts";
import type { ReadFacts } from "./explanation.ts";
import type { Failure } from "./read-failure.ts";

/** What facts are read from; a stack has some kilobytes. */
const maxFactLetters = 20_000;

/** The status that speaks for the failure: one whose writing proves it before one that only looks like it. */
export function tellingStatus({ statuses }: Failure): ReadStatus | undefined {
  return statuses.find(({ proof }) => proof === "form") ?? statuses[0];
}

/** Names of statuses are words that other programs use too; something else must then say that this is gRPC. */
export function isSurelyGrpc(status: ReadStatus, { implementation, text }: Failure): boolean {
  if (status.proof === "form" || speaksOfGrpc(text)) return true;
  return implementation !== undefined && implementation !== status.implementation;
}

/** The line of the failure that holds these words, best the one with this number. */
export function lineWith({ passages }: Failure, words: string, number?: number): Passage | undefined {
  if (words === "") return undefined;
  const holding = passages.filter(({ isMessage, text }) => !isMessage && text.includes(words));
  return holding.find(({ line }) => line === number) ?? holding[0];
}

/** The first line as it was written, not the message of a status in it. */
export function firstLine({ passages }: Failure): Passage | undefined {
  return passages.find(({ isMessage }) => !isMessage);
}

/** `by`: what decided. A text that only one program prints gives that program away. */
export function failureFacts(failure: Failure, by: Candidate | undefined): ReadFacts {
  const text = failure.text.slice(0, maxFactLetters);
  const implementation = failure.implementation ?? implementationOfText(by);
  return factsOf(text, failure.statuses, implementation, by?.match.values);
}

function implementationOfText(by: Candidate | undefined): Implementation | undefined {
  return by === undefined || by.signature.implementation === "any" ? undefined : by.signature.implementation;
}
