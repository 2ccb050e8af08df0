/**
 * Length-prefixed messages, as gRPC's PROTOCOL-HTTP2 frames them: one flag byte, four bytes of length, the message.
 * Owns the cutting of a byte stream into messages and nothing of their meaning. What a peer does wrong comes back as a
 * `MessageFault`; nothing here throws, and a claimed length alone never makes us allocate.
 */

import { allocate, copyOf, latin1 } from "../http2/bytes.ts";
import { status, type StatusCode } from "./status.ts";

/** Flag and length before each message. */
export const prefixBytes = 5;

// gRPC's customary limit of 4 MiB for a received message (`grpc.max_receive_message_length`).
export const defaultMaxMessageBytes = 4_194_304;

// Below this a copy costs less than a second chunk in the writev.
const oneChunkBytes = 2_048;

// One default stream window (RFC 9113 §6.9.2): so much a peer may make us hold anyway.
const freelyAllocatedBytes = 65_536;

/**
 * How much room a message gets for each octet that came: sixty-four up to a megabyte, eight beyond. With eight alone a
 * message of 1 MB had two buffers in its life, and freeing the small ones between the large ones cost more than the copy: a
 * tenth of both ends' time (bench row `upload-1mb`). Room that is never filled takes no memory from the machine, which
 * hands out pages as they are touched.
 */
const roomPerByte = 8;
const firstRoomPerByte = 64;
const firstRoomBytes = 1_048_576; // 1 MiB

/** Why a stream of messages cannot go on. The `code` is the status that ends the call. */
export interface MessageFault {
  readonly kind: "too-large" | "compressed" | "bad-compression" | "bad-flag" | "truncated";
  readonly code: StatusCode;
  /** What came and what was expected, for a person. */
  readonly detail: string;
}

/** A message as it came, packed. What it holds is the hearer's to find out, when it is wanted. */
export class CompressedMessage {
  readonly packed: Uint8Array;

  constructor(packed: Uint8Array) {
    this.packed = packed;
  }

  /** Of what came, octets. */
  get length(): number {
    return this.packed.length;
  }
}

export type ReceivedMessage = Uint8Array | CompressedMessage;

export interface MessageEvents {
  /** A message is whole. The bytes belong to the hearer. */
  onMessage(bytes: Uint8Array): void;
  /** The same of one that came packed. Absent: none may. */
  onCompressed?(message: CompressedMessage): void;
  /** Asked when a message says that it is compressed: whether a coding was agreed on. */
  readonly mayBeCompressed?: boolean;
}

/** The prefix of a message that is not compressed. */
export function messagePrefix(length: number): Uint8Array {
  return writePrefix(allocate(prefixBytes), length);
}

/** A message ready for the wire: one chunk when it is small, else its prefix and the message itself by reference. */
export function frameMessage(message: Uint8Array): readonly Uint8Array[] {
  if (message.length > oneChunkBytes) return [messagePrefix(message.length), message];
  const framed = writePrefix(allocate(prefixBytes + message.length), message.length);
  framed.set(message, prefixBytes);
  return [framed];
}

/** Flag 0, and the length. */
export function writePrefix(target: Uint8Array, length: number): Uint8Array {
  target[0] = 0;
  target[1] = length >>> 24;
  target[2] = length >>> 16;
  target[3] = length >>> 8;
  target[4] = length;
  return target;
}

/** Cuts one direction of one call into messages. Each is copied out of the chunks that it came in, once. */
export class MessageReader {
  readonly #maxBytes: number;
  readonly #events: MessageEvents;
  #prefixRead = 0;
  #flag = 0;
  #length = 0;
  #filled = 0;
  #buffer: Uint8Array | undefined;
  #fault: MessageFault | undefined;

  /** `maxBytes` limits one message, without its prefix. */
  constructor(maxBytes: number, events: MessageEvents) {
    this.#maxBytes = maxBytes;
    this.#events = events;
  }

  /** Bytes of a message that has begun and is not whole yet, prefix included; they wait here, unread by anybody. */
  get pendingBytes(): number {
    return this.#prefixRead + this.#filled;
  }

  /** Octets that the message which has begun still lacks; 0 while its length is not known. */
  get restBytes(): number {
    return this.#prefixRead < prefixBytes ? 0 : this.#length - this.#filled;
  }

  /** Takes borrowed bytes. A fault is final: whatever is pushed later is dropped and gives the same fault. */
  push(chunk: Uint8Array): MessageFault | undefined {
    let at = 0;
    while (this.#fault === undefined) {
      at = this.#readPrefix(chunk, at);
      if (this.#prefixRead < prefixBytes) return undefined;
      this.#fault = this.#checkPrefix();
      if (this.#fault !== undefined) break;
      const end = at + this.#length - this.#filled;
      if (end > chunk.length) {
        this.#keep(chunk, at, chunk.length);
        return undefined;
      }
      const whole = this.#filled === 0;
      if (!whole) this.#keep(chunk, at, end);
      const message = whole ? copyOf(chunk, at, end) : (this.#buffer as Uint8Array);
      at = end;
      const compressed = this.#flag === 1;
      this.#reset();
      if (compressed) this.#events.onCompressed?.(new CompressedMessage(message));
      else this.#events.onMessage(message);
    }
    return this.#fault;
  }

  /** Says whether the stream may end here: the fault `truncated` when it ends inside a message. */
  end(): MessageFault | undefined {
    if (this.#fault !== undefined || this.#prefixRead === 0) return this.#fault;
    const got = this.#prefixRead < prefixBytes ? "inside a prefix" : `after ${this.#filled} of ${this.#length} bytes`;
    this.#fault = { kind: "truncated", code: status.INTERNAL, detail: `the stream ended inside a message, ${got}` };
    return this.#fault;
  }

  #readPrefix(chunk: Uint8Array, from: number): number {
    let at = from;
    for (; this.#prefixRead < prefixBytes && at < chunk.length; at++) {
      const byte = chunk[at] as number;
      if (this.#prefixRead++ === 0) this.#flag = byte;
      // Not a shift: lengths above 2^31 must stay positive.
      else this.#length = this.#length * 256 + byte;
    }
    return at;
  }

  #checkPrefix(): MessageFault | undefined {
    if (this.#flag === 0 && this.#length <= this.#maxBytes) return undefined;
    const text = asText(this.#flag, this.#length);
    if (this.#flag > 1) {
      const came = `message flag ${this.#flag}, expected 0 or 1`;
      return { kind: "bad-flag", code: status.INTERNAL, detail: came + text };
    }
    if (this.#length > this.#maxBytes) {
      const came = `message of ${this.#length} bytes is over the limit of ${this.#maxBytes}`;
      return { kind: "too-large", code: status.RESOURCE_EXHAUSTED, detail: came + text };
    }
    if (this.#events.mayBeCompressed === true) return undefined;
    // gRPC's compression.md: a set flag without an encoding that both sides know is INTERNAL.
    return { kind: "compressed", code: status.INTERNAL, detail: "compressed message, but no encoding was agreed" };
  }

  /** Room grows with what came, whatever length was claimed. */
  #keep(chunk: Uint8Array, from: number, to: number): void {
    if (from === to) return;
    const needed = this.#filled + to - from;
    const old = this.#buffer;
    let buffer = old;
    if (buffer === undefined || buffer.length < needed) {
      buffer = allocate(roomFor(needed, this.#length));
      if (old !== undefined) buffer.set(old.subarray(0, this.#filled), 0);
      this.#buffer = buffer;
    }
    buffer.set(chunk.subarray(from, to), this.#filled);
    this.#filled = needed;
  }

  #reset(): void {
    this.#prefixRead = 0;
    this.#length = 0;
    this.#filled = 0;
    this.#buffer = undefined;
  }
}

/** Octets of the buffer for a message of `length`, of which `came` are here. */
function roomFor(came: number, length: number): number {
  const earned = Math.max(roomPerByte * came, Math.min(firstRoomPerByte * came, firstRoomBytes), freelyAllocatedBytes);
  // A buffer of more than half of it would be copied nearly whole into the last.
  return earned * 2 >= length ? length : earned;
}

/** A hint when the prefix is four or five printable letters, such as `<html` or `HTTP/`: the peer did not speak gRPC. */
function asText(flag: number, length: number): string {
  const bytes = Uint8Array.of(flag, length >>> 24, length >>> 16, length >>> 8, length);
  if (!bytes.subarray(1).every(isPrintable)) return "";
  const text = latin1(bytes, isPrintable(flag) ? 0 : 1, prefixBytes);
  return `; the prefix reads as the text ${JSON.stringify(text)}, so this looks like an HTML or HTTP answer, not gRPC`;
}

function isPrintable(byte: number): boolean {
  return (byte >= 0x20 && byte <= 0x7e) || byte === 0x09 || byte === 0x0a || byte === 0x0d;
}
