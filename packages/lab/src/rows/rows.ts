/** Owns the list of all rows of M1, in the order of their letters. */

import { cutRows } from "./cut-rows.ts";
import { goawayRows } from "./goaway-rows.ts";
import { goawayThenCutRows } from "./goaway-then-cut-rows.ts";
import type { Row } from "./row.ts";
import { streamResetRows } from "./stream-reset-rows.ts";

export const rows: readonly Row[] = [...goawayRows, ...goawayThenCutRows, ...streamResetRows, ...cutRows].sort(
  (a, b) => (a.id < b.id ? -1 : 1),
);
