/** Lines that a terminal, a mail or a quotation broke, in one again. Whether they belong together is `wrapping-of.ts`'s. */

import type { PlacedText } from "./placed-text.ts";

/** What stands in front of each line of a quotation, a box, a comment, a diff, a test's output. */
export const linePrefix = /^(?:[\s>\u2502|#*+]|E {3})*/;

/** An error of more lines is a stack or a log, and its lines are its own. */
const maxLines = 8;

/** A shorter text needs no break. */
const leastColumns = 40;

/** All filled lines in one, parted by `glue`; undefined when they are too short or too many to have been one. */
export function joinWrapped({ text, lines }: PlacedText, glue: "" | " "): PlacedText | undefined {
  const filled = text
    .split("\n")
    .map((line, index) => ({ line, range: lines[index] ?? [1, 1] }))
    .filter(({ line }) => line.replace(linePrefix, "") !== "");
  if (filled.length < 2 || filled.length > maxLines) return undefined;
  const inner = filled.map(({ line }) => line.replace(linePrefix, ""));
  if (!inner.some((line) => line.length >= leastColumns)) return undefined;
  // A line broken anywhere may go on with a blank of its own; a quotation's marks stand in front of every line.
  const isMarked = filled.slice(1).every(({ line }, index) => line.length > (inner[index + 1]?.length ?? 0));
  const rest = inner.slice(1).map((line, index) => (isMarked ? line : (filled[index + 1]?.line ?? "")));
  return {
    text: [inner[0] ?? "", ...rest].map((line) => (glue === "" ? line : line.trim())).join(glue),
    lines: [[filled[0]?.range[0] ?? 1, filled.at(-1)?.range[1] ?? 1]],
  };
}
