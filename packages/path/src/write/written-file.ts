/** What a writer returns: one complete file. */

import type { WritableKind } from "../facts/path-facts.ts";

export type TargetName = WritableKind | "kubernetes";

export interface WrittenFile {
  readonly target: TargetName;
  /** Of the file alone: `2-nginx.conf`. */
  readonly name: string;
  /** What it is, in a line. */
  readonly title: string;
  readonly text: string;
}
