import { concat, copyOf } from "../bytes.ts";
import { receiveSection } from "../header-section.ts";
import { connectionError, type ReceiveFrame } from "./frame.ts";
import { endHeadersFlag } from "./headers.ts";

/** CONTINUATION, RFC 9113 §6.10: more of the header block that the frame before it began. */

export const type = 0x9;

export const receiveContinuation: ReceiveFrame = (core, { streamId, length, flags, bytes, at }) => {
  const { continued } = core;
  if (continued === undefined || continued.streamId !== streamId) {
    return connectionError("rfc9113-6.10", "PROTOCOL_ERROR", `CONTINUATION on stream ${streamId} without its HEADERS`);
  }
  if (continued.parts.length > core.limits.maxContinuations) {
    return connectionError(
      "limit-continuation",
      "ENHANCE_YOUR_CALM",
      `more than ${core.limits.maxContinuations} CONTINUATION frames`,
    );
  }
  // A list over the limit costs its sender the stream, once it is decoded. A block that cannot be one worth decoding
  // costs the connection, which cannot go on without it: HPACK's state would be lost.
  const limit = 4 * core.limits.maxHeaderListBytes;
  if (continued.length + length > limit) {
    const detail = `a header block of more than ${limit} octets`;
    return connectionError("limit-header-list", "ENHANCE_YOUR_CALM", detail);
  }
  if (length === 0 && !core.spend("limit-empty-frames")) return undefined;
  continued.parts.push(copyOf(bytes.subarray(at, at + length)));
  continued.length += length;
  if ((flags & endHeadersFlag) === 0) return undefined;
  core.continued = undefined;
  core.unfinishedSinceMs = Infinity;
  return receiveSection(core, streamId, continued.endStream, concat(continued.parts, continued.length));
};
