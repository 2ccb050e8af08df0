import { WindowPool } from "./window-pool.ts";

/**
 * How much received and not yet used data all connections of a process may hold together. What the application has
 * used may always come again: that adds nothing. What adds is credit for a message that is half received; when what is
 * held and what peers may send anyway (a window for each connection) fill the budget, only one of those goes on, the one
 * that has waited longest, until it is whole or takes too long. A message that is whole and that nobody reads holds its
 * own memory and blocks nobody: nothing deadlocks, nothing grows.
 *
 * A holder is a stream with octets that the application was given and has not freed.
 */
export class ReceiveBudget {
  readonly limitBytes: number;
  /** What peers may send before anything is credited. */
  readonly windows: WindowPool;
  #heldBytes = 0;
  /** Streams whose half-received message asks for more, in the order in which they did: a Set keeps it. */
  readonly #waiting = new Set<BudgetHolder>();
  /** Streams with a half-received message that began, or went on, while memory was short; and since when. */
  readonly #halfSinceMs = new Map<BudgetHolder, number>();
  /** The one that goes on alone, and since when others are known to wait for it. */
  #alone: BudgetHolder | undefined = undefined;
  #aloneSinceMs = 0;

  /** @param limitBytes Default 64 MiB. */
  constructor(limitBytes = 64 * 1_048_576) {
    this.limitBytes = limitBytes;
    this.windows = new WindowPool(limitBytes);
  }

  get heldBytes(): number {
    return this.#heldBytes;
  }

  /** True when no new stream should be taken on. */
  get spent(): boolean {
    return this.#heldBytes >= this.limitBytes;
  }

  /** True when windows should not grow any more: half of it is in use. */
  get tight(): boolean {
    return this.#heldBytes * 2 >= this.limitBytes;
  }

  /** True when credit ahead goes to one alone. A small part of the budget is always for many. */
  get crowded(): boolean {
    const held = this.#heldBytes;
    return held + this.windows.totalBytes >= this.limitBytes && held >= this.limitBytes / 64;
  }

  hold(holder: BudgetHolder, bytes: number): void {
    if (bytes === 0) return;
    this.#heldBytes += bytes;
    holder.heldBytes += bytes;
  }

  free(holder: BudgetHolder, bytes: number): void {
    // Not Math.min: its result with Infinity is a float to V8, and would make one of every stream's number.
    const freed = bytes < holder.heldBytes ? bytes : holder.heldBytes;
    if (freed === 0) return;
    this.#heldBytes -= freed;
    holder.heldBytes -= freed;
    if (this.#waiting.size > 0 && !this.crowded) this.#letAllOn();
  }

  /** A part of a message came. Noted only while memory is short: most messages never are in this map. */
  began(holder: BudgetHolder, nowMs: number): void {
    if (this.tight && !this.#halfSinceMs.has(holder)) this.#halfSinceMs.set(holder, nowMs);
  }

  /**
   * Tells half-received messages to give way until memory is not spent any more, the oldest first: those that began
   * at `latestMs` or before. So does the one that goes on alone, if others have waited for it since then: who stops in the
   * middle must not stop them all. They get as long, from their turn on.
   */
  reclaim(latestMs: number, nowMs: number): void {
    this.#reclaimTurn(latestMs, nowMs);
    let looks = mostLooks;
    for (const [holder, sinceMs] of this.#halfSinceMs) {
      if (!this.spent || looks-- === 0) return;
      if (sinceMs > latestMs) continue;
      this.#halfSinceMs.delete(holder);
      holder.giveWay(nowMs);
    }
  }

  /** Whether the peer may be credited for a part of a message; if not, `creditAllowed` is called on the holder later. */
  mayCredit(holder: BudgetHolder): boolean {
    if (!this.crowded) return true;
    this.#waiting.add(holder);
    return this.#first() === holder;
  }

  /** The holder's message is whole, or its stream is gone: the next one has its turn. */
  stopWaiting(holder: BudgetHolder): void {
    if (this.#halfSinceMs.size > 0) this.#halfSinceMs.delete(holder);
    const wasFirst = this.#first() === holder;
    if (this.#alone === holder) this.#alone = undefined;
    if (!this.#waiting.delete(holder) || !wasFirst) return;
    this.#first()?.creditAllowed();
  }

  #reclaimTurn(latestMs: number, nowMs: number): void {
    const first = this.#waiting.size > 1 ? this.#first() : undefined;
    if (first !== this.#alone) {
      this.#alone = first;
      this.#aloneSinceMs = nowMs;
    } else if (first !== undefined && this.#aloneSinceMs <= latestMs) {
      this.#alone = undefined;
      first.giveWay(nowMs);
    }
  }

  #letAllOn(): void {
    this.#alone = undefined;
    const waiting = [...this.#waiting];
    this.#waiting.clear();
    for (const holder of waiting) holder.creditAllowed();
  }

  #first(): BudgetHolder | undefined {
    for (const holder of this.#waiting) return holder;
    return undefined;
  }
}

export interface BudgetHolder {
  /** Its part of what is held; kept by the budget. */
  heldBytes: number;
  creditAllowed(): void;
  /** Its half-received message has to make room. */
  giveWay(nowMs: number): void;
}

// Each request that finds no room may look at so many, so that asking costs little when none of them gives way.
const mostLooks = 100;
