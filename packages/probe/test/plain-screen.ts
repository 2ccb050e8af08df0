/** A terminal of 100 columns without colours. */

import type { TextScreen } from "../src/index.ts";

const same = (text: string): string => text;

export function plainScreen(fold: TextScreen["fold"]): TextScreen {
  return {
    columns: 100,
    paint: { strong: same, faint: same, good: same, warn: same, bad: same },
    fold,
    called: "holdfast",
  };
}
