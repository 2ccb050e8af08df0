/** Cuts what records say into paragraphs and fenced code, and paragraphs into words and code spans. Nothing else of Markdown. */

export type ProseBlock =
  | { readonly kind: "paragraph"; readonly text: string }
  | { readonly kind: "code"; readonly language: string; readonly text: string };

export interface ProseSpan {
  readonly kind: "text" | "code";
  readonly text: string;
}

/** A fence that is never closed reaches to the end (CommonMark 0.31, 4.5). */
export function proseBlocks(text: string): readonly ProseBlock[] {
  const blocks: ProseBlock[] = [];
  let lines: string[] = [];
  let fence: { readonly mark: string; readonly language: string } | undefined;
  const flush = (): void => {
    const held = lines.join("\n");
    if (fence !== undefined) blocks.push({ kind: "code", language: fence.language, text: held });
    else if (held.trim() !== "") blocks.push({ kind: "paragraph", text: held.trim() });
    lines = [];
  };
  for (const line of text.split("\n")) {
    const mark = /^ {0,3}(`{3,})\s*([\w+-]*)/.exec(line);
    if (fence !== undefined && line.trim() === fence.mark) {
      flush();
      fence = undefined;
    } else if (fence === undefined && mark !== null) {
      flush();
      fence = { mark: mark[1] ?? "", language: mark[2] ?? "" };
    } else if (fence === undefined && line.trim() === "") flush();
    else lines.push(line);
  }
  if (fence !== undefined || lines.length > 0) flush();
  return blocks;
}

/** A code span ends at as many backticks as began it; without such an end the backticks are text (CommonMark 0.31, 6.1). */
export function proseSpans(text: string): readonly ProseSpan[] {
  const spans: ProseSpan[] = [];
  let from = 0;
  for (const span of text.matchAll(/(?<!`)(`+)(?!`)(.+?)(?<!`)\1(?!`)/gs)) {
    if (span.index > from) spans.push({ kind: "text", text: text.slice(from, span.index) });
    spans.push({ kind: "code", text: (span[2] ?? "").replace(/^ (.*) $/s, "$1") });
    from = span.index + span[0].length;
  }
  if (from < text.length) spans.push({ kind: "text", text: text.slice(from) });
  return spans;
}
