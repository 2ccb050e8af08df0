import type { StatusError } from "../report/status-error.ts";
import type { MessageSink } from "./call.ts";
import { MessageQueue } from "./message-queue.ts";

/** The two shapes of an answer: one message that a promise waits for, or a stream of them that is iterated. */

type Decode = (bytes: Uint8Array) => unknown;

/** Exactly one message: unary and client-streaming methods. */
export class OneMessage implements MessageSink {
  readonly unreadBytes = 0;
  readonly #decode: Decode;
  readonly #resolve: (message: unknown) => void;
  readonly #reject: (error: unknown) => void;
  #message: { readonly value: unknown } | undefined = undefined;

  constructor(decode: Decode, resolve: (message: unknown) => void, reject: (error: unknown) => void) {
    this.#decode = decode;
    this.#resolve = resolve;
    this.#reject = reject;
  }

  onMessage(bytes: Uint8Array): string | undefined {
    if (this.#message !== undefined) return "a second message came, expected one";
    const decoded = decodeWith(this.#decode, bytes);
    if ("wrong" in decoded) return decoded.wrong;
    this.#message = decoded;
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
  readonly queue: MessageQueue<unknown>;
  readonly #decode: Decode;
  readonly #defer: (task: () => void) => void;

  /** Messages are handed to the reader by `defer`: off the parser's stack. */
  constructor(decode: Decode, defer: (task: () => void) => void, onRead: () => void, onAbandoned: () => void) {
    this.#decode = decode;
    this.#defer = defer;
    this.queue = new MessageQueue(onRead, onAbandoned);
  }

  /** Octets on their way to the queue. */
  #deferredBytes = 0;
  /** What came in this turn: one task hands all of it on (bench row `streaming-client-bytes`). */
  #arrived: { readonly value: unknown; readonly wireBytes: number }[] = [];

  get unreadBytes(): number {
    return this.queue.unreadBytes + this.#deferredBytes;
  }

  onMessage(bytes: Uint8Array, wireBytes: number): string | undefined {
    const decoded = decodeWith(this.#decode, bytes);
    if ("wrong" in decoded) return decoded.wrong;
    this.#deferredBytes += wireBytes;
    if (this.#arrived.push({ value: decoded.value, wireBytes }) === 1) this.#defer(this.#handOn);
    return undefined;
  }

  readonly #handOn = (): void => {
    const arrived = this.#arrived;
    this.#arrived = [];
    for (const { value, wireBytes } of arrived) {
      this.#deferredBytes -= wireBytes;
      this.queue.push(value, wireBytes);
    }
  };

  onOk(): undefined {
    return undefined;
  }

  onSettled(error: StatusError | undefined): void {
    this.queue.end(error);
  }
}

function decodeWith(decode: Decode, bytes: Uint8Array): { readonly value: unknown } | { readonly wrong: string } {
  try {
    return { value: decode(bytes) };
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    return { wrong: `a message of ${bytes.length} bytes could not be decoded: ${why}` };
  }
}
