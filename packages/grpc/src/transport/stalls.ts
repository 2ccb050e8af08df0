import { perHost } from "./per-host.ts";

/**
 * When this process did not keep its own time: a timer that fires late shows that the event loop was blocked (a long
 * computation, garbage collection, a frozen container). Reports tell, because a blocked client looks like a dead peer.
 */
export class Stalls {
  /** Newest last. */
  readonly #seen: { readonly atMs: number; readonly lateMs: number }[] = [];

  /** A timer for `dueMs` fired at `nowMs`. */
  fired(dueMs: number, nowMs: number): void {
    const lateMs = nowMs - dueMs;
    if (lateMs < noticeableMs) return;
    this.#seen.push({ atMs: nowMs, lateMs });
    if (this.#seen.length > 32) this.#seen.shift();
  }

  /** The longest stall that ended after `sinceMs`; 0 if none was seen. */
  longestSince(sinceMs: number): number {
    return this.#seen.reduce((longest, { atMs, lateMs }) => (atMs >= sinceMs ? Math.max(longest, lateMs) : longest), 0);
  }
}

// Timers of a busy but healthy process are late by some milliseconds; 50 is beyond any of them.
const noticeableMs = 50;

export const stallsOf = perHost(() => new Stalls());
