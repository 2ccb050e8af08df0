/** A first-in first-out queue whose `shift` costs the same at any length; an array's copies. */
export class RingQueue<T> {
  /** Empty, then a power of two long, so that a place is a mask away. */
  #items: (T | undefined)[] = noItems;
  #head = 0;
  #size = 0;

  get size(): number {
    return this.#size;
  }

  push(item: T): void {
    if (this.#size === this.#items.length) this.#grow();
    this.#items[(this.#head + this.#size) & (this.#items.length - 1)] = item;
    this.#size++;
  }

  shift(): T | undefined {
    if (this.#size === 0) return undefined;
    const item = this.#items[this.#head];
    this.#items[this.#head] = undefined;
    this.#head = (this.#head + 1) & (this.#items.length - 1);
    this.#size--;
    return item;
  }

  peek(): T | undefined {
    return this.#size === 0 ? undefined : this.#items[this.#head];
  }

  clear(): void {
    while (this.#size > 0) this.shift();
  }

  #grow(): void {
    const { length } = this.#items;
    // A place for one, then room: most queues of a connection with one call never hold more (bench row `memory`).
    const next = new Array<T | undefined>(length === 0 ? 1 : Math.max(16, length * 2)).fill(undefined);
    for (let i = 0; i < this.#size; i++) next[i] = this.#items[(this.#head + i) & (length - 1)];
    this.#items = next;
    this.#head = 0;
  }
}

/** Of all queues that nothing ever came to; nothing is written to it. */
const noItems: undefined[] = [];
