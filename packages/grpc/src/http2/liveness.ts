/** Acts on what `liveness-state.ts` decides, for one connection: its PINGs, and its end when nothing answers them. */

import type { Core } from "./connection-core.ts";
import { errorCode } from "./error-code.ts";
import { livenessDeadline, type LivenessInput, step } from "./liveness-state.ts";
import { limitPassed } from "./violation.ts";

export function stepLiveness(core: Core, input: LivenessInput): void {
  const [next, effect] = step(core.live, input, core.nowMs, core.liveness, core);
  core.live = next;
  if (effect === "ping") core.sendPing("liveness");
  if (effect !== "condemn") return;
  const detail = `nothing was read for ${core.liveness.answerMs} ms after a PING`;
  core.fail("ping-timeout", limitPassed("limit-silence", errorCode.NO_ERROR, detail));
}

/** When a `tick` is wanted, ms. Before the peer's SETTINGS the deadlines of the handshake hold, and no PING goes out. */
export function livenessDue(core: Core): number {
  return core.phase === "ready" ? livenessDeadline(core.live, core.liveness, core) : Infinity;
}
