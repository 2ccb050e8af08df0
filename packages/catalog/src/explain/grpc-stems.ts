/**
 * Says of bytes that nothing in them speaks of gRPC or HTTP/2, without decoding them. Never wrong when it says so; when it
 * does not, `speaksOfGrpc` has to be asked. Owns the stems of that function's words, nothing else.
 */

/** Three bytes of each word of `speaksOfGrpc`, as rare as may be; its `h2` is looked for apart. */
const stems = ["rpc", "RPC", "P/2", "p/2", "tp2", "TP2", "ST_", "GOA", "usR", "usC", "tEr", "Rpc", "ic:", "c ="].map(
  (stem) => (stem.charCodeAt(0) << 16) | (stem.charCodeAt(1) << 8) | stem.charCodeAt(2),
);

/** By the last byte of three: 0 when no stem ends so, 1 when one may, 2 when what is decoded may hold other words. */
const kinds = new Uint8Array(256);
for (const stem of stems) kinds[stem & 0xff] = 1;
// Escapes of JSON and of terminals, and C1 controls, which UTF-8 writes with two bytes, the first of them this.
for (const byte of [0x5c, 0x1b, 0xc2]) kinds[byte] = 2;

const two = 0x32;
const smallH = 0x68;

export function mayMentionGrpc(bytes: Uint8Array, from: number, to: number): boolean {
  for (let at = from; at < to; at++) {
    const byte = bytes[at] ?? 0;
    const kind = kinds[byte];
    if (kind === 0) continue;
    const before = bytes[at - 1] ?? 0;
    if (kind === 2 || (byte === two && before === smallH)) return true;
    if (stems.includes(((bytes[at - 2] ?? 0) << 16) | (before << 8) | byte)) return true;
  }
  return false;
}
