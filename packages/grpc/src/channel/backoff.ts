/** How long to wait before the next try. One pure function; the timer is somebody else's. */

export interface BackoffPolicy {
  /** Before the first retry, ms. */
  readonly initialMs: number;
  readonly multiplier: number;
  /** The longest wait before jitter, ms. */
  readonly maxMs: number;
  /** The share by which a wait may be shorter or longer, 0 to 1; it keeps many clients from coming back at once. */
  readonly jitter: number;
}

/** gRPC's connection-backoff.md: 1 s, times 1.6, at most 120 s, 20 % either way. */
export const connectionBackoff: BackoffPolicy = { initialMs: 1_000, multiplier: 1.6, maxMs: 120_000, jitter: 0.2 };

/** The wait before retry `attempt`, counted from 0, in ms. `random` is in [0, 1). */
export function backoffMs(attempt: number, policy: BackoffPolicy, random: number): number {
  const { initialMs, multiplier, maxMs, jitter } = policy;
  // Jitter comes after the cap, so that clients stay apart in a long outage too.
  const middleMs = Math.min(initialMs * multiplier ** attempt, maxMs);
  return middleMs + middleMs * jitter * (2 * random - 1);
}
