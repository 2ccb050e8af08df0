/**
 * A text made from another, for reading it again, and which lines of that other each of its own lines came from: what is
 * found in it is told of the input. Owns the lines' numbers; what is changed is others' business.
 */

/** First and last, counted from 1. */
export type LineRange = readonly [first: number, last: number];

export interface PlacedText {
  readonly text: string;
  /** A range for each line of `text`, in its order. */
  readonly lines: readonly LineRange[];
}

/** Letters from `from` to before `to` become `written`. */
export type Edit = readonly [from: number, to: number, written: string];

export function placed(text: string): PlacedText {
  return { text, lines: text.split("\n").map((_, index): LineRange => [index + 1, index + 1]) };
}

/** Each line changed by itself; it may become several. */
export function changeLines(source: PlacedText, change: (line: string) => string): PlacedText {
  const lines: LineRange[] = [];
  const changed = source.text.split("\n").map((line, index) => {
    const next = change(line);
    const range = source.lines[index] ?? [1, 1];
    for (const _ of next.split("\n")) lines.push(range);
    return next;
  });
  return { text: changed.join("\n"), lines };
}

/** In the order of the text; where two overlap, the later one's letters are put behind the earlier one's. */
export function edit(source: PlacedText, edits: readonly Edit[]): PlacedText {
  let text = "";
  let line = 0;
  let done = 0;
  const at = (index: number): LineRange => source.lines[Math.min(index, source.lines.length - 1)] ?? [1, 1];
  let first = at(0)[0];
  const lines: LineRange[] = [];
  const copy = (to: number): void => {
    const piece = source.text.slice(done, to);
    for (const letter of piece) {
      if (letter !== "\n") continue;
      lines.push([first, at(line)[1]]);
      first = at(++line)[0];
    }
    text += piece;
    done = Math.max(done, to);
  };
  for (const [from, to, written] of edits) {
    copy(Math.max(done, from));
    for (const letter of source.text.slice(done, to)) if (letter === "\n") line++;
    text += written;
    done = Math.max(done, to);
  }
  copy(source.text.length);
  return { text, lines: [...lines, [first, at(line)[1]]] };
}

/** Where a range of `made`'s lines came from. */
export function originOf(made: PlacedText, [first, last]: LineRange): LineRange {
  const origin = (line: number): LineRange => made.lines[Math.min(line, made.lines.length) - 1] ?? [1, 1];
  return [origin(first)[0], Math.max(origin(first)[1], origin(last)[1])];
}
