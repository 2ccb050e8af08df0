/** One call, and what became of the connection meanwhile. */

import type { CallOptions, CallOutcome, Wire, WireEnd } from "../wire/index.ts";
import { isLeaving } from "./wire-again.ts";
import type { AfterCall } from "./call-finding.ts";

export interface CallSeen extends AfterCall {
  readonly outcome: CallOutcome;
}

export async function callAndSee(wire: Wire, options: CallOptions): Promise<CallSeen> {
  const outcome = await wire.call(options).done;
  return { outcome, ...(await afterCall(wire, outcome)) };
}

/** A call that ended with its connection has an end of the connection to show, at once. */
export async function afterCall(wire: Wire, { end }: CallOutcome): Promise<AfterCall> {
  const ended: WireEnd | undefined = end.kind === "connection" ? await wire.ended : undefined;
  return { end: ended, isLeaving: isLeaving(wire), unfinished: wire.log.unfinished };
}
