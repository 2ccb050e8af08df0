/** Numbers of a claim in words. A number that somebody only published is never shown as if it had been counted here. */

import type { EntryRecord } from "../record/entry-record.ts";
import type { Words } from "./words/words.ts";

type Claim = Pick<EntryRecord["workarounds"][number], "claimed" | "measured">;

/** `claimed 85 %, trials unknown · measured 12 %, n = 300`, with what more the run has counted. */
export function claimRate({ claimed, measured }: Claim, face: Words): string {
  const parts = claimed === null ? [] : [face.claimed(percent(claimed.rate))];
  if (measured === null) return [...parts, face.notMeasured].join(" · ");
  const { survived, trials, interval, executed_twice } = measured;
  parts.push(
    face.measured(percent(survived / trials), trials),
    face.interval(percent(interval[0]), percent(interval[1])),
  );
  if (executed_twice > 0) parts.push(face.executedTwice(executed_twice));
  return parts.join(" · ");
}

/** A share in hundredths, with at most one decimal. */
export function percent(share: number): string {
  return String(Number((share * 100).toFixed(1)));
}
