/**
 * Whether the lines of a short text look like one line that a terminal, a mail or a page broke at a column. Owns the look
 * alone; that the lines say one thing when they are joined is found out by reading them so.
 */

import { linePrefix } from "./join-wrapped.ts";

/** Nobody breaks shorter lines. */
const leastColumns = 40;

/** With fewer, nearly any two lines would be as long as one another. */
const tellingLines = 3;

/** How a line begins that is a record, an error or an entry of its own. */
const ownBeginning =
  /^(?:\[?\d{2,4}[-/.:]\d{1,2}|[IWEF]\d{4} |\[?(?:TRACE|DEBUG|INFO|NOTICE|WARN|ERROR|FATAL|CRITICAL|PANIC)|\d{1,2} [A-Z_]{6,}|[A-Z_]{6,}: |(?:[\w$]+[.:])*\w*(?:Error|Exception)\b|Caused by|at |File "|rpc error:|Status[{(]|[-*\u2022] |\{"|[<>])/;

/** A time, or what klog and others begin with: nothing goes on like this, even where something is open. */
const record = /^(?:\[?\d{2,4}[-/.:]\d{1,2}[-/.:]\d|[IWEF]\d{4} |\[?(?:TRACE|DEBUG|INFO|NOTICE|WARN|ERROR|FATAL)\b)/;

/** Columns of terminals and editors. */
const usualColumns: ReadonlySet<number> = new Set([80, 100, 120, 132, 140, 160, 200]);

/** Behind such an end the sentence goes on, whatever comes. */
const goesOn = /[:,=(]$/;
const ended = /[.;!?]$/;

/**
 * `evident`: a break stands where a sentence, a bracket or a quotation is not at its end. `possible`: the lengths of the
 * lines are such. Lines of a stack or an object may look so, too.
 */
export type Wrapping = "none" | "possible" | "evident";

export function wrappingOf(text: string): Wrapping {
  const raw = text.trim().split("\n");
  const lines = raw.map((line) => line.replace(linePrefix, "").trimEnd());
  // Nobody leaves a line empty inside a sentence.
  if (lines.length < 2 || lines.includes("")) return "none";
  // A word that finds no room anywhere stands alone in a line that is too long.
  const columns = Math.max(...lines.map((line) => (line.includes(" ") ? line.length : 0)));
  if (columns < leastColumns) return "none";
  let wrapping: Wrapping = isAtColumn(raw) ? "evident" : "possible";
  for (const [index, next] of lines.slice(1).entries()) {
    const line = lines[index] ?? "";
    const [word = ""] = next.split(/\s/, 1);
    // The next line's first word would not have found room.
    if (line.length + word.length < columns || record.test(next)) return "none";
    if (goesOn.test(line) || hasOpen(lines.slice(0, index + 1).join(" "))) wrapping = "evident";
    else if (ownBeginning.test(next) || (lines.length < tellingLines && ended.test(line))) return "none";
  }
  return wrapping;
}

/** What stood where the lines were broken, likelier first: nothing when they are of one length to the letter, else a blank. */
export function likelyGlues(text: string): readonly ("" | " ")[] {
  const filled = text.split("\n").filter((line) => line.trim() !== "");
  if (new Set(filled.slice(0, -1).map((line) => line.length)).size > 1) return [" "];
  return filled.length > 2 || isAtColumn(filled) ? ["", " "] : [" ", ""];
}

/** All but the last are as long as a terminal is wide. */
function isAtColumn(lines: readonly string[]): boolean {
  return lines.slice(0, -1).every((line) => usualColumns.has(line.length) && line.length === lines[0]?.length);
}

/** A bracket or a quotation that is not closed. */
function hasOpen(text: string): boolean {
  const count = (letters: RegExp): number => text.match(letters)?.length ?? 0;
  return count(/[({[]/g) > count(/[)}\]]/g) || count(/"/g) % 2 === 1;
}
