/**
 * Cuts a stream of bytes into HTTP/2 frames (RFC 9113 §4.1) as a bystander: by its own few lines, so that what the engine
 * does is not judged by the engine. Judges nothing; keeps the first octets of each payload and passes over the rest.
 */

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

/** A frame of which not everything has come. */
export interface UnfinishedFrame {
  /** Absent: not even its header is whole. */
  readonly type?: number;
  /** What its header says of the payload, octets; 0 without one. */
  readonly length: number;
  /** Octets that came of it, its header counted in. */
  readonly seen: number;
}

export class FrameScanner {
  readonly #onFrame: (frame: ScannedFrame) => void;
  readonly #keep: (type: number) => number;
  readonly #head = new Uint8Array(headBytes);
  /** Grows to the largest payload that came in pieces and was to be kept. */
  #kept = new Uint8Array(64); // SETTINGS of ten pairs
  #skip: number;
  #headLength = 0;
  #length = 0;
  #limit = 0;
  #seen = 0;

  /**
   * @param skip Octets before the first frame: `prefaceBytes` for what a client sends.
   * @param keep So many octets of a payload are worth keeping, at most, by the frame's type.
   */
  constructor(skip: number, keep: (type: number) => number, onFrame: (frame: ScannedFrame) => void) {
    this.#skip = skip;
    this.#keep = keep;
    this.#onFrame = onFrame;
  }

  push(bytes: Uint8Array): void {
    let at = Math.min(this.#skip, bytes.length);
    this.#skip -= at;
    while (at < bytes.length)
      at = this.#headLength < headBytes ? this.#pushHead(bytes, at) : this.#pushPayload(bytes, at);
  }

  /** What an end of the stream here would cut off; undefined between two frames. */
  get unfinished(): UnfinishedFrame | undefined {
    if (this.#headLength === 0) return undefined;
    if (this.#headLength < headBytes) return { length: 0, seen: this.#headLength };
    return { type: this.#byte(3), length: this.#length, seen: headBytes + this.#seen };
  }

  #pushHead(bytes: Uint8Array, from: number): number {
    let at = from;
    while (at < bytes.length && this.#headLength < headBytes) this.#head[this.#headLength++] = bytes[at++] as number;
    if (this.#headLength < headBytes) return at;
    this.#length = (this.#byte(0) << 16) | (this.#byte(1) << 8) | this.#byte(2);
    this.#limit = Math.min(this.#length, this.#keep(this.#byte(3)));
    this.#seen = 0;
    if (this.#length === 0) this.#whole(this.#kept.subarray(0, 0));
    return at;
  }

  #pushPayload(bytes: Uint8Array, at: number): number {
    const taken = Math.min(this.#length - this.#seen, bytes.length - at);
    const whole = taken === this.#length;
    const room = this.#limit - this.#seen;
    if (!whole && room > 0) this.#keepPiece(bytes.subarray(at, at + Math.min(taken, room)));
    this.#seen += taken;
    if (whole) this.#whole(bytes.subarray(at, at + this.#limit));
    else if (this.#seen === this.#length) this.#whole(this.#kept.subarray(0, this.#limit));
    return at + taken;
  }

  /** Memory follows what came, not what a header promises. */
  #keepPiece(piece: Uint8Array): void {
    const needed = this.#seen + piece.length;
    if (needed > this.#kept.length) {
      const larger = new Uint8Array(Math.min(this.#limit, Math.max(needed, this.#kept.length * 2)));
      larger.set(this.#kept.subarray(0, this.#seen));
      this.#kept = larger;
    }
    this.#kept.set(piece, this.#seen);
  }

  #whole(start: Uint8Array): void {
    this.#headLength = 0;
    this.#onFrame({
      type: this.#byte(3),
      flags: this.#byte(4),
      streamId: readU32(this.#head, 5) & 0x7fffffff,
      length: this.#length,
      start,
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
