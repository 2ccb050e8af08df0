import type { Host } from "../host/host.ts";
import { StatusError } from "../report/status-error.ts";
import type { Exchange } from "./exchange.ts";
import { failure } from "./failure.ts";
import type { RequestBody } from "./request-body.ts";

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
  const failed = (error: unknown): void => exchange.cancel(error);
  // What the caller's clean-up throws is nobody's news any more; and it is the caller's code, so it runs in its own turn.
  const leave = (): void => host.defer(() => void attempt(() => iterator.return?.()).catch(() => undefined));
  const pull = (): void => {
    if (!exchange.settled) void attempt(() => iterator.next()).then(take, failed);
  };
  const take = (result: IteratorResult<T>): void => {
    if (exchange.settled) return;
    if (result.done === true) {
      body.onClosed = undefined;
      body.end();
      return;
    }
    let room = true;
    try {
      for (const chunk of chunksOf(result.value)) room = body.push(chunk);
    } catch (error) {
      const { code, reason, text } = StatusError.from(error);
      exchange.stop((evidence) => failure(reason, code, text, evidence, { cause: error }));
      return;
    }
    if (room) pull();
    else body.room(pull);
  };
  body.onClosed = leave;
  pull();
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
