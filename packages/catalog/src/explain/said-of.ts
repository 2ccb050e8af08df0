/** What `explain` makes of one printed text: the ids it names, tied ones too, likeliest first. Empty: it knows no cause. */

import { explain } from "./index.ts";

/** Below this an answer rests on the status and would be the same for any text: of that only the likeliest cause counts. */
const byStatusAlone = 0.7;

export function saidOf(text: string): readonly string[] {
  const named = explain(text).findings.flatMap(({ id, tied, confidence }) =>
    confidence < byStatusAlone ? [id] : tied,
  );
  return [...new Set(named)];
}
