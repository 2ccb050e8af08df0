/** The cells of the coverage matrix that no world can hit, each with its reason. A table. */

import type { ImpossibleCells } from "./coverage.ts";

export const impossibleCells: readonly ImpossibleCells[] = [];
