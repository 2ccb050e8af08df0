/**
 * The flight record: the last frames of a connection in both directions, in a fixed ring that is always on. It is what
 * a termination report is made of. Nothing is allocated until the first frame, little before the 17th, never more than
 * 2 KiB.
 */

/** One line of a flight record: a frame that came or went. */
export interface FrameNote {
  readonly atMs: number;
  readonly direction: "in" | "out";
  /** Frame type in the RFC's capitals, for instance `GOAWAY`; `0x1f` for a type that RFC 9113 does not know. */
  readonly type: string;
  readonly streamId: number;
  /** Payload bytes. */
  readonly length: number;
  readonly flags: number;
  /** The error code of RST_STREAM and GOAWAY, the increment of WINDOW_UPDATE; 0 for the others. */
  readonly value: number;
}

// 80 notes of 24 bytes are 1,920 bytes.
const capacity = 80;
// A connection that says hello and then waits needs no more: 16 notes are 384 bytes.
const firstCapacity = 16;
const outgoing = 0x10000;

const typeNames = [
  "DATA",
  "HEADERS",
  "PRIORITY",
  "RST_STREAM",
  "SETTINGS",
  "PUSH_PROMISE",
  "PING",
  "GOAWAY",
  "WINDOW_UPDATE",
  "CONTINUATION",
];

/** `PING` for 6. */
export function frameTypeName(type: number): string {
  return typeNames[type] ?? `0x${type.toString(16)}`;
}

export class FlightRecord {
  #times: Float64Array | undefined;
  #words: Uint32Array | undefined;
  #count = 0;

  received(atMs: number, type: number, flags: number, streamId: number, length: number, value: number): void {
    this.#note(atMs, type | (flags << 8), streamId, length, value);
  }

  sent(atMs: number, type: number, flags: number, streamId: number, length: number, value: number): void {
    this.#note(atMs, type | (flags << 8) | outgoing, streamId, length, value);
  }

  /** Oldest first. */
  notes(): FrameNote[] {
    const times = this.#times;
    const words = this.#words;
    if (times === undefined || words === undefined) return [];
    const notes: FrameNote[] = [];
    for (let i = Math.max(0, this.#count - capacity); i < this.#count; i++) {
      const slot = i % capacity;
      const packed = words[slot * 4] ?? 0;
      notes.push({
        atMs: times[slot] ?? 0,
        direction: (packed & outgoing) !== 0 ? "out" : "in",
        type: frameTypeName(packed & 0xff),
        flags: (packed >>> 8) & 0xff,
        streamId: words[slot * 4 + 1] ?? 0,
        length: words[slot * 4 + 2] ?? 0,
        value: words[slot * 4 + 3] ?? 0,
      });
    }
    return notes;
  }

  #note(atMs: number, packed: number, streamId: number, length: number, value: number): void {
    if (this.#count === 0 || this.#count === firstCapacity) this.#grow();
    const times = this.#times as Float64Array;
    const words = this.#words as Uint32Array;
    const slot = this.#count++ % capacity;
    times[slot] = atMs;
    words[slot * 4] = packed;
    words[slot * 4 + 1] = streamId;
    words[slot * 4 + 2] = length;
    words[slot * 4 + 3] = value;
  }
  #grow(): void {
    const notes = this.#count === 0 ? firstCapacity : capacity;
    const memory = new ArrayBuffer(notes * 24);
    const times = new Float64Array(memory, 0, notes);
    const words = new Uint32Array(memory, notes * 8);
    if (this.#times !== undefined) times.set(this.#times);
    if (this.#words !== undefined) words.set(this.#words);
    this.#times = times;
    this.#words = words;
  }
}
