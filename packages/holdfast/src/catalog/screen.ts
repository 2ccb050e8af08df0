/** How wide standard output is and whether it has colours. */

import { ansiPaint, noPaint, type Paint } from "../demo/paint.ts";

/** Below this a terminal's lines are folded as if it had so many columns; above the other, reading gets hard. */
const minColumns = 40;
const maxColumns = 110;

export function screen(): { readonly columns: number; readonly paint: Paint } {
  const { isTTY, columns } = process.stdout;
  const hasColour = isTTY && (process.env["NO_COLOR"] ?? "") === "";
  return {
    columns: isTTY ? Math.min(maxColumns, Math.max(minColumns, columns)) : maxColumns,
    paint: hasColour ? ansiPaint : noPaint,
  };
}
