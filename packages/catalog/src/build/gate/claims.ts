/** Everything in an entry that says "this is so": each with where it stands, where it comes from and what it leans on. */

import type { Origin } from "../../record/vocabulary.ts";
import type { EntrySource } from "../read-sources.ts";

export interface PlacedClaim {
  /** As in `tcp/fin-inflight workarounds.find-the-exit`. */
  readonly place: string;
  readonly origin: Origin;
  /** Keys of the entry's `sources`. */
  readonly sources: readonly string[];
}

export function claimsOf({ id, facts, signatures }: EntrySource): readonly PlacedClaim[] {
  const placed = (place: string, { origin, sources }: Omit<PlacedClaim, "place">) => ({
    place: `${id} ${place}`,
    origin,
    sources,
  });
  return [
    placed("cause", facts.cause),
    placed("processed", facts.processed),
    ...facts.workarounds.map((claim) => placed(`workarounds.${claim.id}`, claim)),
    ...facts.dead_ends.map((claim) => placed(`dead_ends.${claim.id}`, claim)),
    ...signatures.map((signature) => placed(`signatures "${signature.text}"`, signature)),
  ];
}
