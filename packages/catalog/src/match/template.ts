/**
 * Templates: how a signature says which text it means. Fixed words, and holes for what changes from case to case:
 *
 *   {int}          decimal digits
 *   {word}         anything without a blank, at least one character
 *   {addr}         host:port, an IP address with or without port, or a path of a socket
 *   {text}         anything, as little as will do; as the last hole the rest of the line
 *   {a|b|c}        one of these texts; the first that fits is taken
 *   {name:int}     a hole whose value is a fact; names: http2_code, last_stream_id, debug_data, stream_id, http_status,
 *                  address, elapsed_ms, flags, version
 *   {{ and }}      the braces themselves
 *
 * A blank is exactly one blank, and a match never leaves its line. Letter case counts. Where a template begins or ends
 * with a letter, a digit or `_`, none of these may touch it from outside, so `code {int}` never means part of a longer
 * number. Of several places the first counts, and there {int}, {word} and {addr} take as much as the rest allows.
 *
 * This file is the face; `parse-template.ts` reads the language, `find-parts.ts` looks for it.
 */

import { findParts } from "./find-parts.ts";
import { parseTemplate } from "./parse-template.ts";
import { partsRegex } from "./parts-regex.ts";
import { scanLiteral } from "./scan-literal.ts";

export interface TemplateMatch {
  /** In UTF-16 units; `end` is the first one behind the match. */
  readonly start: number;
  readonly end: number;
  /** What the named holes held. */
  readonly values: Readonly<Record<string, string>>;
}

export interface Template {
  /** The fixed text without which there is no match: what a scanner looks for. At least 8 characters. */
  readonly literal: string;
  /** The first match that begins at `from` or behind it. Time is linear in the message, whatever it holds. */
  find(message: string, from?: number): TemplateMatch | undefined;
  /** The same as an expression for RE2. */
  toRegex(): string;
}

/** Throws a TypeError that says what is wrong and where, when `text` is no template. */
export function compileTemplate(text: string): Template {
  const parts = parseTemplate(text);
  const literal = templateLiteral(text);
  return {
    literal,
    find: (message, from = 0) => (message.includes(literal, from) ? findParts(parts, message, from) : undefined),
    toRegex: () => partsRegex(parts),
  };
}

/** The `literal` of a template that compiles, without compiling it. Throws a TypeError when there is none. */
export function templateLiteral(text: string): string {
  const literal = scanLiteral(text);
  if (literal !== undefined) return literal;
  throw new TypeError(`template ${JSON.stringify(text)}: needs 8 or more fixed characters in a row`);
}
