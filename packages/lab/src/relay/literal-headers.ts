/** Owns header blocks of the relay's own: literals without indexing (RFC 7541 §6.2.2), in as many frames as they need. */

import { flag, frame, frameType } from "../peer/frame.ts";

/** RFC 9113 §6.5.2: what every receiver takes in one frame. */
const maxFrameBytes = 16_384;
const continuationType = 0x9;

/** HEADERS of a fault: names and values by turns. */
export function literalHeaders(streamId: number, fields: readonly string[], endStream: boolean): Buffer {
  return headerFrames(streamId, endStream ? flag.END_STREAM : 0, literalBlock(fields));
}

/** Names and values by turns. */
export function literalBlock(fields: readonly string[]): Buffer {
  const parts: Buffer[] = [];
  for (let at = 0; at + 1 < fields.length; at += 2) {
    parts.push(Buffer.from([0]), hpackString(fields[at] as string), hpackString(fields[at + 1] as string));
  }
  return Buffer.concat(parts);
}

/** HEADERS, and as many CONTINUATIONs as it needs. Of the flags only END_STREAM stays: padding and priority were taken off. */
export function headerFrames(streamId: number, flags: number, block: Buffer): Buffer {
  const frames: Buffer[] = [];
  let at = 0;
  do {
    const piece = block.subarray(at, at + maxFrameBytes);
    const isLast = at + maxFrameBytes >= block.byteLength;
    const ends = isLast ? flag.END_HEADERS : 0;
    frames.push(
      at === 0
        ? frame(frameType.HEADERS, ends | (flags & flag.END_STREAM), streamId, piece)
        : frame(continuationType, ends, streamId, piece),
    );
    at += maxFrameBytes;
  } while (at < block.byteLength);
  return Buffer.concat(frames);
}

/** RFC 7541 §5.1 and §5.2: a length with a prefix of seven bits, then the octets; no Huffman code. */
function hpackString(text: string): Buffer {
  const octets = Buffer.from(text, "latin1");
  const length: number[] = [];
  let rest = octets.byteLength;
  if (rest < 0x7f) length.push(rest);
  else {
    length.push(0x7f);
    for (rest -= 0x7f; rest >= 0x80; rest >>>= 7) length.push((rest & 0x7f) | 0x80);
    length.push(rest);
  }
  return Buffer.concat([Buffer.from(length), octets]);
}
