/** Owns making a number of calls, some at a time, and waiting for each no longer than patience lasts. */

import { callHeader } from "./witness.ts";

/** What a call has to carry so that it can be counted. */
export interface LabCall {
  /** From 1. */
  readonly id: number;
  /** To be sent as metadata: one header with the id. */
  readonly headers: Readonly<Record<string, string>>;
}

export interface RunOptions {
  /** Calls at the same time. Default: 10. */
  readonly atOnce?: number;
  /** A call that has not settled so long after it began never does, ms. Default: 10,000. */
  readonly patienceMs?: number;
}

export type CallEnd =
  | { readonly kind: "ok"; readonly id: number }
  | { readonly kind: "failed"; readonly id: number; readonly error: unknown }
  | { readonly kind: "never"; readonly id: number };

const defaultAtOnce = 10;
/** Twice the deadline that a careful caller sets. */
const defaultPatienceMs = 10_000;

export async function makeCalls(
  firstId: number,
  calls: number,
  call: (call: LabCall) => Promise<unknown>,
  { atOnce = defaultAtOnce, patienceMs = defaultPatienceMs }: RunOptions,
): Promise<readonly CallEnd[]> {
  const ends: CallEnd[] = [];
  let next = firstId;
  const worker = async (): Promise<void> => {
    while (next < firstId + calls) {
      const id = next++;
      ends.push(await oneCall(id, call, patienceMs));
    }
  };
  await Promise.all(Array.from({ length: Math.min(atOnce, calls) }, worker));
  return ends;
}

async function oneCall(id: number, call: (call: LabCall) => Promise<unknown>, patienceMs: number): Promise<CallEnd> {
  let timer: NodeJS.Timeout | undefined;
  const never = new Promise<CallEnd>((resolve) => {
    timer = setTimeout(() => resolve({ kind: "never", id }), patienceMs);
  });
  // Called behind a promise, so that one that throws at once has failed like any other.
  const made = Promise.resolve()
    .then(() => call({ id, headers: { [callHeader]: String(id) } }))
    .then((): CallEnd => ({ kind: "ok", id }))
    .catch((error: unknown): CallEnd => ({ kind: "failed", id, error }));
  const end = await Promise.race([made, never]);
  clearTimeout(timer);
  return end;
}
