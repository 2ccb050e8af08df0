import type { Http2Stream } from "./stream.ts";

/**
 * The open streams of a connection by their ids. A `Map` would do the same, but one that streams come to and leave for ever
 * makes a new table every so often, and V8 lets each old one point to the next: once one of them is in the old generation,
 * it and its streams keep the following ones alive through every small collection, and the engine spends a third of its
 * time on copying streams that are long closed (bench rows `unary-client-bytes`, `unary-server-bytes`).
 */
export class StreamTable {
  /** Open addressing; a power of two, at most half full. Ids follow each other, so a stream is nearly always at its place. */
  #slots = noSlots;
  #size = 0;

  get size(): number {
    return this.#size;
  }

  get(id: number): Http2Stream | undefined {
    return this.#slots[this.#find(id)];
  }

  /** Adds a stream that is not there. */
  add(stream: Http2Stream): void {
    if (2 * ++this.#size > this.#slots.length) this.#grow();
    this.#slots[this.#find(stream.id)] = stream;
  }

  /** False if there was none of this id. */
  delete(id: number): boolean {
    const slots = this.#slots;
    const mask = slots.length - 1;
    let hole = this.#find(id);
    if (slots[hole] === undefined) return false;
    this.#size--;
    // Those that stand behind their place because of it move up, so that no look-up ends at the hole.
    for (let at = (hole + 1) & mask; ; at = (at + 1) & mask) {
      const stream = slots[at];
      if (stream === undefined) break;
      const behind = (at - (stream.id >>> 1)) & mask;
      if (behind < ((at - hole) & mask)) continue;
      slots[hole] = stream;
      hole = at;
    }
    slots[hole] = undefined;
    return true;
  }

  /** A list of them all, oldest first, that stays as it is when streams come and go. */
  all(): Http2Stream[] {
    return this.#slots.filter((stream) => stream !== undefined).sort((a, b) => a.id - b.id);
  }

  /** Where the stream stands, or the empty slot where it would. */
  #find(id: number): number {
    const slots = this.#slots;
    const mask = slots.length - 1;
    let at = (id >>> 1) & mask;
    for (let stream = slots[at]; stream !== undefined && stream.id !== id; stream = slots[at]) at = (at + 1) & mask;
    return at;
  }

  #grow(): void {
    const before = this.#slots;
    // For one, then for more: a connection with one long stream has no other (bench row `memory`).
    this.#slots = emptySlots(before === noSlots ? 2 : Math.max(16, 2 * before.length));
    for (const stream of before) if (stream !== undefined) this.#slots[this.#find(stream.id)] = stream;
  }
}

/** Of all tables that no stream ever came to; nothing is written to it. */
const noSlots = emptySlots(1);

function emptySlots(length: number): (Http2Stream | undefined)[] {
  return new Array<Http2Stream | undefined>(length).fill(undefined);
}
