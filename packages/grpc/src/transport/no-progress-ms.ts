import { defaultLimits } from "../http2/limits.ts";
import type { LivenessPolicy } from "../http2/liveness-state.ts";

/**
 * How long the kernel may take none of our bytes: no longer than silence may last, so that a connection that leads nowhere
 * ends as soon in the middle of an upload as behind it. Stands for TCP_USER_TIMEOUT (gRFC A18), which Node cannot set;
 * that one would be `answerMs` alone, and end slow links, too.
 */
export function noProgressMs(
  { quietMs, answerMs }: Pick<LivenessPolicy, "quietMs" | "answerMs">,
  limitMs: number = defaultLimits.noProgressMs,
): number {
  return Math.min(limitMs, quietMs + answerMs);
}
