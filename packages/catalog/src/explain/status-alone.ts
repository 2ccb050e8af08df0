/**
 * Templates that name a status and leave its words open, as `5 NOT_FOUND: {text}` does. They fit every message, so they
 * speak only where no other text does, and then for their status in the writing of every implementation.
 */

import { choicesIn, fixedParts } from "../match/fixed-parts.ts";
import type { SignatureTable } from "../match/signature-table.ts";
import { statusNamed } from "../read/status-names.ts";
import type { StatusName } from "../record/vocabulary.ts";
import type { AnswerClass } from "./answer-class.ts";

/** What implementations put around the name of a status. */
const frame =
  /^(?:io|grpc|[Ss]tatus|StatusCode|StatusException|StatusRuntimeException|ConnectError|Error|code|desc|details|Detail|message|rpc|error|\d{1,2})$/;

const known = new Map<string, boolean>();

/** Holes count as nothing. */
export function saysOnlyStatus(template: string): boolean {
  let answer = known.get(template);
  if (answer === undefined) {
    answer = isOnlyStatus(template);
    known.set(template, answer);
  }
  return answer;
}

function isOnlyStatus(template: string): boolean {
  let statuses = 0;
  // A hole of choices may hold the ways to write the frame.
  const words = [...fixedParts(template), ...choicesIn(template)].join(" ").match(/\w+/g) ?? [];
  for (const word of words) {
    if (isStatus(word)) statuses++;
    else if (!frame.test(word)) return false;
  }
  return statuses === 1;
}

/** Indexes of the entries that a status without known words means, likeliest first; empty when it says too little. */
export function entriesOfStatus(code: StatusName, { signatures }: SignatureTable): readonly number[] {
  const ranks = new Map<number, number>();
  for (const { entry, rank, text, code: its } of signatures) {
    if (its === code && saysOnlyStatus(text)) ranks.set(entry, Math.min(rank, ranks.get(entry) ?? rank));
  }
  return [...ranks].sort(([a, x], [b, y]) => x - y || a - b).map(([entry]) => entry);
}

/** A status whose message is printed and empty: no other words are to come, as they may where it is not printed at all. */
export function saysNothing(text: string): boolean {
  return /\b(?:details|message|desc|Detail)["']? {0,2}[:=] {0,2}(?:''|""|\\"\\")/.test(text);
}

/** Words stand where a message is printed, in quotes or escapes that no known program puts around it. */
export function hasUnreadMessage(text: string): boolean {
  return /\b(?:details|message|desc|Detail)[\s"'\\:=,]{1,8}(?!(?:details|message|debug_error_string|null|undefined|None|nil)\b)\w/.test(
    text,
  );
}

/** No message, or what languages and people write in place of one: nothing, dots, the name of the status once more. */
export function isEmptyMessage(message: string): boolean {
  return /^(?:["']{2}|undefined|null|nil|None|\.{2,}|\u2026|unavailable)?[.!]?$/i.test(message);
}

/** What kind of answer they are. */
export function kindOf(code: StatusName): AnswerClass {
  if (code === "UNAVAILABLE") return "unavailable-only";
  return isVague(code) ? "vague-status-only" : "status-only";
}

/** Libraries put faults of any kind into these, so that the code says little about whose words stand with it. */
export function isVague(code: StatusName): boolean {
  return code === "UNKNOWN" || code === "INTERNAL" || code === "UNAVAILABLE";
}

function isStatus(word: string): boolean {
  return /[A-Za-z]/.test(word) && statusNamed(word) !== undefined;
}
