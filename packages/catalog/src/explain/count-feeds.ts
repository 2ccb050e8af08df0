/** Counts line feeds, four bytes at a time: every byte of a log passes here, whether it is looked at or not. */

const feed = 0x0a;
const fourFeeds = 0x0a0a0a0a; // the byte above, four times
const ones = 0x01010101; // the lowest bit of each byte
const highBits = 0x80808080; // the highest bit of each byte
const lowBits = 0x7f7f7f7f; // all bits of each byte but its highest

/** Line feeds in `bytes` from `from` to `to`; 0 when `to` is not behind `from`. */
export function countFeeds(bytes: Uint8Array, from: number, to: number): number {
  let count = 0;
  let at = from;
  // A word is read where the memory has one, so the first few bytes go one by one.
  for (; at < to && ((bytes.byteOffset + at) & 3) !== 0; at++) if (bytes[at] === feed) count++;
  const wordCount = Math.max(0, to - at) >>> 2;
  if (wordCount > 0) count += countInWords(new Int32Array(bytes.buffer, bytes.byteOffset + at, wordCount));
  for (at += wordCount * 4; at < to; at++) if (bytes[at] === feed) count++;
  return count;
}

/** Four words at a time, for most have no feed: in the one below its own, a borrow may show one that is none, never hide one. */
function countInWords(words: Int32Array): number {
  let count = 0;
  let i = 0;
  for (const end = words.length - 3; i < end; i += 4) {
    const a = (words[i] ?? 0) ^ fourFeeds;
    const b = (words[i + 1] ?? 0) ^ fourFeeds;
    const c = (words[i + 2] ?? 0) ^ fourFeeds;
    const d = (words[i + 3] ?? 0) ^ fourFeeds;
    const maybe = ((a - ones) & ~a) | ((b - ones) & ~b) | ((c - ones) & ~c) | ((d - ones) & ~d);
    if ((maybe & highBits) !== 0) count += zeroBytes(a) + zeroBytes(b) + zeroBytes(c) + zeroBytes(d);
  }
  for (; i < words.length; i++) count += zeroBytes((words[i] ?? 0) ^ fourFeeds);
  return count;
}

/** The highest bit of each byte that is not 0 is set first; no carry leaves its byte. */
function zeroBytes(word: number): number {
  let zeros = ~(((word & lowBits) + lowBits) | word | lowBits);
  let count = 0;
  for (; zeros !== 0; zeros &= zeros - 1) count++;
  return count;
}
