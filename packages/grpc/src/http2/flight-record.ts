/**
 * The flight record: the last frames of a connection in both directions, in a fixed ring that is always on. It is what
 * a termination report is made of. Nothing is allocated until the first frame, little before the 9th, never more than
 * 2,560 octets.
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

// 80 notes of 4 numbers are 2,560 octets.
const capacity = 80;
// A connection that says hello and opens one long stream needs no more: 256 octets.
const firstCapacity = 8;
// Time; type, flags, direction (17 bits) and length (24 bits) in one; stream id; value.
const numbersOfNote = 4;
const lengthUnit = 0x20000;

/**
 * Arrays of doubles, to be copied: a plain array, because typed ones of that size keep a buffer and its bookkeeping outside
 * of the heap, 400 octets more for each connection than what they hold (bench row `memory`).
 */
const firstNotes = new Array<number>(firstCapacity * numbersOfNote).fill(0.5);
const allNotes = new Array<number>(capacity * numbersOfNote).fill(0.5);
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
  #numbers: number[] | undefined = undefined;
  #count = 0;

  received(atMs: number, type: number, flags: number, streamId: number, length: number, value: number): void {
    this.#note(atMs, type | (flags << 8), streamId, length, value);
  }

  sent(atMs: number, type: number, flags: number, streamId: number, length: number, value: number): void {
    this.#note(atMs, type | (flags << 8) | outgoing, streamId, length, value);
  }

  /** Oldest first. */
  notes(): FrameNote[] {
    const numbers = this.#numbers;
    if (numbers === undefined) return [];
    const notes: FrameNote[] = [];
    for (let i = Math.max(0, this.#count - capacity); i < this.#count; i++) {
      const at = (i % capacity) * numbersOfNote;
      const [atMs = 0, all = 0, streamId = 0, value = 0] = numbers.slice(at, at + numbersOfNote);
      const packed = all % lengthUnit;
      notes.push({
        atMs,
        direction: (packed & outgoing) !== 0 ? "out" : "in",
        type: frameTypeName(packed & 0xff),
        flags: (packed >>> 8) & 0xff,
        streamId,
        length: Math.floor(all / lengthUnit),
        value,
      });
    }
    return notes;
  }

  #note(atMs: number, packed: number, streamId: number, length: number, value: number): void {
    if (this.#count === 0 || this.#count === firstCapacity) this.#grow();
    const numbers = this.#numbers as number[];
    const at = (this.#count++ % capacity) * numbersOfNote;
    numbers[at] = atMs;
    numbers[at + 1] = packed + length * lengthUnit;
    numbers[at + 2] = streamId;
    numbers[at + 3] = value;
  }

  #grow(): void {
    const before = this.#numbers;
    const numbers = before === undefined ? firstNotes.slice() : allNotes.slice();
    if (before !== undefined) for (let i = 0; i < before.length; i++) numbers[i] = before[i] as number;
    this.#numbers = numbers;
  }
}
