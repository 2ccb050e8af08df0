import type { ByteWriter } from "../bytes.ts";
import type { Core } from "../connection-core.ts";
import { creditPadding } from "../message-memory.ts";
import type { Http2Stream } from "../stream.ts";
import type { Violation } from "../violation.ts";
import { BandwidthEstimate } from "../windows.ts";
import { connectionError, type Frame, isIdle, streamError } from "./frame.ts";

/**
 * DATA, RFC 9113 §6.1: octets of a body. The only frame that is not waited for: pieces go on as they arrive, so that a
 * large frame costs no buffer. `openData` judges the header, `DataInFlight` carries the state between pieces.
 */

export const type = 0x0;
const endStreamFlag = 0x1;
const paddedFlag = 0x8;

/** A DATA frame of which the header is known and `remaining` octets are still to come. */
export interface DataInFlight {
  remaining: number;
  /** Padding at the end of `remaining`; -1 while the pad length octet has not come. */
  padding: number;
  readonly endStream: boolean;
  readonly frameLength: number;
  /** Undefined: octets of a closed stream, to be counted and dropped. */
  stream: Http2Stream | undefined;
}

/** Judges a DATA header. Flow control counts the whole frame, padding too, RFC 9113 §6.9.1. */
export function openData(core: Core, frame: Frame): DataInFlight | Violation {
  const { length, flags, streamId } = frame;
  if (streamId === 0) return connectionError("rfc9113-6.1", "PROTOCOL_ERROR", "DATA on stream 0, expected a stream");
  if (isIdle(core, streamId)) {
    return connectionError("rfc9113-5.1", "PROTOCOL_ERROR", `DATA on stream ${streamId}, which is idle`);
  }
  const padded = (flags & paddedFlag) !== 0;
  if (padded && length === 0) {
    return connectionError("rfc9113-6.1", "FRAME_SIZE_ERROR", "padded DATA of 0 octets, expected a pad length");
  }
  if (!core.window.received(length)) {
    return connectionError(
      "rfc9113-6.9.1",
      "FLOW_CONTROL_ERROR",
      `DATA of ${length} octets beyond the connection's window`,
    );
  }
  core.creditConnection(length);
  const endStream = (flags & endStreamFlag) !== 0;
  if (length === 0 && !endStream && !core.spend("limit-empty-frames")) return dropped(length, endStream);
  if ((core.bandwidth ??= new BandwidthEstimate()).received(length, core.nowMs)) core.sendPing("bandwidth");
  const stream = core.streams.get(streamId);
  const violation = stream === undefined ? faultOnClosed(core, streamId) : faultOnOpen(stream, length);
  if (violation?.scope === "connection") return violation;
  if (violation !== undefined) core.punish(violation);
  const target = violation === undefined ? stream : undefined;
  return { remaining: length, padding: padded ? -1 : 0, endStream, frameLength: length, stream: target };
}

/** Hands on as much of the frame as lies in bytes[at, end); returns how many octets it took, or the broken rule. */
export function moreData(
  core: Core,
  data: DataInFlight,
  bytes: Uint8Array,
  at: number,
  end: number,
): number | Violation {
  let from = at;
  if (data.padding < 0 && from < end) {
    data.padding = bytes[from++] as number;
    data.remaining--;
    if (data.padding > data.remaining) {
      return connectionError("rfc9113-6.1", "PROTOCOL_ERROR", `padding of ${data.padding} octets in ${data.remaining}`);
    }
    if (data.stream !== undefined) creditPadding(core, data.stream, 1 + data.padding);
  }
  const to = Math.min(end, from + data.remaining);
  const bodyEnd = Math.min(to, from + Math.max(0, data.remaining - Math.max(0, data.padding)));
  data.remaining -= to - from;
  const { stream } = data;
  if (stream !== undefined && stream.state !== "closed") {
    const last = data.remaining === 0 && data.endStream;
    if (bodyEnd > from || last) deliver(core, stream, bytes.subarray(from, bodyEnd), last);
  }
  return to - at;
}

function deliver(core: Core, stream: Http2Stream, piece: Uint8Array, last: boolean): void {
  const { expectedBytes } = stream;
  const length = stream.receivedBytes + piece.length;
  if (expectedBytes < 0 || (length <= expectedBytes && (!last || length === expectedBytes))) {
    handOn(core, stream, piece, last);
    return;
  }
  // Up to the length that was announced, however the octets came in pieces.
  const room = expectedBytes - stream.receivedBytes;
  if (room > 0) handOn(core, stream, piece.subarray(0, room), false);
  if (stream.state === "closed") return;
  const detail = `body of ${length} octets, content-length says ${expectedBytes}`;
  core.punish(streamError("rfc9113-8.1.1", "PROTOCOL_ERROR", stream.id, detail));
}

function handOn(core: Core, stream: Http2Stream, piece: Uint8Array, last: boolean): void {
  stream.receivedBytes += piece.length;
  if (last) stream.received = "end";
  core.budget.hold(stream, piece.length);
  stream.events.onData(piece, last);
  if (last) core.endReceiving(stream);
}

function faultOnOpen(stream: Http2Stream, length: number): Violation | undefined {
  if (stream.received === "end") {
    return streamError("rfc9113-5.1", "STREAM_CLOSED", stream.id, "DATA after END_STREAM");
  }
  if (stream.received === "nothing") {
    return streamError("rfc9113-8.1", "PROTOCOL_ERROR", stream.id, "DATA before HEADERS");
  }
  if (!stream.window.received(length)) {
    const detail = `DATA of ${length} octets beyond the stream's window`;
    return streamError("rfc9113-6.9.1", "FLOW_CONTROL_ERROR", stream.id, detail);
  }
  return undefined;
}

/** A late frame is fine after our own reset, an error after the peer's end, RFC 9113 §5.1 "closed". */
function faultOnClosed(core: Core, streamId: number): Violation | undefined {
  switch (core.closed.of(streamId)) {
    case "ended-by-peer":
      return connectionError("rfc9113-5.1", "STREAM_CLOSED", `DATA on stream ${streamId} after END_STREAM`);
    case "reset-by-peer":
      return streamError("rfc9113-5.1", "STREAM_CLOSED", streamId, "DATA after RST_STREAM");
    case "reset-by-us":
      return undefined;
    case "forgotten":
      core.spend("limit-useless-frames");
      return undefined;
  }
}

function dropped(length: number, endStream: boolean): DataInFlight {
  return { remaining: length, padding: 0, endStream, frameLength: length, stream: undefined };
}

/** The header of a DATA frame without padding; the payload follows. Returns its flags. */
export function writeDataHeader(into: ByteWriter, streamId: number, length: number, endStream: boolean): number {
  const flags = endStream ? endStreamFlag : 0;
  into.frameHeader(length, type, flags, streamId);
  return flags;
}
