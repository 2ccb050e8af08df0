import type { StatusError } from "../report/status-error.ts";
import type { ReceivedMessage } from "../rpc/message.ts";
import type { MessageSink } from "./call.ts";
import { MessageQueue } from "./message-queue.ts";
import { undecodable } from "./undecodable.ts";

/** The two shapes of an answer: one message that a promise waits for, or a stream of them that is iterated. */

type Decode = (bytes: Uint8Array) => unknown;

/** Exactly one message: unary and client-streaming methods. */
export class OneMessage implements MessageSink {
  /** The message is read when the status is there: until then its peer needs no credit, as it has nothing more to send. */
  unreadBytes = 0;
  readonly more = false;
  readonly #decode: Decode;
  readonly #resolve: (message: unknown) => void;
  readonly #reject: (error: unknown) => void;
  #message: { readonly value: unknown } | undefined = undefined;

  constructor(decode: Decode, resolve: (message: unknown) => void, reject: (error: unknown) => void) {
    this.#decode = decode;
    this.#resolve = resolve;
    this.#reject = reject;
  }

  onMessage(bytes: Uint8Array, wireBytes: number): string | undefined {
    this.unreadBytes += wireBytes;
    if (this.#message !== undefined) return "a second message came, expected one";
    try {
      this.#message = { value: this.#decode(bytes) };
    } catch (error) {
      return undecodable(bytes, error);
    }
    return undefined;
  }

  onOk(): string | undefined {
    return this.#message === undefined ? "status OK came without a message, expected one" : undefined;
  }

  onSettled(error: StatusError | undefined): void {
    if (error === undefined) this.#resolve(this.#message?.value);
    else this.#reject(error);
  }
}

/** Any number of messages: server-streaming and bidirectional methods. */
export class ManyMessages implements MessageSink {
  readonly queue = new MessageQueue<unknown>();
  readonly more = true;
  readonly #decode: Decode;
  readonly #defer: (task: () => void) => void;

  /** A reader that waits is served by `defer`: off the parser's stack, and once for all that came in a turn. */
  constructor(decode: Decode, defer: (task: () => void) => void) {
    this.#decode = decode;
    this.#defer = defer;
  }

  #settleScheduled = false;

  get unreadBytes(): number {
    return this.queue.unreadBytes;
  }

  onMessage(received: ReceivedMessage, wireBytes: number): string | undefined {
    let message: unknown = received;
    if (received instanceof Uint8Array) {
      try {
        message = this.#decode(received);
      } catch (error) {
        return undecodable(received, error);
      }
    }
    this.queue.add(message, wireBytes);
    if (!this.#settleScheduled) {
      this.#settleScheduled = true;
      this.#defer(this.#settle);
    }
    return undefined;
  }

  readonly #settle = (): void => {
    this.#settleScheduled = false;
    this.queue.settle();
  };

  onOk(): undefined {
    return undefined;
  }

  onSettled(error: StatusError | undefined): void {
    this.queue.end(error);
  }
}
