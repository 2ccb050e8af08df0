/** Breaks labels of pictures into lines of about the same length. */

/** Lines of at most so many letters, broken at blanks; a word longer than that stays whole. */
export function wrapLabel(text: string, letters: number): readonly string[] {
  const greedy = wrapped(text, letters);
  // Narrower as long as it takes no line more: no single word is left for the last one.
  let best = greedy;
  for (let width = letters - 1; width > 0; width--) {
    const narrower = wrapped(text, width);
    if (narrower.length > greedy.length) break;
    best = narrower;
  }
  return best;
}

function wrapped(text: string, letters: number): readonly string[] {
  const lines: string[] = [];
  let line = "";
  for (const word of text.split(/\s+/)) {
    const longer = line === "" ? word : `${line} ${word}`;
    if (line !== "" && longer.length > letters) {
      lines.push(line);
      line = word;
    } else {
      line = longer;
    }
  }
  lines.push(line);
  return lines;
}
