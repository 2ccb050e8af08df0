/** What `explain` makes of one printed text. Here, because of all that builds the data only the judge may load what is judged. */

import { explain, namedEntries } from "../../explain/index.ts";

export function saidOf(text: string): readonly string[] {
  return namedEntries(explain(text));
}
