/**
 * What will happen, soonest first: a binary heap. Owns the order of events of equal time: that of their making, or a
 * random one. Knows nothing of what the events do.
 */

import type { Random } from "./random.ts";

/** Something with a time. An entry is in the queue at most once. */
export abstract class Scheduled {
  atMs = 0;
  /** Decides among equal times; `order` decides among equal ties. */
  tie = 0;
  order = 0;
  cancelled = false;
  abstract fire(): void;
}

// Below this many dead entries a sweep costs more than it frees.
const sweepFrom = 512;

export class EventQueue {
  readonly #shuffle: Random | undefined;
  #heap: Scheduled[] = [];
  #orders = 0;
  #cancelled = 0;

  /** With `shuffle`, events of equal time come in random order. */
  constructor(shuffle: Random | undefined) {
    this.#shuffle = shuffle;
  }

  push(entry: Scheduled, atMs: number): void {
    entry.atMs = atMs;
    entry.order = this.#orders++;
    entry.tie = this.#shuffle === undefined ? 0 : this.#shuffle();
    this.#heap.push(entry);
    this.#up(this.#heap.length - 1);
  }

  /** Takes it out, in effect at once, in fact when it comes up or at the next sweep. */
  cancel(entry: Scheduled): void {
    if (entry.cancelled) return;
    entry.cancelled = true;
    this.#cancelled++;
    if (this.#cancelled > sweepFrom && this.#cancelled * 2 > this.#heap.length) this.#sweep();
  }

  /** The next entry if it is due by then, and out of the queue. */
  take(byMs: number): Scheduled | undefined {
    for (;;) {
      const first = this.#heap[0];
      if (first === undefined) return undefined;
      if (first.cancelled) {
        this.#pop();
        this.#cancelled--;
        continue;
      }
      if (first.atMs > byMs) return undefined;
      this.#pop();
      return first;
    }
  }

  #pop(): void {
    const heap = this.#heap;
    const last = heap.pop();
    if (last === undefined || heap.length === 0) return;
    heap[0] = last;
    this.#down(0);
  }

  #up(from: number): void {
    const heap = this.#heap;
    const entry = heap[from];
    if (entry === undefined) return;
    let at = from;
    while (at > 0) {
      const above = (at - 1) >> 1;
      const parent = heap[above];
      if (parent === undefined || !before(entry, parent)) break;
      heap[at] = parent;
      at = above;
    }
    heap[at] = entry;
  }

  #down(from: number): void {
    const heap = this.#heap;
    const entry = heap[from];
    if (entry === undefined) return;
    let at = from;
    for (;;) {
      let below = 2 * at + 1;
      let child = heap[below];
      if (child === undefined) break;
      const right = heap[below + 1];
      if (right !== undefined && before(right, child)) {
        child = right;
        below++;
      }
      if (!before(child, entry)) break;
      heap[at] = child;
      at = below;
    }
    heap[at] = entry;
  }

  #sweep(): void {
    this.#heap = this.#heap.filter((entry) => !entry.cancelled);
    this.#cancelled = 0;
    for (let at = (this.#heap.length >> 1) - 1; at >= 0; at--) this.#down(at);
  }
}

function before(a: Scheduled, b: Scheduled): boolean {
  if (a.atMs !== b.atMs) return a.atMs < b.atMs;
  if (a.tie !== b.tie) return a.tie < b.tie;
  return a.order < b.order;
}
