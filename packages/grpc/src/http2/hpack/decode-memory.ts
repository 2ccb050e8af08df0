/**
 * Header blocks that came before, byte for byte, with the list they stood for. A gRPC peer sends the same few blocks
 * over and over; the list of such a block is handed out again, the very same frozen object. What a block means depends
 * on the dynamic table, so an entry counts only in the generation of the table it was decoded in, and the caller keeps
 * only blocks that left the table alone. A block is kept at its second sight: blocks with a trace id never come
 * again and would only drive out those that do. Where none comes again, few are looked at: a hash takes as long as half
 * of the decoding (bench row `unary-server-bytes`).
 */
import { copyOf } from "../bytes.ts";
import type { HeaderList } from "../header-list.ts";

// 64 blocks of at most 512 bytes: 32 KiB a connection at worst, and longer blocks hold something that changes.
const slotCount = 64;
const maxBlockBytes = 512;

/** After so many unknown blocks in a row, one in `restBlocks` is looked at until one is known. */
const patienceBlocks = 64;
const restBlocks = 16;

interface Slot {
  readonly hash: number;
  readonly generation: number;
  readonly block: Uint8Array;
  readonly list: HeaderList;
}

export class DecodeMemory {
  /** Made for the first block that comes again. */
  #slots: (Slot | undefined)[] | undefined = undefined;
  /** Hashes seen once, by the same place as slots. A wrong guess costs a useless copy, never a wrong list. */
  #seen: Int32Array | undefined = undefined;
  /** The first of them: a connection of one long call has no other. */
  #firstSeen: number | undefined = undefined;
  #hash = 0;
  /** Blocks in a row that were not known; from `patienceBlocks` on it goes round, `restBlocks` long. */
  #misses = 0;
  /** Whether `find` looked at the block at hand. */
  #looked = false;

  /** The list of exactly these bytes in exactly this generation. */
  find(block: Uint8Array, generation: number): HeaderList | undefined {
    this.#misses = this.#misses === patienceBlocks + restBlocks - 1 ? patienceBlocks : this.#misses + 1;
    this.#looked = block.length <= maxBlockBytes && this.#misses <= patienceBlocks;
    if (!this.#looked) return undefined;
    this.#hash = hashOf(block);
    const slot = this.#slots?.[this.#hash & (slotCount - 1)];
    if (slot === undefined || slot.hash !== this.#hash || slot.generation !== generation) return undefined;
    if (!sameBytes(slot.block, block)) return undefined;
    this.#misses = 0;
    return slot.list;
  }

  /** Offers the block that the last `find` did not know; its bytes are copied. */
  offer(block: Uint8Array, generation: number, list: HeaderList): void {
    if (!this.#looked) return;
    const hash = this.#hash;
    const place = hash & (slotCount - 1);
    if (this.#firstSeen === undefined) {
      this.#firstSeen = hash;
      return;
    }
    const seen = (this.#seen ??= this.#makeSeen(this.#firstSeen));
    if (seen[place] !== hash) {
      seen[place] = hash;
      return;
    }
    this.#slots ??= new Array<Slot | undefined>(slotCount).fill(undefined);
    this.#slots[place] = { hash, generation, block: copyOf(block), list };
  }

  #makeSeen(first: number): Int32Array {
    const seen = new Int32Array(slotCount);
    seen[first & (slotCount - 1)] = first;
    return seen;
  }
}

/** FNV-1a's way of mixing, over 32 bits. A peer that makes blocks collide only loses its own speed. */
function hashOf(block: Uint8Array): number {
  // The offset basis and prime of 32-bit FNV.
  let hash = 0x811c_9dc5 ^ block.length;
  for (let i = 0; i < block.length; i++) hash = Math.imul(hash ^ (block[i] as number), 0x0100_0193);
  // The low bits choose the place; the multiplication moves entropy upwards only, so some comes back down.
  return hash ^ (hash >>> 15);
}

function sameBytes(a: Uint8Array, b: Uint8Array): boolean {
  if (a.length !== b.length) return false;
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return false;
  return true;
}
