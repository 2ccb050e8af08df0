/** A line of a log without what runtimes and loggers put around it. Owns the shape; `unwrap-line.ts` makes it. */

import type { ReadStatus } from "./read-status.ts";

export interface LogLine {
  /** What the program itself wrote; several when a record carried a stack or several texts. */
  readonly texts: readonly string[];
  /** The record as it was written, where `texts` were taken out of one. */
  readonly record?: string;
  /** Which container or unit wrote it; lines of different sources never belong together. */
  readonly source?: string;
  /** Unix time, where the line carries one that can be read. */
  readonly timeMs?: number;
  /** A logger began a record here, so the line belongs to nothing before it. */
  readonly begins: boolean;
  /** Statuses that a record holds as fields of its own. */
  readonly statuses: readonly ReadStatus[];
}
