import type { HeaderList } from "./header-list.ts";
import type { BudgetHolder } from "./receive-budget.ts";
import { RingQueue } from "./ring-queue.ts";
import { type StreamInput, type StreamState, streamTable } from "./stream-state.ts";
import type { Violation } from "./violation.ts";
import type { ReceiveWindow } from "./windows.ts";

/** How a stream ended. */
export type StreamEnd =
  /** Both halves ended with END_STREAM (or a server's answer was whole before the request was). */
  | { readonly kind: "complete" }
  | { readonly kind: "reset-by-peer"; readonly code: number }
  /** By the application, or because of what the peer sent. */
  | { readonly kind: "reset-by-us"; readonly code: number; readonly violation?: Violation }
  /** Its id is above the last one that the peer's GOAWAY names, RFC 9113 §6.8. */
  | { readonly kind: "goaway-above-last-id"; readonly lastStreamId: number }
  /** The connection ended, or was condemned, under it. */
  | { readonly kind: "connection" };

/**
 * Hears what happens on one stream. Called on the parser's stack: commands given inside only enqueue, and code of the
 * user must not run here.
 */
export interface StreamEvents {
  /** The request's or final response's header section. */
  onHeaders(list: HeaderList, endStream: boolean): void;
  /** A 1xx response, RFC 9113 §8.1. */
  onInformational?(list: HeaderList): void;
  /** A piece of the body, borrowed for the call. To be answered, now or later, by `credit` and `free` for its length. */
  onData(bytes: Uint8Array, endStream: boolean): void;
  /** The trailer section; the receiving half is over. */
  onTrailers(list: HeaderList): void;
  /** What was queued for sending fell below the low-water mark after it had been above the high one. */
  onDrain(): void;
  /** The last event. */
  onClosed(end: StreamEnd): void;
}

/** What the receive budget says of a stream, for its connection. */
export interface HolderEvents {
  creditAllowed(stream: Http2Stream): void;
  giveWay(stream: Http2Stream, nowMs: number): void;
}

/** Queued bytes above which `sendData` asks the caller to wait, and below which `onDrain` says go on. 64 and 16 KiB. */
export const highWaterBytes = 65_536;
export const lowWaterBytes = 16_384;

/** One stream, RFC 9113 §5. Made and driven by its connection; changed in place. */
export class Http2Stream implements BudgetHolder {
  readonly id: number;
  events: StreamEvents = deaf;
  state: StreamState = "idle";
  /** What the peer may still send us on this stream. */
  readonly window: ReceiveWindow;
  /** What we may still send; negative after the peer lowered its initial window, RFC 9113 §6.9.2. */
  sendWindow: number;

  /** Header section waiting for its turn to be encoded; afterwards undefined. */
  head: HeaderList | undefined = undefined;
  trailers: HeaderList | undefined = undefined;
  /** True once END_STREAM is to follow what is queued, and for ever after. */
  endQueued = false;
  /** True once our header section is on its way: before that, closing the stream leaves no trace on the wire. */
  headSent = false;
  queuedBytes = 0;
  aboveHighWater = false;
  /** Which of the connection's queues it stands in: it has something to send, or waits for the connection's window. */
  place: "none" | "turns" | "waiting" = "none";

  /** How it ended, once it has. */
  end: StreamEnd | undefined = undefined;

  /** True for a request whose response has no body whatever its content-length, RFC 9110 §9.3.2: HEAD. */
  bodiless = false;
  heldBytes = 0;
  /** Octets of a half-received message that the peer was not credited for, because the budget is spent. */
  withheldBytes = 0;
  /** The same of messages that are whole meanwhile: due with the next octets that the application uses. */
  owedBytes = 0;
  /** How far the receiving half got. */
  received: "nothing" | "head" | "end" = "nothing";
  /** Announced by content-length, -1 if not. */
  expectedBytes = -1;
  receivedBytes = 0;

  readonly #holderEvents: HolderEvents;
  /** What is queued: most streams never have more than one piece, and pay for no queue. */
  #chunk: Uint8Array | undefined = undefined;
  #more: RingQueue<Uint8Array> | undefined = undefined;
  /** Octets of the first piece that are gone. */
  #offset = 0;

  constructor(id: number, window: ReceiveWindow, sendWindow: number, holderEvents: HolderEvents) {
    this.id = id;
    this.window = window;
    this.sendWindow = sendWindow;
    this.#holderEvents = holderEvents;
  }

  /** Moves by the table; false, and no move, where the table has no cell. */
  move(input: StreamInput): boolean {
    const next = streamTable[this.state][input];
    if (next === undefined) return false;
    this.state = next;
    return true;
  }

  creditAllowed(): void {
    this.#holderEvents.creditAllowed(this);
  }

  giveWay(nowMs: number): void {
    this.#holderEvents.giveWay(this, nowMs);
  }

  enqueue(bytes: Uint8Array): void {
    if (bytes.length === 0) return;
    if (this.#chunk === undefined) this.#chunk = bytes;
    else (this.#more ??= new RingQueue()).push(bytes);
    this.queuedBytes += bytes.length;
    if (this.queuedBytes > highWaterBytes) this.aboveHighWater = true;
  }

  /** The next piece of at most `limit` bytes, by reference. Only called while bytes are queued. */
  dequeue(limit: number): Uint8Array {
    const chunk = this.#chunk as Uint8Array;
    const end = Math.min(chunk.length, this.#offset + limit);
    const piece = this.#offset === 0 && end === chunk.length ? chunk : chunk.subarray(this.#offset, end);
    this.queuedBytes -= piece.length;
    if (end < chunk.length) {
      this.#offset = end;
      return piece;
    }
    this.#offset = 0;
    this.#chunk = this.#more?.shift();
    return piece;
  }

  /** Drops what is queued; nothing moves it from here. */
  close(end: StreamEnd): void {
    this.state = "closed";
    this.end = end;
    this.#chunk = undefined;
    this.#more = undefined;
    this.head = undefined;
    this.trailers = undefined;
    this.queuedBytes = 0;
  }
}

/** Until its connection's owner has said who listens. */
const deaf: StreamEvents = {
  onHeaders: () => undefined,
  onData: () => undefined,
  onTrailers: () => undefined,
  onDrain: () => undefined,
  onClosed: () => undefined,
};
