/** What an error says about a name that there is not. */

import { nearestIds } from "../catalog/nearest-ids.ts";

/** A sentence with a blank in front, or nothing when no name is like the one that was asked for. */
export function nearestSentence(name: string, names: readonly string[], count = 3): string {
  const nearest = nearestIds(name, [...new Set(names)], count);
  return nearest.length === 0 ? "" : ` Nearest: ${nearest.join(", ")}.`;
}
