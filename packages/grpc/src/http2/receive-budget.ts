/**
 * How much received and not yet used data all connections of a process may hold together. While there is room, every
 * stream gets its credit. When it is spent, only the oldest holder does, so that one message can be finished and its
 * bytes given back: nothing deadlocks, nothing grows.
 *
 * A holder is a stream with bytes that the application was given and has not freed.
 */
export class ReceiveBudget {
  readonly limitBytes: number;
  #heldBytes = 0;
  /** Oldest first: a Set keeps the order of insertion. */
  readonly #holders = new Map<BudgetHolder, number>();
  readonly #waiting = new Set<BudgetHolder>();

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

  hold(holder: BudgetHolder, bytes: number): void {
    if (bytes === 0) return;
    this.#heldBytes += bytes;
    this.#holders.set(holder, (this.#holders.get(holder) ?? 0) + bytes);
  }

  free(holder: BudgetHolder, bytes: number): void {
    const held = this.#holders.get(holder);
    if (held === undefined) return;
    const freed = Math.min(bytes, held);
    this.#heldBytes -= freed;
    if (freed === held) this.#holders.delete(holder);
    else this.#holders.set(holder, held - freed);
    this.#letWaitersOn();
  }

  /** A holder's peer needs no more credit: its stream is gone. What it holds it may still hold. */
  stopWaiting(holder: BudgetHolder): void {
    this.#waiting.delete(holder);
  }

  /** Whether `holder` may credit its peer now; if not, `creditAllowed` is called on it later. */
  mayCredit(holder: BudgetHolder): boolean {
    if (!this.spent || this.#isOldest(holder)) return true;
    this.#waiting.add(holder);
    return false;
  }

  #isOldest(holder: BudgetHolder): boolean {
    for (const oldest of this.#holders.keys()) return oldest === holder;
    return true;
  }

  #letWaitersOn(): void {
    if (this.#waiting.size === 0) return;
    for (const holder of this.#waiting) {
      if (this.spent && !this.#isOldest(holder)) continue;
      this.#waiting.delete(holder);
      holder.creditAllowed();
    }
  }
}

export interface BudgetHolder {
  creditAllowed(): void;
}
