/**
 * The streams of one end of a connection as a bystander counts them: which are open, and how much may still be sent on
 * each. Owns the rules of RFC 9113 §5.1.2 and §6.9 on streams; what it finds it tells.
 */

import { readU32, type ScannedFrame } from "../../watch/frame-scanner.ts";

interface WireStream {
  /** What this end may still send, and what it may still be sent. */
  window: number;
  receiveWindow: number;
  /** END_STREAM was written. */
  written: boolean;
  /** END_STREAM was read. */
  read: boolean;
}

export class WireStreams {
  readonly #role: "client" | "server";
  readonly #broken: (what: string) => void;
  readonly #open = new Map<number, WireStream>();
  #highest = 0;
  /** The last id of this end's GOAWAY: what comes above it is not a stream of ours, RFC 9113 §6.8. */
  #takesUpTo = Infinity;
  /** What the peer's SETTINGS say. */
  #initialWindow = 65_535; // RFC 9113 §6.9.2
  #maxStreams = Infinity;
  /** What this end's own SETTINGS say. */
  #ownWindow = 65_535; // RFC 9113 §6.9.2

  constructor(role: "client" | "server", broken: (what: string) => void) {
    this.#role = role;
    this.#broken = broken;
  }

  get size(): number {
    return this.#open.size;
  }

  /** Their ids. */
  get text(): string {
    return [...this.#open.keys()].join(", ");
  }

  wrote(frame: ScannedFrame): void {
    const { type, flags, streamId, length, start } = frame;
    if (type === goawayType && this.#role === "server") this.#takesUpTo = readU32(start, 0);
    if (type === settingsType && (flags & 1) === 0) this.#ownSettings(start);
    if (type === headersType && this.#role === "client" && streamId > this.#highest) this.#request(streamId);
    const stream = this.#open.get(streamId);
    if (stream === undefined) {
      this.#wroteOnNone(frame);
      return;
    }
    if (type === dataType) {
      if (stream.written) this.#broken(`sent DATA on stream ${streamId} after its END_STREAM`);
      stream.window -= length;
      if (length > 0 && stream.window < 0) this.#broken(`sent ${-stream.window} octets too many on stream ${streamId}`);
    }
    if (type === windowUpdateType) {
      stream.receiveWindow += readU32(start, 0);
      // The pieces of a frame are credited as they come, and counted here when it is whole.
      const over = stream.receiveWindow - this.#ownWindow - maxFrameBytes;
      if (over > 0) this.#broken(`credited stream ${streamId} with ${over} octets that it was not sent`);
    }
    if (type === resetType) this.#open.delete(streamId);
    if (endsStream(type, flags)) this.#ended(streamId, stream, "written");
  }

  read({ type, flags, streamId, start, length }: ScannedFrame): void {
    if (type === settingsType && (flags & 1) === 0) this.#settings(start);
    if (type === goawayType && this.#role === "client") this.#goneAbove(readU32(start, 0) & 0x7fffffff);
    const isNew = type === headersType && this.#role === "server" && streamId > this.#highest;
    if (isNew && streamId <= this.#takesUpTo) this.#opened(streamId);
    const stream = this.#open.get(streamId);
    if (stream === undefined) return;
    if (type === dataType) stream.receiveWindow -= length;
    if (type === windowUpdateType) stream.window += readU32(start, 0) & 0x7fffffff;
    if (type === resetType) this.#open.delete(streamId);
    if (endsStream(type, flags)) this.#ended(streamId, stream, "read");
  }

  /** RFC 9113 §5.1: after its own END_STREAM and the peer's, or a reset, an end has nothing to say. */
  #wroteOnNone({ type, streamId }: ScannedFrame): void {
    if (type === dataType || type === headersType)
      this.#broken(`sent a frame of type ${type} on stream ${streamId}, which is over`);
  }

  #request(streamId: number): void {
    if (this.#open.size >= this.#maxStreams) {
      this.#broken(`opened stream ${streamId} beside ${this.#open.size}, and the peer allows ${this.#maxStreams}`);
    }
    this.#opened(streamId);
  }

  #opened(streamId: number): void {
    this.#highest = streamId;
    this.#open.set(streamId, {
      window: this.#initialWindow,
      receiveWindow: this.#ownWindow,
      written: false,
      read: false,
    });
  }

  #ended(streamId: number, stream: WireStream, half: "written" | "read"): void {
    stream[half] = true;
    if (stream.written && stream.read) this.#open.delete(streamId);
  }

  #goneAbove(lastId: number): void {
    for (const id of this.#open.keys()) if (id > lastId) this.#open.delete(id);
  }

  #settings(start: Uint8Array): void {
    for (const [id, value] of settingsIn(start)) {
      if (id === maxStreamsSetting) this.#maxStreams = value;
      if (id !== initialWindowSetting) continue;
      for (const stream of this.#open.values()) stream.window += value - this.#initialWindow;
      this.#initialWindow = value;
    }
  }

  #ownSettings(start: Uint8Array): void {
    for (const [id, value] of settingsIn(start)) {
      if (id !== initialWindowSetting) continue;
      for (const stream of this.#open.values()) stream.receiveWindow += value - this.#ownWindow;
      this.#ownWindow = value;
    }
  }
}

/** RFC 9113 §4.2: the largest that neither of our ends raises. */
export const maxFrameBytes = 16_384;
const dataType = 0x0;
const headersType = 0x1;
const resetType = 0x3;
const settingsType = 0x4;
const goawayType = 0x7;
const windowUpdateType = 0x8;
const maxStreamsSetting = 0x3;
export const initialWindowSetting = 0x4;

/** RFC 9113 §6.5.1, as far as the scanner kept them. */
export function* settingsIn(start: Uint8Array): Generator<readonly [id: number, value: number]> {
  for (let at = 0; at + 6 <= start.length; at += 6) {
    yield [((start[at] as number) << 8) | (start[at + 1] as number), readU32(start, at + 2)];
  }
}

function endsStream(type: number, flags: number): boolean {
  return (type === dataType || type === headersType) && (flags & 1) !== 0;
}
