/**
 * Timers of a real process that keep two promises `setTimeout` does not: never early, and any length. Owns no clock of
 * its own: time is `performance.now()`.
 */

import type { Timer } from "../host.ts";

// Node keeps delays in a signed 32-bit number and turns longer ones into 1 ms.
const longestDelayMs = 2_147_483_647;

export function nodeTimer(delayMs: number, fire: () => void, background: boolean): Timer {
  return new NodeTimer(delayMs, fire, background);
}

class NodeTimer implements Timer {
  readonly #dueMs: number;
  readonly #fire: () => void;
  readonly #background: boolean;
  #handle: NodeJS.Timeout | undefined;

  constructor(delayMs: number, fire: () => void, background: boolean) {
    this.#dueMs = performance.now() + delayMs;
    this.#fire = fire;
    this.#background = background;
    this.#arm(delayMs);
  }

  cancel(): void {
    clearTimeout(this.#handle);
    this.#handle = undefined;
  }

  #arm(remainingMs: number): void {
    // Node cuts fractions off, which would be early; NaN and negative delays become 1 ms.
    this.#handle = setTimeout(this.#rang, Math.min(Math.ceil(remainingMs), longestDelayMs));
    if (this.#background) this.#handle.unref();
  }

  readonly #rang = (): void => {
    // Node counts from the start of the loop's turn, so after a long synchronous stretch it rings too soon.
    const remainingMs = this.#dueMs - performance.now();
    if (remainingMs > 0) {
      this.#arm(remainingMs);
      return;
    }
    this.#handle = undefined;
    this.#fire();
  };
}
