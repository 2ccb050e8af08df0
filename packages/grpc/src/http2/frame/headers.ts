import { type ByteWriter, copyOf } from "../bytes.ts";
import { receiveSection } from "../header-section.ts";
import { connectionError, type ReceiveFrame } from "./frame.ts";

/** HEADERS, RFC 9113 §6.2: opens a stream, answers one, or ends it with trailers. */

export const type = 0x1;
const endStreamFlag = 0x1;
export const endHeadersFlag = 0x4;
const paddedFlag = 0x8;
const priorityFlag = 0x20;

export const receiveHeaders: ReceiveFrame = (core, { streamId, length, flags, bytes, at }) => {
  if (streamId === 0) return connectionError("rfc9113-6.2", "PROTOCOL_ERROR", "HEADERS on stream 0, expected a stream");
  let from = at;
  let to = at + length;
  const prelude = ((flags & paddedFlag) !== 0 ? 1 : 0) + ((flags & priorityFlag) !== 0 ? 5 : 0);
  if (prelude > length) {
    return connectionError("rfc9113-6.2", "FRAME_SIZE_ERROR", `HEADERS of ${length} octets, its flags need ${prelude}`);
  }
  if ((flags & paddedFlag) !== 0) to -= bytes[from] as number;
  from += prelude;
  if (to < from) return connectionError("rfc9113-6.2", "PROTOCOL_ERROR", "padding longer than the HEADERS frame");
  const endStream = (flags & endStreamFlag) !== 0;
  if ((flags & endHeadersFlag) !== 0) return receiveSection(core, streamId, endStream, bytes.subarray(from, to));
  if (core.unfinishedSinceMs === Infinity) core.unfinishedSinceMs = core.nowMs;
  core.continued = { streamId, endStream, parts: [copyOf(bytes.subarray(from, to))], length: to - from };
  return undefined;
};

/** The head of a HEADERS frame whose block is written next; the mark is for `closeHeaders`. */
export function openHeaders(into: ByteWriter, streamId: number, endStream: boolean): number {
  const start = into.mark();
  into.frameHeader(0, type, flagsOfFirst(endStream, 0, 0), streamId);
  return start;
}

/**
 * The block behind the head is whole: says its length or, where one frame is too small for the peer, cuts it into HEADERS
 * and CONTINUATION. Returns the length of the block.
 */
export function closeHeaders(
  into: ByteWriter,
  start: number,
  streamId: number,
  endStream: boolean,
  maxFrameSize: number,
): number {
  const blockAt = start + frameHeaderBytes;
  const { length } = into;
  const blockLength = length - blockAt;
  if (blockLength <= maxFrameSize) {
    into.patchU24(start, blockLength);
    return blockLength;
  }
  const block = copyOf(into.peek().subarray(blockAt));
  into.rewindTo(start);
  into.frameHeader(maxFrameSize, type, flagsOfFirst(endStream, blockLength, maxFrameSize), streamId);
  into.bytes(block.subarray(0, maxFrameSize));
  for (let at = maxFrameSize; at < blockLength; at += maxFrameSize) {
    const end = Math.min(blockLength, at + maxFrameSize);
    into.frameHeader(end - at, 0x9, end === blockLength ? endHeadersFlag : 0, streamId);
    into.bytes(block.subarray(at, end));
  }
  return blockLength;
}

/** The flags of the HEADERS frame of a block of this length. */
export function flagsOfFirst(endStream: boolean, blockLength: number, maxFrameSize: number): number {
  return (endStream ? endStreamFlag : 0) | (blockLength <= maxFrameSize ? endHeadersFlag : 0);
}

/** RFC 9113 §4.1. */
const frameHeaderBytes = 9;
