/** Owns the breaking of text into lines. */

/** Breaks at spaces; a word longer than a line is cut. What does not fit into `maxLines` ends with an ellipsis. */
export function wrapText(text: string, width: number, maxLines = Infinity): readonly string[] {
  const lines: string[] = [];
  let line = "";
  for (const word of text.split(/\s+/).flatMap((long) => pieces(long, width))) {
    if (line !== "" && line.length + 1 + word.length > width) {
      lines.push(line);
      line = word;
    } else {
      line = line === "" ? word : `${line} ${word}`;
    }
  }
  if (line !== "") lines.push(line);
  if (lines.length <= maxLines) return lines;
  const kept = lines.slice(0, maxLines);
  kept.push(`${(kept.pop() ?? "").slice(0, width - 1)}…`);
  return kept;
}

function pieces(word: string, width: number): readonly string[] {
  const parts: string[] = [];
  for (let at = 0; at < word.length; at += width) parts.push(word.slice(at, at + width));
  return parts;
}
