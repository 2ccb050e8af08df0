/**
 * Owns the order and the times of what one fault lets through in one direction: pieces go on not before their time, and never
 * overtake each other. Does not own what the pieces are (`lane.ts`).
 */

import { performance } from "node:perf_hooks";

/** What goes down a lane: bytes, or the end of them. */
export type LaneItem =
  { readonly kind: "bytes"; readonly bytes: Uint8Array } | { readonly kind: "fin" } | { readonly kind: "reset" };

interface Waiting {
  readonly item: LaneItem;
  readonly dueMs: number;
}

export class TimedStage {
  readonly #pass: (item: LaneItem) => void;
  #queue: Waiting[] = [];
  #lastDueMs = Number.NEGATIVE_INFINITY;
  #timer: NodeJS.Timeout | undefined;

  constructor(pass: (item: LaneItem) => void) {
    this.#pass = pass;
  }

  /** `afterMs` from now, and `gapMs` behind the piece before; at once if that is now. */
  push(item: LaneItem, afterMs = 0, gapMs = 0): void {
    const nowMs = performance.now();
    const dueMs = Math.max(nowMs + afterMs, this.#lastDueMs + gapMs);
    this.#lastDueMs = dueMs;
    if (dueMs <= nowMs && this.#queue.length === 0) {
      this.#pass(item);
      return;
    }
    this.#queue.push({ item, dueMs });
    this.#wait(nowMs);
  }

  /** What waits, in order; the stage is empty afterwards and arms no timer any more. */
  take(): LaneItem[] {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    const items = this.#queue.map(({ item }) => item);
    this.#queue = [];
    return items;
  }

  #wait(nowMs: number): void {
    const [first] = this.#queue;
    if (this.#timer !== undefined || first === undefined) return;
    this.#timer = setTimeout(() => this.#release(), Math.max(0, first.dueMs - nowMs));
  }

  #release(): void {
    this.#timer = undefined;
    const nowMs = performance.now();
    let due = 0;
    while (due < this.#queue.length && (this.#queue[due] as Waiting).dueMs <= nowMs) due++;
    // Taken out before they are passed on: passing may end the lane, which empties the queue.
    for (const { item } of this.#queue.splice(0, due)) this.#pass(item);
    this.#wait(performance.now());
  }
}
