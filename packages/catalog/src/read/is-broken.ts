/** Whether a text looks as if somebody had broken its lines or widened its blanks. Owns no mending. */

/** Blanks that nobody prints inside a line. */
const widened = /\S {2,}\S/;
/** How a line goes on in stacks and objects. */
const nextEntry = /^(?:\s*(?:at |File "|[)\]}])|\s+[\w.$"'-]+\s?[:=(])/;
/** Nobody breaks shorter lines. */
const leastColumns = 40;

/** A guess, for texts that are then read with and without the breaks. */
export function isBroken(text: string): boolean {
  if (widened.test(text)) return true;
  const lines = text.split("\n");
  return lines.some((line, at) => {
    const below = lines[at + 1] ?? "";
    const next = below.replace(/^[\s>\u2502|]+/, "");
    return line.length >= leastColumns && /[a-z:;,]$/.test(line) && /^[a-zA-Z(]/.test(next) && !nextEntry.test(below);
  });
}
