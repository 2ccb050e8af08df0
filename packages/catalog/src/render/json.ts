/**
 * A record as JSON: fields in the order in which they came, two blanks a level, a line feed at the end. Characters that a
 * terminal obeys are written as escapes, those above U+007E too, which JSON itself leaves alone.
 */

import type { EntryRecord } from "../record/entry-record.ts";
import type { ReceivedRecord } from "../record/received-record.ts";

const unsafe = /(?!\n)[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu;

export function recordJson(record: ReceivedRecord | EntryRecord): string {
  return `${JSON.stringify(record, undefined, 2).replace(unsafe, escaped)}\n`;
}

function escaped(character: string): string {
  const units = Array.from({ length: character.length }, (_, index) => character.charCodeAt(index));
  return units.map((unit) => `\\u${unit.toString(16).padStart(4, "0")}`).join("");
}
