import { StatusError } from "../report/status-error.ts";
import type { Exchange } from "./exchange.ts";
import { failure } from "./failure.ts";
import type { RequestBody } from "./request-body.ts";

/**
 * Sends what a caller's iterable gives, as the peer takes it. When the call settles first, the iterable is told at once
 * (`return`), so that a generator's `finally` runs. An error of the iterable cancels the call; a message that cannot be
 * sent ends it under its own name.
 */
export function pump<T>(
  messages: AsyncIterable<T>,
  chunksOf: (message: T) => readonly Uint8Array[],
  body: RequestBody,
  exchange: Exchange,
): void {
  const iterator = messages[Symbol.asyncIterator]();
  const leave = (): void => {
    // What the caller's clean-up throws is nobody's news any more.
    iterator.return?.().catch(() => undefined);
  };
  const pull = (): void => {
    if (!exchange.settled) void iterator.next().then(take, (error: unknown) => exchange.cancel(error));
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
