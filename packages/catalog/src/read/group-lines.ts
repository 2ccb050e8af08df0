/** Collects the lines of one failure around a line that looked like one. */

import { continues, isBlank, isIndented, joinsAcrossBlank, tracebackStart } from "./continues.ts";
import type { LineSource } from "./line-source.ts";
import type { LogLine } from "./log-line.ts";

/** How far a failure may reach from its hit; stacks are shorter, dumps of options are not worth more. */
export const maxLinesBack = 60;
export const maxLinesAhead = 80;
/** How many lines of other sources may stand between two of one: interleaved containers write in turns. */
export const maxLinesBetween = 20;

export interface LineGroup {
  readonly first: number;
  readonly last: number;
  /** Their lines in order, with their numbers; lines of other sources in between are left out. */
  readonly lines: readonly { readonly number: number; readonly line: LogLine }[];
}

export function groupLines(source: LineSource, hit: number): LineGroup | undefined {
  const middle = source.line(hit);
  if (middle === undefined) return undefined;
  const lines = [{ number: hit, line: middle }];
  goBack(source, lines, middle.source);
  goAhead(source, lines, middle.source);
  return { first: lines[0]?.number ?? hit, last: lines.at(-1)?.number ?? hit, lines };
}

type Numbered = { readonly number: number; readonly line: LogLine };

function goBack(source: LineSource, lines: Numbered[], from: string | undefined): void {
  for (;;) {
    const top = lines[0];
    if (top === undefined || top.line.begins || lines.length > maxLinesBack) return;
    const above = neighbour(source, top.number, -1, from);
    if (above === undefined) return;
    const upper = lastText(above.line);
    const lower = firstText(top.line);
    if (continues(lower, upper)) {
      lines.unshift(above);
    } else if (isIndented(upper) && endsTraceback(source, above.number, from)) {
      lines.unshift(above);
    } else if (isBlank(upper)) {
      const beyond = neighbour(source, above.number, -1, from);
      if (beyond === undefined || !joinsAcrossBlank(lastText(beyond.line), lower)) return;
      lines.unshift(beyond, above);
    } else {
      return;
    }
  }
}

function goAhead(source: LineSource, lines: Numbered[], from: string | undefined): void {
  let inTraceback = lines.some(({ line }) => tracebackStart.test(firstText(line)));
  for (let count = 0; count < maxLinesAhead; count++) {
    const bottom = lines.at(-1);
    if (bottom === undefined) return;
    const below = neighbour(source, bottom.number, 1, from);
    if (below === undefined || below.line.begins) return;
    const upper = lastText(bottom.line);
    const lower = firstText(below.line);
    if (continues(lower, upper) || (inTraceback && isIndented(upper) && !isBlank(lower))) {
      lines.push(below);
    } else if (isBlank(lower)) {
      const beyond = neighbour(source, below.number, 1, from);
      if (beyond === undefined || beyond.line.begins || !joinsAcrossBlank(upper, firstText(beyond.line))) return;
      lines.push(below, beyond);
    } else {
      return;
    }
    inTraceback ||= tracebackStart.test(lower);
  }
}

/** The next line of the same source. */
function neighbour(source: LineSource, number: number, step: 1 | -1, from: string | undefined): Numbered | undefined {
  for (let distance = 1; distance <= maxLinesBetween; distance++) {
    const line = source.line(number + step * distance);
    if (line === undefined) return undefined;
    if (line.source === from) return { number: number + step * distance, line };
  }
  return undefined;
}

/** Whether the indented lines that end here are the body of a Python traceback. */
function endsTraceback(source: LineSource, number: number, from: string | undefined): boolean {
  let at: Numbered | undefined = { number, line: source.line(number) ?? { texts: [], begins: true, statuses: [] } };
  for (let count = 0; count < maxLinesBack && at !== undefined && isIndented(firstText(at.line)); count++) {
    at = neighbour(source, at.number, -1, from);
  }
  return at !== undefined && tracebackStart.test(firstText(at.line));
}

function firstText(line: LogLine): string {
  return line.texts[0] ?? "";
}

function lastText(line: LogLine): string {
  return line.texts.at(-1) ?? "";
}
