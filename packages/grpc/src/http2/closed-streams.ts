/**
 * Remembers how the last streams ended, because what a late frame means depends on it, RFC 9113 §5.1 "closed": after
 * our own reset the peer's frames are on their way and harmless; after its END_STREAM or reset they are errors. Older
 * streams are forgotten, and their late frames are ignored (and counted as useless).
 */
export type ClosedHow = "ended-by-peer" | "reset-by-peer" | "reset-by-us" | "forgotten";

// A stream's late frames arrive within a round trip; 256 covers that at 100,000 streams a second and 2 ms.
const capacity = 256;

// As small numbers: a byte each.
const hows: readonly ClosedHow[] = ["forgotten", "ended-by-peer", "reset-by-peer", "reset-by-us"];

export class ClosedStreams {
  // Both made for the first stream that ends: an idle connection needs neither.
  #ids: Uint32Array | undefined = undefined;
  #hows: Uint8Array | undefined = undefined;

  note(id: number, how: ClosedHow): void {
    const slot = (id >>> 1) % capacity;
    (this.#ids ??= new Uint32Array(capacity))[slot] = id;
    (this.#hows ??= new Uint8Array(capacity))[slot] = hows.indexOf(how);
  }

  of(id: number): ClosedHow {
    const slot = (id >>> 1) % capacity;
    return this.#ids?.[slot] === id ? (hows[this.#hows?.[slot] ?? 0] as ClosedHow) : "forgotten";
  }
}
