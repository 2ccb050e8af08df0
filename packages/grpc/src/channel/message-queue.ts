import { RingQueue } from "../http2/ring-queue.ts";

/**
 * Messages of a stream on their way to the application: an async iterator that is filled from the wire. Reading one
 * gives its octets back to the peer's window, so a slow reader holds the peer back and nothing else.
 */
export class MessageQueue<T> implements AsyncIterableIterator<T> {
  readonly #onRead: (wireBytes: number) => void;
  readonly #onAbandoned: () => void;
  #items = new RingQueue<{ readonly message: T; readonly wireBytes: number }>();
  #waiting: { resolve: (result: IteratorResult<T>) => void; reject: (error: unknown) => void }[] = [];
  #over: { readonly error: unknown } | "done" | undefined = undefined;

  /**
   * @param onRead A message was taken by the reader.
   * @param onAbandoned The reader stopped before the end.
   */
  constructor(onRead: (wireBytes: number) => void, onAbandoned: () => void) {
    this.#onRead = onRead;
    this.#onAbandoned = onAbandoned;
  }

  /** Octets of messages that nobody has read. */
  unreadBytes = 0;

  push(message: T, wireBytes: number): void {
    if (this.#over !== undefined) return;
    const reader = this.#waiting.shift();
    if (reader === undefined) {
      this.#items.push({ message, wireBytes });
      this.unreadBytes += wireBytes;
      return;
    }
    reader.resolve({ value: message, done: false });
    this.#onRead(wireBytes);
  }

  /** No more messages; with an error, the reader gets it behind those that are there. */
  end(error?: unknown): void {
    if (this.#over !== undefined) return;
    this.#over = error === undefined ? "done" : { error };
    for (const reader of this.#waiting.splice(0)) this.#finish(reader);
  }

  next(): Promise<IteratorResult<T>> {
    const item = this.#items.shift();
    if (item !== undefined) {
      this.unreadBytes -= item.wireBytes;
      this.#onRead(item.wireBytes);
      return Promise.resolve({ value: item.message, done: false });
    }
    return new Promise((resolve, reject) => {
      if (this.#over === undefined) this.#waiting.push({ resolve, reject });
      else this.#finish({ resolve, reject });
    });
  }

  /** A reader that leaves its loop cancels the call. */
  return(): Promise<IteratorResult<T>> {
    const ended = this.#over !== undefined;
    this.#over = "done";
    this.#items = new RingQueue();
    this.unreadBytes = 0;
    for (const reader of this.#waiting.splice(0)) this.#finish(reader);
    if (!ended) this.#onAbandoned();
    return Promise.resolve({ value: undefined, done: true });
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  #finish(reader: { resolve: (result: IteratorResult<T>) => void; reject: (error: unknown) => void }): void {
    const over = this.#over;
    if (over === "done" || over === undefined) {
      reader.resolve({ value: undefined, done: true });
      return;
    }
    // An error is told once; after it the iterator is done, as generators have it.
    this.#over = "done";
    reader.reject(over.error);
  }
}
