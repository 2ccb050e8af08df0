/**
 * How much received and not yet used data all connections of a process may hold together. What the application has
 * used may always come again: that adds nothing. What adds is credit for a message that is half received; when the
 * budget is spent, only one of those goes on, the one that has waited longest, until it is whole. A message that is whole
 * and that nobody reads holds its own memory and blocks nobody: nothing deadlocks, nothing grows.
 *
 * A holder is a stream with octets that the application was given and has not freed.
 */
export class ReceiveBudget {
  readonly limitBytes: number;
  #heldBytes = 0;
  /** Streams whose half-received message asks for more, in the order in which they did: a Set keeps it. */
  readonly #waiting = new Set<BudgetHolder>();
  /** Streams with a half-received message that began, or went on, while memory was short; and since when. */
  readonly #halfSinceMs = new Map<BudgetHolder, number>();

  /** @param limitBytes Default 64 MiB. */
  constructor(limitBytes = 64 * 1_048_576) {
    this.limitBytes = limitBytes;
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

  hold(holder: BudgetHolder, bytes: number): void {
    if (bytes === 0) return;
    this.#heldBytes += bytes;
    holder.heldBytes += bytes;
    holder.share.heldBytes += bytes;
  }

  free(holder: BudgetHolder, bytes: number): void {
    // Not Math.min: its result with Infinity is a float to V8, and would make one of every stream's number.
    const freed = bytes < holder.heldBytes ? bytes : holder.heldBytes;
    if (freed === 0) return;
    const wasSpent = this.spent;
    this.#heldBytes -= freed;
    holder.heldBytes -= freed;
    holder.share.heldBytes -= freed;
    if (wasSpent && !this.spent) this.#letAllOn();
  }

  /** A part of a message came. Noted only while memory is short: most messages never are in this map. */
  began(holder: BudgetHolder, nowMs: number): void {
    if (this.tight && !this.#halfSinceMs.has(holder)) this.#halfSinceMs.set(holder, nowMs);
  }

  /**
   * Tells half-received messages to give way until memory is not spent any more, the oldest first: those that began at
   * `latestMs` or before, and those of a connection that holds an eighth of the memory or more.
   */
  reclaim(latestMs: number, nowMs: number): void {
    let looks = mostLooks;
    for (const [holder, sinceMs] of this.#halfSinceMs) {
      if (!this.spent || looks-- === 0) return;
      if (sinceMs > latestMs && holder.share.heldBytes * 8 < this.limitBytes) continue;
      this.#halfSinceMs.delete(holder);
      holder.giveWay(nowMs);
    }
  }

  /** Whether the peer may be credited for a part of a message; if not, `creditAllowed` is called on the holder later. */
  mayCredit(holder: BudgetHolder): boolean {
    if (!this.spent) return true;
    this.#waiting.add(holder);
    return this.#first() === holder;
  }

  /** The holder's message is whole, or its stream is gone: the next one has its turn. */
  stopWaiting(holder: BudgetHolder): void {
    if (this.#halfSinceMs.size > 0) this.#halfSinceMs.delete(holder);
    const wasFirst = this.#first() === holder;
    if (!this.#waiting.delete(holder) || !wasFirst) return;
    this.#first()?.creditAllowed();
  }

  #letAllOn(): void {
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
  /** What its connection holds; kept by the budget. */
  readonly share: BudgetShare;
  /** Its half-received message has to make room. */
  giveWay(nowMs: number): void;
}

/** What one connection holds. */
export interface BudgetShare {
  heldBytes: number;
}

// Each request that finds no room may look at so many, so that asking costs little when none of them gives way.
const mostLooks = 100;
