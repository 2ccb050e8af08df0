/**
 * Cuts a stream of bytes into HTTP/2 frames (RFC 9113 §4.1) as a bystander: by its own few lines, so that what the engine
 * does is not judged by the engine. Judges nothing; keeps the first octets of each payload and passes over the rest.
 */

/** Enough for SETTINGS of ten pairs, and for the words of a GOAWAY. */
const keptBytes = 64;
const headBytes = 9;
/** RFC 9113 §3.4. */
export const prefaceBytes = 24;

export interface ScannedFrame {
  readonly type: number;
  readonly flags: number;
  readonly streamId: number;
  readonly length: number;
  /** The first octets of the payload; borrowed for the call. */
  readonly start: Uint8Array;
}

export class FrameScanner {
  readonly #onFrame: (frame: ScannedFrame) => void;
  readonly #head = new Uint8Array(headBytes);
  readonly #kept = new Uint8Array(keptBytes);
  #skip: number;
  #headLength = 0;
  #length = 0;
  #seen = 0;

  /** @param skip Octets before the first frame: `prefaceBytes` for what a client sends. */
  constructor(skip: number, onFrame: (frame: ScannedFrame) => void) {
    this.#skip = skip;
    this.#onFrame = onFrame;
  }

  push(bytes: Uint8Array): void {
    let at = Math.min(this.#skip, bytes.length);
    this.#skip -= at;
    while (at < bytes.length)
      at = this.#headLength < headBytes ? this.#pushHead(bytes, at) : this.#pushPayload(bytes, at);
  }

  #pushHead(bytes: Uint8Array, from: number): number {
    let at = from;
    while (at < bytes.length && this.#headLength < headBytes) this.#head[this.#headLength++] = bytes[at++] as number;
    if (this.#headLength < headBytes) return at;
    this.#length = (this.#byte(0) << 16) | (this.#byte(1) << 8) | this.#byte(2);
    this.#seen = 0;
    if (this.#length === 0) this.#whole();
    return at;
  }

  #pushPayload(bytes: Uint8Array, at: number): number {
    const taken = Math.min(this.#length - this.#seen, bytes.length - at);
    const room = keptBytes - this.#seen;
    if (room > 0) this.#kept.set(bytes.subarray(at, at + Math.min(taken, room)), this.#seen);
    this.#seen += taken;
    if (this.#seen === this.#length) this.#whole();
    return at + taken;
  }

  #whole(): void {
    this.#headLength = 0;
    this.#onFrame({
      type: this.#byte(3),
      flags: this.#byte(4),
      streamId: readU32(this.#head, 5) & 0x7fffffff,
      length: this.#length,
      start: this.#kept.subarray(0, Math.min(this.#length, keptBytes)),
    });
  }

  #byte(at: number): number {
    return this.#head[at] as number;
  }
}

/** Big-endian. */
export function readU32(bytes: Uint8Array, at: number): number {
  return new DataView(bytes.buffer, bytes.byteOffset).getUint32(at);
}
