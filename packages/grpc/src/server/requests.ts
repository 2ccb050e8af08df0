/**
 * The request side of a call: octets of DATA to messages, with their flow control. One message, or a stream of them; what
 * the client does wrong comes back as a fault.
 */

import { StatusError } from "../report/status-error.ts";
import { acceptEncoding } from "../rpc/compression.ts";
import {
  type CompressedMessage,
  type MessageEvents,
  type MessageFault,
  MessageReader,
  prefixBytes,
  type ReceivedMessage,
} from "../rpc/message.ts";
import { status, type StatusCode } from "../rpc/status.ts";
import { type Flow, ReadQueue, type ReadSource } from "./read-queue.ts";

/** Why a request cannot go on. */
export interface RequestFault {
  readonly kind: MessageFault["kind"] | "cardinality";
  readonly code: StatusCode;
  readonly detail: string;
}

/** From a message as it came to what the handler reads. */
export interface Decoder {
  decode(message: ReceivedMessage): unknown;
  /** Whether the client named a coding that we know. Absent: it did not. */
  readonly mayBeCompressed?: boolean;
}

export interface Requests {
  /** Takes borrowed octets; `endStream` as on the frame. */
  push(bytes: Uint8Array, endStream: boolean): RequestFault | undefined;
  /** No more octets will come. */
  end(): RequestFault | undefined;
  /** True once the handler can be entered. */
  readonly ready: boolean;
  /** Nobody will read any more: a reader that waits, or comes, gets the reason. */
  abandon(reason: () => unknown): void;
}

type SingleFlow = Flow & Pick<Decoder, "mayBeCompressed">;

/** A request of exactly one message: the handler is entered when it is whole and the client has ended its half. */
export class SingleRequest implements Requests, MessageEvents {
  readonly #flow: SingleFlow;
  readonly #reader: MessageReader;
  #message: ReceivedMessage | undefined;
  #count = 0;
  #ended = false;

  constructor(flow: SingleFlow, maxBytes: number) {
    this.#flow = flow;
    this.#reader = new MessageReader(maxBytes, this);
  }

  onMessage(message: ReceivedMessage): void {
    if (this.#count++ === 0) this.#message = message;
  }

  onCompressed(message: CompressedMessage): void {
    this.onMessage(message);
  }

  get mayBeCompressed(): boolean {
    return this.#flow.mayBeCompressed === true;
  }

  get ready(): boolean {
    return this.#ended && this.#count === 1;
  }

  push(bytes: Uint8Array, endStream: boolean): RequestFault | undefined {
    const fault = this.#reader.push(bytes);
    if (fault !== undefined) return fault;
    // Up to the size limit it is wanted whole, so it may come as fast as it can.
    if (!endStream) this.#flow.creditAhead(bytes.length, this.#reader.restBytes);
    // Who is whole and only owes us END_STREAM must not keep others waiting for the budget.
    if (endStream || this.#reader.pendingBytes === 0) this.#flow.whole();
    return this.#count > 1 ? wrongCount("more than one") : undefined;
  }

  end(): RequestFault | undefined {
    this.#ended = true;
    this.#flow.whole();
    return this.#reader.end() ?? (this.#count === 0 ? wrongCount("none") : undefined);
  }

  /** The message; only once, and only when `ready`. */
  take(): ReceivedMessage {
    const message = this.#message as ReceivedMessage;
    this.#message = undefined;
    this.#flow.free(Infinity);
    return message;
  }

  abandon(): void {
    this.#message = undefined;
    this.#flow.whole();
    this.#flow.free(Infinity);
  }
}

/** A stream of messages: the handler is entered at once and reads them. */
export class StreamedRequests implements Requests, MessageEvents, ReadSource<unknown> {
  /** For the handler. */
  readonly messages: ReadQueue<unknown>;
  readonly ready = true;
  readonly #flow: Flow;
  readonly #decoder: Decoder;
  readonly #reader: MessageReader;
  /** Of the octets of the message that is not whole yet, how many the client has got credited. */
  #creditedBytes = 0;

  constructor(flow: Flow, maxBytes: number, decoder: Decoder) {
    this.#flow = flow;
    this.#decoder = decoder;
    this.messages = new ReadQueue(flow, this);
    this.#reader = new MessageReader(maxBytes, this);
  }

  onMessage(message: ReceivedMessage): void {
    const heldBytes = prefixBytes + message.length;
    this.messages.enqueue(message, heldBytes - this.#creditedBytes, heldBytes);
    this.#creditedBytes = 0;
    this.#flow.whole();
  }

  onCompressed(message: CompressedMessage): void {
    this.onMessage(message);
  }

  get mayBeCompressed(): boolean {
    return this.#decoder.mayBeCompressed === true;
  }

  decode(message: ReceivedMessage): unknown {
    return this.#decoder.decode(message);
  }

  onEmptied(): void {
    this.#creditPending();
  }

  /** Whole messages are credited when the handler reads them. */
  push(bytes: Uint8Array): RequestFault | undefined {
    const fault = this.#reader.push(bytes);
    if (this.messages.empty) this.#creditPending();
    return fault;
  }

  end(): RequestFault | undefined {
    const fault = this.#reader.end();
    if (fault === undefined) this.messages.end();
    return fault;
  }

  abandon(reason: () => unknown): void {
    this.messages.fail(reason);
    this.#flow.whole();
    this.#flow.free(Infinity);
  }

  /**
   * Half a message, with no whole one before it, can be read by nobody: its other half must be able to come even if it
   * is larger than the window.
   */
  #creditPending(): void {
    const { pendingBytes } = this.#reader;
    if (pendingBytes === this.#creditedBytes) return;
    this.#flow.creditAhead(pendingBytes - this.#creditedBytes);
    this.#creditedBytes = pendingBytes;
  }
}

/** gRPC's statuscodes.md: "Request cardinality violation" is UNIMPLEMENTED. */
function wrongCount(count: string): RequestFault {
  const detail = `the method takes exactly one request message, ${count} came`;
  return { kind: "cardinality", code: status.UNIMPLEMENTED, detail };
}

/** What the client hears of a fault; `encoding` is its grpc-encoding header. */
export function faultAsError(fault: RequestFault, encoding: string | undefined): StatusError {
  switch (fault.kind) {
    case "too-large":
      return new StatusError(fault.code, `request ${fault.detail}`, { reason: "MESSAGE_TOO_LARGE" });
    case "compressed":
      if (encoding !== undefined && encoding !== "identity") {
        const text = `the request is compressed with ${JSON.stringify(encoding)}, this server accepts: ${acceptEncoding}`;
        return StatusError.of("UNSUPPORTED_ENCODING", text);
      }
      return new StatusError(fault.code, fault.detail, { reason: "BAD_REQUEST" });
    case "bad-compression":
    case "bad-flag":
    case "truncated":
    case "cardinality":
      return new StatusError(fault.code, fault.detail, { reason: "BAD_REQUEST" });
  }
}
