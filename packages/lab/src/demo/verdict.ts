/**
 * Owns the judgement over a run: what Holdfast promises, and every call that breaks a promise. Does not own the counts
 * (`tally.ts`).
 */

import type { CallRecord } from "./tally.ts";

/** The promises, in the order in which they are shown, and what is wrong with a call that breaks one. */
const promises = {
  "read-failed": "failed though idempotent",
  "write-executed-twice": "executed twice though not idempotent",
  "never-settled": "never settled",
  "write-failed-unprocessed": "failed though provably not processed",
  "answered-for-another": "got the answer of another call",
  "told-no-but-executed": 'told "not processed", and executed: the evidence lied',
  "told-yes-but-not-executed": 'told "processed", and never executed: the evidence lied',
} as const satisfies Record<string, string>;

export type PromiseId = keyof typeof promises;

export interface Breach {
  readonly promise: PromiseId;
  /** What is wrong with the calls, in words. */
  readonly text: string;
  readonly calls: readonly CallRecord[];
}

export interface Verdict {
  readonly passed: boolean;
  /** Only promises that were broken. */
  readonly breaches: readonly Breach[];
  /** Calls whose evidence said what the journals deny. */
  readonly lies: number;
}

/** Judges Holdfast's calls; those of other clients are only counted. Call it when every journal has been read to its end. */
export function judge(calls: Iterable<CallRecord>): Verdict {
  const broken = new Map<PromiseId, CallRecord[]>();
  for (const call of calls) {
    if (call.client !== "holdfast") continue;
    for (const promise of brokenBy(call)) {
      const list = broken.get(promise) ?? [];
      list.push(call);
      broken.set(promise, list);
    }
  }
  const breaches = (Object.keys(promises) as PromiseId[]).flatMap((promise) => {
    const found = broken.get(promise);
    return found === undefined ? [] : [{ promise, text: promises[promise], calls: found }];
  });
  const lies =
    (broken.get("told-no-but-executed")?.length ?? 0) + (broken.get("told-yes-but-not-executed")?.length ?? 0);
  return { passed: breaches.length === 0, breaches, lies };
}

function* brokenBy({ method, state, failure, executedBy }: CallRecord): Generator<PromiseId> {
  // OK is the strongest way to say "yes".
  const told = state === "ok" ? "yes" : failure?.processed;
  if (state === "failed" && method === "Read") yield "read-failed";
  if (method === "Write" && executedBy.length > 1) yield "write-executed-twice";
  // A call that is still open when the run is over has not settled either.
  if (state === "never-settled" || state === "open") yield "never-settled";
  if (state === "failed" && method === "Write" && told === "no") yield "write-failed-unprocessed";
  if (failure?.code === "OK") yield "answered-for-another";
  if (told === "no" && executedBy.length > 0) yield "told-no-but-executed";
  if (told === "yes" && executedBy.length === 0) yield "told-yes-but-not-executed";
}
