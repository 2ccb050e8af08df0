/**
 * A record without what a terminal or a page would obey: escape sequences and control characters in any of its strings
 * become blanks. Line feeds and tabs stay, code needs them. The record's fields are left as they are otherwise.
 */

import { withoutEscapes } from "../read/plain-text.ts";

const unsafe = /(?![\n\t])[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/gu;

export function plainRecord<Held>(value: Held): Held {
  return plain(value) as Held;
}

function plain(value: unknown): unknown {
  if (typeof value === "string") return withoutEscapes(value).replace(/\r\n?/g, "\n").replace(unsafe, " ");
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, held]) => [String(plain(name)), plain(held)]));
}
