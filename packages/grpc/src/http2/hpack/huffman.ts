/**
 * String literals in Huffman code, RFC 7541 §5.2. Decoding walks a table four bits at a time: 256 states (the inner nodes
 * of the code tree) by 16 nibbles fit in a first-level cache, which a table by whole octets would not. No code is
 * shorter than five bits, so a nibble completes at most one symbol. Whether a string deserves the code is for the
 * caller to say, with `huffmanLength`.
 */
import { allocate, latin1 } from "../bytes.ts";
import type { ByteWriter } from "../bytes.ts";
import { codeBits, endOfString } from "./huffman-table.ts";

const codes = canonicalCodes();
const octetBits = Uint8Array.from(codeBits.slice(0, endOfString));

// A step of the walk: the next state in the low octet, the symbol in the second, what happened above them.
const emits = 0x1_00_00;
const fails = 0x2_00_00;
const { steps, mayEnd } = buildSteps();

// The shortest code has five bits, so a string grows by 8/5 at most.
const shortestCodeBits = 5;
// 4 KiB: the default table size of RFC 7541 §4.2 and far above what a call's metadata holds; longer strings get their own.
const sharedScratch = allocate(4096);

/** The decoded octets as latin1; undefined when they hold the end-of-string symbol or are not padded as §5.2 says. */
export function decodeHuffman(bytes: Uint8Array, start: number, end: number): string | undefined {
  const room = Math.floor(((end - start) * 8) / shortestCodeBits);
  const scratch = room > sharedScratch.length ? allocate(room) : sharedScratch;
  let state = 0;
  let length = 0;
  for (let at = start; at < end; at++) {
    const octet = bytes[at] as number;
    const high = steps[(state << 4) | (octet >>> 4)] as number;
    if (high >= emits) {
      if (high >= fails) return undefined;
      scratch[length++] = high >>> 8;
    }
    const low = steps[((high & 0xff) << 4) | (octet & 0xf)] as number;
    if (low >= emits) {
      if (low >= fails) return undefined;
      scratch[length++] = low >>> 8;
    }
    state = low & 0xff;
  }
  return mayEnd[state] === 1 ? latin1(scratch, 0, length) : undefined;
}

/** Octets that `text` (each char an octet) takes in Huffman code. */
export function huffmanLength(text: string): number {
  let bits = 0;
  for (let i = 0; i < text.length; i++) bits += octetBits[text.charCodeAt(i) & 0xff] as number;
  return (bits + 7) >>> 3;
}

/** Appends `text` (each char an octet) in Huffman code, `length` octets as `huffmanLength` counted them. */
export function encodeHuffman(text: string, length: number, into: ByteWriter): void {
  into.reserve(length);
  let pending = 0;
  let pendingBits = 0;
  for (let i = 0; i < text.length; i++) {
    const octet = text.charCodeAt(i) & 0xff;
    const code = codes[octet] as number;
    let bits = octetBits[octet] as number;
    // Seven bits may wait already, and 32 are all there is: the upper part of the long codes goes first.
    if (bits > 24) {
      bits -= 8;
      pending = (pending << bits) | (code >>> 8);
      for (pendingBits += bits; pendingBits >= 8;) into.u8(pending >>> (pendingBits -= 8));
      bits = 8;
    }
    pending = (pending << bits) | (code & ((1 << bits) - 1));
    for (pendingBits += bits; pendingBits >= 8;) into.u8(pending >>> (pendingBits -= 8));
  }
  // §5.2: the padding is the front of the end-of-string code, all ones.
  if (pendingBits > 0) into.u8((pending << (8 - pendingBits)) | (0xff >>> pendingBits));
}

function canonicalCodes(): Uint32Array {
  const result = new Uint32Array(codeBits.length);
  let code = 0;
  for (let bits = 1; bits <= 30; bits++) {
    code <<= 1;
    for (let symbol = 0; symbol < codeBits.length; symbol++) if (codeBits[symbol] === bits) result[symbol] = code++;
  }
  return result;
}

/** Inner nodes of the code tree: what each bit leads to, another node's number or `-1 - symbol`. */
function buildTree(): [zero: number, one: number][] {
  const nodes: [number, number][] = [[0, 0]];
  for (let symbol = 0; symbol < codeBits.length; symbol++) {
    const code = codes[symbol] as number;
    let node = nodes[0] as [number, number];
    for (let shift = (codeBits[symbol] as number) - 1; shift > 0; shift--) {
      const bit = (code >>> shift) & 1;
      if (node[bit] === 0) node[bit] = nodes.push([0, 0]) - 1;
      node = nodes[node[bit] as number] as [number, number];
    }
    node[code & 1] = -1 - symbol;
  }
  return nodes;
}

function buildSteps(): { steps: Uint32Array; mayEnd: Uint8Array } {
  const nodes = buildTree();
  const steps = new Uint32Array(nodes.length << 4);
  for (let state = 0; state < nodes.length; state++) {
    for (let nibble = 0; nibble < 16; nibble++) steps[(state << 4) | nibble] = walk(nodes, state, nibble);
  }
  // A string may end at the root or on fewer than eight ones: every state along the ones is such a padding.
  const mayEnd = new Uint8Array(nodes.length);
  for (let ones = 0, state = 0; ones < 8; ones++) {
    mayEnd[state] = 1;
    state = nodes[state]?.[1] as number;
  }
  return { steps, mayEnd };
}

function walk(nodes: readonly (readonly [number, number])[], state: number, nibble: number): number {
  let at = state;
  let result = 0;
  for (let shift = 3; shift >= 0; shift--) {
    const next = nodes[at]?.[(nibble >>> shift) & 1] as number;
    if (next === -1 - endOfString) return fails;
    if (next < 0) result = emits | ((-1 - next) << 8);
    at = Math.max(next, 0);
  }
  return result | at;
}
