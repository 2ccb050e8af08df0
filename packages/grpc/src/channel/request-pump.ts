import type { Host } from "../host/host.ts";
import { StatusError } from "../report/status-error.ts";
import type { Exchange } from "./exchange.ts";
import { failure } from "./failure.ts";
import type { RequestBody, RequestFiller } from "./request-body.ts";

/**
 * Sends what a caller's iterable gives, as the peer takes it. When the call settles first, the iterable is told
 * (`return`), so that a generator's `finally` runs. An error of the iterable cancels the call; a message that cannot be
 * sent ends it under its own name.
 */
export function pump<T>(
  host: Host,
  iterator: AsyncIterator<T>,
  chunksOf: (message: T) => readonly Uint8Array[],
  body: RequestBody,
  exchange: Exchange,
): void {
  const one = new Pump(host, iterator, chunksOf, body, exchange);
  body.filler = one;
  one.pull();
}

/** An object, not a closure for each event: those were half a KiB of every open stream (bench row `memory`). */
class Pump<T> implements RequestFiller {
  readonly #host: Host;
  readonly #iterator: AsyncIterator<T>;
  readonly #chunksOf: (message: T) => readonly Uint8Array[];
  readonly #body: RequestBody;
  readonly #exchange: Exchange;

  constructor(
    host: Host,
    iterator: AsyncIterator<T>,
    chunksOf: (message: T) => readonly Uint8Array[],
    body: RequestBody,
    exchange: Exchange,
  ) {
    this.#host = host;
    this.#iterator = iterator;
    this.#chunksOf = chunksOf;
    this.#body = body;
    this.#exchange = exchange;
  }

  pull(): void {
    if (this.#exchange.settled) return;
    this.#next().then(
      (result) => this.#take(result),
      (error: unknown) => this.#exchange.cancel(error),
    );
  }

  /** What the caller's clean-up throws is nobody's news any more; and it is the caller's code, so it runs in its own turn. */
  leave(): void {
    this.#host.defer(() => void attempt(() => this.#iterator.return?.()).catch(() => undefined));
  }

  /** The caller's function may throw, or return something else than a promise. */
  #next(): Promise<IteratorResult<T>> {
    try {
      return Promise.resolve(this.#iterator.next());
    } catch (error) {
      return Promise.reject(error as Error);
    }
  }

  #take(result: IteratorResult<T>): void {
    if (this.#exchange.settled) return;
    if (result.done === true) {
      this.#body.filler = undefined;
      this.#body.end();
      return;
    }
    let room = true;
    try {
      for (const chunk of this.#chunksOf(result.value)) room = this.#body.push(chunk);
    } catch (error) {
      const { code, reason, text } = StatusError.from(error);
      this.#exchange.stop((evidence) => failure(reason, code, text, evidence, { cause: error }));
      return;
    }
    if (room) this.pull();
    else this.#body.wantRoom();
  }
}

/** The iterator of a caller's messages; arrays and other synchronous iterables are taken, too. */
export function iteratorOf<T>(what: string, messages: AsyncIterable<T> | Iterable<T>): AsyncIterator<T> {
  const given = messages as Partial<AsyncIterable<T> & Iterable<T>> | null | undefined;
  const asynchronous = given?.[Symbol.asyncIterator];
  if (typeof asynchronous === "function") return asynchronous.call(given);
  const synchronous = typeof given === "string" ? undefined : given?.[Symbol.iterator];
  if (typeof synchronous === "function") return asyncIteratorOf(synchronous.call(given));
  throw new TypeError(`${what}: expected an iterable of messages, got ${given === null ? "null" : typeof given}`);
}

function asyncIteratorOf<T>(iterator: Iterator<T>): AsyncIterator<T> {
  return {
    next: () => attempt(() => iterator.next()),
    return: () => attempt(() => iterator.return?.() ?? { done: true as const, value: undefined }),
  };
}

/** A caller's function that may throw, or return something else than a promise. */
async function attempt<T>(run: () => T): Promise<Awaited<T>> {
  return await run();
}
