/** Owns which entries an explanation can be said to name, for programs that judge answers. */

import type { Explanation } from "./explanation.ts";

/** Below this an answer rests on the status and would be the same for any text: of that only the likeliest cause counts. */
const byStatusAlone = 0.7;

/** Ids, tied ones too, likeliest first. Empty: no cause is known. */
export function namedEntries({ findings }: Pick<Explanation, "findings">): readonly string[] {
  const named = findings.flatMap(({ id, tied, confidence }) => (confidence < byStatusAlone ? [id] : tied));
  return [...new Set(named)];
}
