/**
 * Finds gRPC statuses in one line of text, in the way of writing of every implementation (`status-forms.ts`). What is
 * spread over several lines is `block-status.ts`.
 */

import type { StatusName } from "../record/vocabulary.ts";
import { percentDecoded } from "./percent-decoded.ts";
import type { ReadStatus } from "./read-status.ts";
import type { StatusForm } from "./status-form.ts";
import { statusForms } from "./status-forms.ts";
import { statusNamed } from "./status-names.ts";
import { unescapeText } from "./unescape-text.ts";

/** Names of google.api_core, Ruby and Swift that are not the code's own; numbers are google.api_core's HTTP statuses. */
const otherNames: Readonly<Record<string, StatusName>> = {
  ServiceUnavailable: "UNAVAILABLE",
  InternalServerError: "INTERNAL",
  internalError: "INTERNAL",
  TooManyRequests: "RESOURCE_EXHAUSTED",
  GatewayTimeout: "DEADLINE_EXCEEDED",
  MethodNotImplemented: "UNIMPLEMENTED",
  Forbidden: "PERMISSION_DENIED",
  BadRequest: "INVALID_ARGUMENT",
  Conflict: "ABORTED",
  InvalidCode: "UNKNOWN",
  "429": "RESOURCE_EXHAUSTED",
  "499": "CANCELLED",
  "503": "UNAVAILABLE",
  "504": "DEADLINE_EXCEEDED",
};

/** At most this many in one line: nested ones are two or three; more is a table, not an error. */
const maxStatuses = 8;

/** Outermost first; a status inside another's message comes after it. OK is not a failure and left out. */
export function statusesIn(text: string): readonly ReadStatus[] {
  const found: ReadStatus[] = [];
  collect(endsInFront.test(text) ? `${text} ` : text, found, 0);
  return found;
}

/** Where a message is empty, terminals and loggers cut off the blank in front of it as well. */
const endsInFront = /[:=\]]$/;

function collect(text: string, found: ReadStatus[], depth: number): void {
  const nested = new Set<string>();
  for (const form of statusForms) {
    if (!text.includes(form.mark)) continue;
    // By hand: `matchAll` makes an expression of its own for every text, and most texts are in few forms.
    form.pattern.lastIndex = 0;
    for (let match = form.pattern.exec(text); match !== null; match = form.pattern.exec(text)) {
      const status = statusOf(form, match);
      if (status === undefined || found.length >= maxStatuses || isTold(found, status)) continue;
      found.push(status);
      nested.add(status.message);
    }
  }
  // Four levels: a chain of services that each wrap what they got; beyond that the text is bounded anyway.
  if (depth >= 4) return;
  for (const message of nested) if (message.length < text.length) collect(message, found, depth + 1);
}

function statusOf(
  { implementation, proof, message: kind, mark }: StatusForm,
  match: RegExpExecArray,
): ReadStatus | undefined {
  const { code: spelling = "", number, other = "", message: raw = other, connect } = match.groups ?? {};
  const code = statusNamed(spelling) ?? otherNames[spelling];
  if (code === undefined || code === "OK") return undefined;
  if (number !== undefined && statusNamed(number) !== code) return undefined;
  const message =
    kind === "quoted" ? unescapeText(raw) : trimmed(mark === "grpc-status" ? percentDecoded(raw) : raw, match);
  // `[internal] …` is also how loggers write the name of a module, and `INTERNAL: …` what anybody may write.
  const isName = proof === "words" || (mark === "] " && connect === undefined);
  const sure = !isName || (match.index === 0 && onlyOfGrpc.test(spelling)) ? "form" : "words";
  return { code, message, proof: sure, ...(implementation === undefined ? {} : { implementation }) };
}

/** Names that are no common words; at the beginning of a line they are a status. */
const onlyOfGrpc = /^[A-Za-z]+_[A-Za-z_]+$|^un(?:authenticated|implemented)$/i;

/** A message to the end of the line may stand inside quotes that began before it. */
function trimmed(message: string, match: RegExpExecArray): string {
  const before = match.input.charAt(match.index - 1);
  let text = message.trimEnd();
  if (before === '"' || before === "'" || before === "`") {
    const end = text.indexOf(before);
    if (end >= 0) text = text.slice(0, end);
  }
  return text;
}

function isTold(found: readonly ReadStatus[], { code, message, proof }: ReadStatus): boolean {
  return found.some(
    (other) =>
      other.code === code &&
      (other.message === message || ((proof === "words" || message === "") && other.message.includes(message))),
  );
}
