/** Owns a call with what an application makes of its failure by itself: once more, for these codes or texts, after a pause. */

import { setTimeout as sleep } from "node:timers/promises";
import type { ClientSetup } from "../experiment/client-setup.ts";
import type { ChannelPool } from "./channel-pool.ts";
import type { CallFailure, DrivenCall, TrialClient } from "./trial-client.ts";

type Again = NonNullable<ClientSetup["again"]>;

/** The last failure; undefined if the call came to its end. */
export async function callAsOften(
  client: TrialClient,
  pool: ChannelPool,
  call: DrivenCall,
  again: Again | undefined,
): Promise<CallFailure | undefined> {
  const place = pool.next();
  const startMs = performance.now();
  for (let times = 0; ; times++) {
    const channel = pool.at(place);
    const failure = await channel.call({ ...call, deadlineMs: timeLeftMs(call, again, startMs) }).then(
      () => undefined,
      (error: unknown) => client.failureOf(error),
    );
    if (failure === undefined || again === undefined || times === again.times) return failure;
    // A loop that looks at codes repeats a call that its own user cancelled as well; whether the client lets it is measured.
    if (!isMeant(failure, again)) return failure;
    await sleep(again.pauseMs);
    if (timeLeftMs(call, again, startMs) === 0) return failure;
    if (again.newChannel === true) pool.replace(place, channel);
  }
}

/** Each try has the deadline anew, unless they share one. */
function timeLeftMs({ deadlineMs }: DrivenCall, again: Again | undefined, startMs: number): number | undefined {
  if (deadlineMs === undefined || again?.sameDeadline !== true) return deadlineMs;
  return Math.max(0, Math.ceil(deadlineMs - (performance.now() - startMs)));
}

function isMeant({ code, text }: CallFailure, { codes, texts }: Again): boolean {
  if (codes !== "any" && !codes.includes(code)) return false;
  return texts === undefined || texts.some((part) => text.includes(part));
}
