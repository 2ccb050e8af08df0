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

/** A header block as HEADERS and, where one frame is too small for the peer, CONTINUATION. Returns the flags. */
export function writeHeaders(
  into: ByteWriter,
  streamId: number,
  endStream: boolean,
  block: Uint8Array,
  maxFrameSize: number,
): number {
  const first = Math.min(block.length, maxFrameSize);
  const whole = first === block.length;
  const flags = (endStream ? endStreamFlag : 0) | (whole ? endHeadersFlag : 0);
  into.frameHeader(first, type, flags, streamId);
  if (whole) into.bytes(block);
  else {
    into.bytes(block.subarray(0, first));
    for (let at = first; at < block.length; at += maxFrameSize) {
      const end = Math.min(block.length, at + maxFrameSize);
      into.frameHeader(end - at, 0x9, end === block.length ? endHeadersFlag : 0, streamId);
      into.bytes(block.subarray(at, end));
    }
  }
  return flags;
}
