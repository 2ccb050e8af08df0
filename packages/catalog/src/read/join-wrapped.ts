/** Lines that a terminal, a mail or a quotation broke, in one again. Whether they belong together is not known here. */

/** What stands in front of each line of a quotation, a box, a comment, a diff, a test's output. */
const prefix = /^(?:[\s>\u2502|#*+]|E {3})*/;

/** An error of more lines is a stack or a log, and its lines are its own. */
const maxLines = 8;

/** A shorter text needs no break. */
const leastColumns = 40;

/** All filled lines in one, parted by `glue`; undefined when they are too short or too many to have been one. */
export function joinWrapped(text: string, glue: "" | " "): string | undefined {
  const lines = text
    .split("\n")
    .map((line) => line.replace(prefix, ""))
    .map((line) => (glue === "" ? line : line.trimEnd()))
    .filter((line) => line !== "");
  if (lines.length < 2 || lines.length > maxLines || !lines.some((line) => line.length >= leastColumns))
    return undefined;
  return lines.join(glue);
}
