/**
 * How large the receive windows of all connections of a process may be together. What peers were allowed may come at
 * once, and no budget can say no to it any more; so windows are lent from one pool of the budget's size: one busy stream
 * on each connection fits into it. Owns the sums; what a window is, is `windows.ts`.
 *
 * Every connection has the RFC's first 65,535 octets. What is left is lent to those that ask for more, and taken back,
 * oldest loan first, as connections come. Beyond some thousand connections the first 65,535 of each are more than the
 * budget; then a small rest is still lent, so that a few busy connections among many idle ones stay fast.
 */
export class WindowPool {
  readonly #limitBytes: number;
  #members = 0;
  #lentBytes = 0;
  /** Who has more than the smallest, and how much more; oldest loan first: a Map keeps the order. */
  readonly #loans = new Map<WindowOwner, number>();

  /** @param limitBytes All windows together, one for each connection. */
  constructor(limitBytes: number) {
    this.#limitBytes = limitBytes;
  }

  /** One window of each connection, octets. */
  get totalBytes(): number {
    return this.#members * smallestWindow + this.#lentBytes;
  }

  /** True while at most half of what there is to lend is lent. */
  get generous(): boolean {
    return this.#lentBytes <= this.#lendableBytes / 2;
  }

  /** Counts a connection in; the window that it may begin with. */
  enter(owner: WindowOwner, wantedBytes: number): number {
    this.#members++;
    const wanted = Math.max(0, wantedBytes - smallestWindow);
    // One half is for those that will turn out to need it.
    const loan = this.#lentBytes + wanted <= this.#lendableBytes / 2 ? wanted : 0;
    this.#lend(owner, loan);
    this.#takeBack();
    return smallestWindow + loan;
  }

  /** The window that it may have from now on: as wanted, or what is left, or the one that it has. */
  grow(owner: WindowOwner, wantedBytes: number): number {
    const present = this.#loans.get(owner) ?? 0;
    const left = this.#lendableBytes - this.#lentBytes;
    const loan = Math.min(wantedBytes - smallestWindow, present + left);
    // A little more is not worth a frame.
    if (loan - present < (smallestWindow + present) / 4) return smallestWindow + present;
    this.#loans.delete(owner);
    this.#lentBytes -= present;
    this.#lend(owner, loan);
    return smallestWindow + loan;
  }

  /** The connection is gone. */
  leave(owner: WindowOwner): void {
    this.#members--;
    this.#lentBytes -= this.#loans.get(owner) ?? 0;
    this.#loans.delete(owner);
  }

  get #lendableBytes(): number {
    return Math.max(this.#limitBytes / 64, this.#limitBytes - this.#members * smallestWindow);
  }

  #lend(owner: WindowOwner, bytes: number): void {
    if (bytes <= 0) return;
    this.#loans.set(owner, bytes);
    this.#lentBytes += bytes;
  }

  #takeBack(): void {
    for (const [owner, bytes] of this.#loans) {
      if (this.#lentBytes <= this.#lendableBytes) return;
      this.#loans.delete(owner);
      this.#lentBytes -= bytes;
      owner.shrinkWindows(smallestWindow);
    }
  }
}

export interface WindowOwner {
  /** Tell the peer that a stream's window is only so large from now on. */
  shrinkWindows(streamWindow: number): void;
}

/** What a peer may use before it has our SETTINGS, RFC 9113 §6.9.2: less could not be held against it. */
export const smallestWindow = 65_535;
