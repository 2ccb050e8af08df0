/** How grouping gets at lines. Owns only the shape: where lines come from is the business of who reads the input. */

import type { LogLine } from "./log-line.ts";

export interface LineSource {
  /** A line by its number, counted from 1; undefined where the input ends or is not held any more. */
  line(number: number): LogLine | undefined;
}
