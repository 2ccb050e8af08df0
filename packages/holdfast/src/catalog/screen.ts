/** How wide standard output is and whether it has colours. */

import { ansiPaint, noPaint, type Paint } from "../demo/paint.ts";

/** Below this a terminal's lines are folded as if it had so many columns; above the other, reading gets hard. */
const minColumns = 40;
const maxColumns = 110;

export interface Screen {
  /** For text that is read. */
  readonly columns: number;
  /** For lists, one line each: a file or a pipe gets them whole. */
  readonly lineColumns: number;
  readonly paint: Paint;
}

export function screen(): Screen {
  const { isTTY, columns } = process.stdout;
  const hasColour = isTTY && (process.env["NO_COLOR"] ?? "") === "";
  return {
    columns: isTTY ? Math.min(maxColumns, Math.max(minColumns, columns)) : maxColumns,
    lineColumns: isTTY ? Math.max(minColumns, columns) : Number.POSITIVE_INFINITY,
    paint: hasColour ? ansiPaint : noPaint,
  };
}
