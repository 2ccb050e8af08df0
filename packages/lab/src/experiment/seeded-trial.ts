/** Owns the chance of a trial: the same for the same seed, entry, client, arm and number, whatever else is run. */

import { createHash } from "node:crypto";
import { seededRandom } from "../demo/seeded-random.ts";
import type { ClientId, Trial } from "./experiment.ts";

export interface TrialPlace {
  readonly seed: number;
  readonly entry: string;
  readonly client: ClientId;
  /** `control`, or the id of a treatment. */
  readonly arm: string;
  /** From 1. */
  readonly number: number;
  readonly recorded: boolean;
}

export function seededTrial(place: TrialPlace): Trial {
  const { seed, entry, client, arm, number, recorded } = place;
  const hash = createHash("sha256").update(`${seed}|${entry}|${client}|${arm}|${number}`).digest();
  const random = seededRandom(hash.readUInt32BE(0));
  return {
    number,
    client,
    recorded,
    random,
    between: (from, to) => from + Math.floor(random() * (to - from + 1)),
  };
}
