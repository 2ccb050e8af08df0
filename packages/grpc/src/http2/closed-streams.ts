/**
 * Remembers how the last streams ended, because what a late frame means depends on it, RFC 9113 §5.1 "closed": after
 * our own reset the peer's frames are on their way and harmless; after its END_STREAM or reset they are errors. Older
 * streams are forgotten, and their late frames are ignored (and counted as useless).
 */
export type ClosedHow = "ended-by-peer" | "reset-by-peer" | "reset-by-us" | "forgotten";

// A stream's late frames arrive within a round trip; 256 covers that at 100,000 streams a second and 2 ms.
const capacity = 256;

export class ClosedStreams {
  readonly #ids = new Uint32Array(capacity);
  readonly #hows: ClosedHow[] = new Array<ClosedHow>(capacity).fill("forgotten");

  note(id: number, how: ClosedHow): void {
    const slot = (id >>> 1) % capacity;
    this.#ids[slot] = id;
    this.#hows[slot] = how;
  }

  of(id: number): ClosedHow {
    const slot = (id >>> 1) % capacity;
    return this.#ids[slot] === id ? (this.#hows[slot] as ClosedHow) : "forgotten";
  }
}
