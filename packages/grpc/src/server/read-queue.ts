/**
 * What came and is not read yet, as an async iterator for a handler. Owns the order, the waiting, and the moment at which
 * octets are given back to flow control: when the handler takes them, so that a slow handler slows its client.
 */

import type { ReceivedMessage } from "../rpc/message.ts";

/** Gives octets back. Both are harmless when the stream is gone. */
export interface Flow {
  /** The peer may send so many more. */
  credit(bytes: number): void;
  /** So many are part of a message that is not whole; `whole` follows when it is. Of the last one, what it lacks. */
  creditAhead(bytes: number, restBytes?: number): void;
  /** No message is half received any more. */
  whole(): void;
  /** So many are not in memory any more. */
  free(bytes: number): void;
}

/** Whose messages they are. An object, not closures: two for each open stream (bench row `memory`). */
export interface ReadSource<T> {
  /** Runs when an entry is read; what it throws is what that read rejects with. */
  decode(message: ReceivedMessage): T;
  /** The last entry was read. */
  onEmptied(): void;
}

interface Entry {
  readonly message: ReceivedMessage;
  readonly creditBytes: number;
  readonly heldBytes: number;
}

interface Waiter<T> {
  readonly resolve: (result: IteratorResult<T, undefined>) => void;
  readonly reject: (reason: unknown) => void;
}

type Ending =
  | { readonly kind: "open" }
  /** No more comes; what is queued can still be read. */
  | { readonly kind: "ended" }
  /** Nothing can be read any more. The reason is made when somebody wants it. */
  | { readonly kind: "failed"; readonly reason: () => unknown }
  /** The handler does not want more. */
  | { readonly kind: "left" };

export class ReadQueue<T> implements AsyncIterableIterator<T, undefined> {
  readonly #flow: Flow;
  readonly #source: ReadSource<T>;
  #entries: Entry[] = nothing;
  #first = 0;
  #waiters: Waiter<T>[] = nothing;
  #ending: Ending = open;

  constructor(flow: Flow, source: ReadSource<T>) {
    this.#flow = flow;
    this.#source = source;
  }

  get empty(): boolean {
    return this.#first === this.#entries.length;
  }

  /** The message belongs to the queue; `creditBytes` of the `heldBytes` that it stands for were not credited before. */
  enqueue(message: ReceivedMessage, creditBytes: number, heldBytes: number): void {
    if (this.#ending.kind !== "open") this.#flow.free(heldBytes);
    else if (this.#entries === nothing) this.#entries = [{ message, creditBytes, heldBytes }];
    else this.#entries.push({ message, creditBytes, heldBytes });
  }

  end(): void {
    if (this.#ending.kind === "open") this.#ending = { kind: "ended" };
  }

  /** Drops what is queued. */
  fail(reason: () => unknown): void {
    if (this.#ending.kind === "failed" || this.#ending.kind === "left") return;
    this.#ending = { kind: "failed", reason };
    this.#drop();
  }

  /** True when a reader waits and `settle` would serve it. */
  get due(): boolean {
    return this.#waiters.length > 0 && (!this.empty || this.#ending.kind !== "open");
  }

  /** Serves readers that wait. Settles promises, so never on the parser's stack. */
  settle(): void {
    while (this.due) this.#serve(this.#waiters.shift() as Waiter<T>);
  }

  next(): Promise<IteratorResult<T, undefined>> {
    return new Promise((resolve, reject) => {
      // `push` into an empty array makes room for 17; hardly a reader asks twice (bench row `memory`).
      if (this.#waiters.length === 0) this.#waiters = [{ resolve, reject }];
      else this.#waiters.push({ resolve, reject });
      // Reads are served in the order in which they were asked for.
      if (this.#waiters.length === 1) this.settle();
    });
  }

  return(): Promise<IteratorResult<T, undefined>> {
    this.#ending = { kind: "left" };
    this.#drop();
    this.settle();
    return Promise.resolve({ done: true, value: undefined });
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  #serve({ resolve, reject }: Waiter<T>): void {
    const entry = this.#entries[this.#first];
    if (entry === undefined) {
      if (this.#ending.kind === "failed") reject(this.#ending.reason());
      else resolve({ done: true, value: undefined });
      return;
    }
    this.#advance();
    this.#flow.free(entry.heldBytes);
    this.#flow.credit(entry.creditBytes);
    if (this.empty) this.#source.onEmptied();
    let value: T;
    try {
      value = this.#source.decode(entry.message);
    } catch (error) {
      reject(error);
      return;
    }
    resolve({ done: false, value });
  }

  #advance(): void {
    this.#first++;
    // Half of the array at a time: what is moved was paid for by as many reads.
    if (this.#first < 64 || this.#first * 2 < this.#entries.length) return;
    this.#entries.splice(0, this.#first);
    this.#first = 0;
  }

  #drop(): void {
    for (let i = this.#first; i < this.#entries.length; i++) this.#flow.free((this.#entries[i] as Entry).heldBytes);
    this.#entries = nothing;
    this.#first = 0;
  }
}

const open: Ending = { kind: "open" };
/** Of queues without entries, or readers; nothing is written to it. */
const nothing: never[] = [];
