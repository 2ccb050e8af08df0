/** Owns the settings and habits that much advice has in common, as users would write them. */

import type { ClientSetup } from "../experiment/client-setup.ts";

/** The retry policy that the catalog's pages show, on these codes. */
export function retryOn(...codes: readonly string[]): ClientSetup {
  return { retry: { maxAttempts: 3, initialBackoffMs: 100, maxBackoffMs: 1_000, codes }, idempotent: true };
}

/** The policy that gRPC allows at most, and that many articles paste: five attempts. */
export function fiveAttemptsOn(...codes: readonly string[]): ClientSetup {
  return { retry: { maxAttempts: 5, initialBackoffMs: 100, maxBackoffMs: 1_000, codes }, idempotent: true };
}

/** An application that calls once more, a moment later, on these codes; where none are named, whatever the error. */
export function callAgainOn(...codes: readonly string[]): ClientSetup {
  return { again: { codes: codes.length === 0 ? "any" : codes, times: 1, pauseMs: 20 } };
}

/** Keepalive as often as Go and Java allow it, with and without calls. */
export const eagerKeepalive: ClientSetup = {
  keepalive: { timeMs: 10_000, timeoutMs: 5_000, permitWithoutCalls: true },
};
