/** Counts line feeds, four bytes at a time: every byte of a log passes here, whether it is looked at or not. */

const feed = 0x0a;
const fourFeeds = 0x0a0a0a0a; // the byte above, four times
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

function countInWords(words: Int32Array): number {
  let count = 0;
  for (let i = 0; i < words.length; i++) {
    const differing = (words[i] ?? 0) ^ fourFeeds;
    // The highest bit of each byte that differs in nothing; no carry leaves its byte.
    let feeds = ~(((differing & lowBits) + lowBits) | differing | lowBits);
    for (; feeds !== 0; feeds &= feeds - 1) count++;
  }
  return count;
}
