/** Owns the failed calls on the time axis: one square for each, stacked where they failed, so that one is seen at once. Pure. */

import type { MethodName } from "@holdfast/lab/demo";
import { html, type Markup } from "../../markup.ts";
import { pieceMs, type LiveClient } from "./live-view.ts";

/** Of a square, with the gap around it, in pixels. */
const smallestCell = 5;
const largestCell = 9;
const gap = 1.5;

export interface StackPlace {
  readonly left: number;
  readonly baseY: number;
  readonly height: number;
  readonly pixelsPerMs: number;
}

/** Reads below, writes above them: the ones below must not be there at all. */
export function failedStacks(failedIn: LiveClient["failedIn"], place: StackPlace): readonly Markup[] {
  const pieceWidth = pieceMs * place.pixelsPerMs;
  // Squares that would be too small to see share a column.
  const perColumn = Math.max(1, Math.ceil(smallestCell / pieceWidth));
  const cell = Math.min(largestCell, pieceWidth * perColumn);
  const columns = Math.ceil(Math.max(failedIn.Read.length, failedIn.Write.length) / perColumn);
  return Array.from({ length: columns }, (_, column) => {
    const from = column * perColumn;
    const sum = (method: MethodName): number =>
      failedIn[method].slice(from, from + perColumn).reduce((all, count) => all + count, 0);
    return stack({ Read: sum("Read"), Write: sum("Write") }, place.left + from * pieceWidth, cell, place);
  }).flat();
}

function stack(
  counts: Readonly<Record<MethodName, number>>,
  x: number,
  cell: number,
  { baseY, height }: StackPlace,
): readonly Markup[] {
  const all = counts.Read + counts.Write;
  if (all === 0) return [];
  const room = Math.floor(height / cell);
  // What does not fit is said as a number on top.
  const shown = all <= room ? all : room - 2;
  const squares = Array.from({ length: shown }, (_, index) => {
    const y = baseY - (index + 1) * cell;
    return html`<rect
      class="${index < counts.Read ? "read" : "write"}"
      x="${x}"
      y="${y}"
      width="${cell - gap}"
      height="${cell - gap}"
    />`;
  });
  if (shown === all) return squares;
  return [
    ...squares,
    html`<text class="more" x="${x + cell / 2}" y="${baseY - shown * cell - 3}" text-anchor="middle"
      >+${all - shown}</text
    >`,
  ];
}
