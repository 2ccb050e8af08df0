import { RingQueue } from "../http2/ring-queue.ts";
import { CompressedMessage } from "../rpc/message.ts";

/**
 * Whom a queue tells. An object with methods, not two closures for each call: those are strangers to compiled code with
 * every call.
 */
export interface MessageQueueOwner {
  /** A message was taken by the reader. */
  onRead(): void;
  /** The reader stopped before the end. */
  onAbandoned(): void;
  /** A message that came packed, for a reader. Throws when it is none; the queue is over then. */
  open?(message: CompressedMessage): unknown;
}

/**
 * Messages of a stream on their way to the application: an async iterator that is filled from the wire. Reading one
 * gives its octets back to the peer's window, so a slow reader holds the peer back and nothing else.
 */
export class MessageQueue<T> implements AsyncIterableIterator<T> {
  /** Set by whoever fills it, before anybody can read. */
  owner: MessageQueueOwner | undefined = undefined;
  #items = new RingQueue<Item<T>>();
  #waiting: Waiter<T>[] = nobody;
  #over: { readonly error: unknown } | "done" | undefined = undefined;

  /** Octets of messages that nobody has read. */
  unreadBytes = 0;

  /**
   * A message came. A reader that waits hears of it at the next `settle`; one that asks gets it at once. One that is packed
   * waits as it is: opened, a window full of them could be a thousand times as large.
   */
  add(message: T | CompressedMessage, wireBytes: number): void {
    if (this.#over !== undefined) return;
    this.#items.push({ message, wireBytes });
    this.unreadBytes += wireBytes;
  }

  /** Serves readers that wait. Settles promises, so never on the parser's stack. */
  settle(): void {
    while (this.#waiting.length > 0 && this.#items.size > 0) this.#serve(this.#waiting.shift() as Waiter<T>);
  }

  /** `add` and `settle`. */
  push(message: T, wireBytes: number): void {
    this.add(message, wireBytes);
    this.settle();
  }

  /** No more messages; with an error, the reader gets it behind those that are there. */
  end(error?: unknown): void {
    if (this.#over !== undefined) return;
    this.settle();
    this.#over = error === undefined ? "done" : { error };
    this.#finishAll();
  }

  next(): Promise<IteratorResult<T>> {
    if (this.#items.size > 0) {
      try {
        return Promise.resolve(this.#take());
      } catch (error) {
        return Promise.reject(error as Error);
      }
    }
    return new Promise((resolve, reject) => {
      if (this.#over !== undefined) this.#finish({ resolve, reject });
      // `push` into an empty array makes room for 17; hardly a reader asks twice (bench row `memory`).
      else if (this.#waiting.length === 0) this.#waiting = [{ resolve, reject }];
      else this.#waiting.push({ resolve, reject });
    });
  }

  /** A reader that leaves its loop cancels the call. */
  return(): Promise<IteratorResult<T>> {
    const ended = this.#over !== undefined;
    this.#over = "done";
    this.#items = new RingQueue();
    this.unreadBytes = 0;
    this.#finishAll();
    if (!ended) this.owner?.onAbandoned();
    return Promise.resolve({ value: undefined, done: true });
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  #serve({ resolve, reject }: Waiter<T>): void {
    try {
      resolve(this.#take());
    } catch (error) {
      reject(error);
      this.#finishAll();
    }
  }

  /** The first message, which there is. */
  #take(): IteratorResult<T> {
    const { message, wireBytes } = this.#items.shift() as Item<T>;
    this.unreadBytes -= wireBytes;
    this.owner?.onRead();
    return { value: message instanceof CompressedMessage ? this.#open(message) : message, done: false };
  }

  #open(message: CompressedMessage): T {
    try {
      return this.owner?.open?.(message) as T;
    } catch (error) {
      this.#over = "done";
      this.#items = new RingQueue();
      this.unreadBytes = 0;
      throw error;
    }
  }

  #finishAll(): void {
    const waiting = this.#waiting;
    this.#waiting = nobody;
    for (const reader of waiting) this.#finish(reader);
  }

  #finish(reader: Waiter<T>): void {
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

interface Item<T> {
  readonly message: T | CompressedMessage;
  readonly wireBytes: number;
}

interface Waiter<T> {
  readonly resolve: (result: IteratorResult<T>) => void;
  readonly reject: (error: unknown) => void;
}

/** Of queues that no reader waits at; nothing is written to it. */
const nobody: never[] = [];
