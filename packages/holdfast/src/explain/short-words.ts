/** Makes the words of an entry short. */

/** The first sentences; the end of one is a full stop with a blank and a capital behind it, or a Chinese one. */
export function shortened(text: string, sentences: number): string {
  const flat = text.replace(/\s+/g, " ").trim();
  let end = 0;
  for (let count = 0; count < sentences; count++) {
    const next = /[.!?](?=\s+["(\p{Lu}])|[。！？]/u.exec(flat.slice(end));
    if (next === null) return flat;
    end += next.index + 1;
  }
  return flat.slice(0, end);
}

/** One sentence behind the other: Chinese writes no blank between them. */
export function inARow(first: string, next: string): string {
  return `${first}${/[。！？]$/u.test(first) ? "" : " "}${next}`;
}

/** Markdown fences gone, what they hold indented. */
export function withoutFences(text: string): string {
  let isCode = false;
  return text
    .split("\n")
    .flatMap((line) => {
      if (line.trimStart().startsWith("```")) {
        isCode = !isCode;
        return [];
      }
      return [`   ${isCode ? "  " : ""}${line}`];
    })
    .join("\n");
}
