/** Owns the cutting of painted lines: a line that wraps would take a row that nobody counted. */

/** One SGR code, or one character that takes a place. */
const token = /\u001b\[[\d;]*m|[^]/gu;

/** At most `columns` characters, and all of the line's codes, so that what was switched on is switched off. */
export function clipLine(line: string, columns: number): string {
  if (line.length <= columns) return line;
  let places = 0;
  return line.replace(token, (part) =>
    part.length > 1 && part.startsWith("\u001b") ? part : ++places > columns ? "" : part,
  );
}
