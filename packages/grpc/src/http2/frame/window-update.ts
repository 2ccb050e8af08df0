import type { ByteWriter } from "../bytes.ts";
import { maxWindow } from "../windows.ts";
import { connectionError, isIdle, readU32, type ReceiveFrame, streamError } from "./frame.ts";

/** WINDOW_UPDATE, RFC 9113 §6.9: the receiver of DATA allows so many octets more. */

export const type = 0x8;

export const receiveWindowUpdate: ReceiveFrame = (core, { streamId, length, bytes, at }) => {
  if (length !== 4) {
    return connectionError("rfc9113-6.9", "FRAME_SIZE_ERROR", `WINDOW_UPDATE of ${length} octets, expected 4`);
  }
  if (!core.spend("limit-window-update")) return undefined;
  const increment = readU32(bytes, at) & 0x7fffffff;
  if (streamId === 0) {
    if (increment === 0)
      return connectionError("rfc9113-6.9", "PROTOCOL_ERROR", "WINDOW_UPDATE by 0, expected 1 or more");
    if (core.sendWindow + increment > maxWindow) {
      return connectionError("rfc9113-6.9.1", "FLOW_CONTROL_ERROR", `the connection's window would pass ${maxWindow}`);
    }
    core.sendWindow += increment;
    core.giveWaitingTurn();
    return undefined;
  }
  if (isIdle(core, streamId)) {
    return connectionError("rfc9113-5.1", "PROTOCOL_ERROR", `WINDOW_UPDATE on stream ${streamId}, which is idle`);
  }
  if (increment === 0)
    return streamError("rfc9113-6.9", "PROTOCOL_ERROR", streamId, "WINDOW_UPDATE by 0, expected 1 or more");
  const stream = core.streams.get(streamId);
  // On a stream that has just been closed it is a late frame, legal in either direction, RFC 9113 §5.1.
  if (stream === undefined) return undefined;
  if (stream.sendWindow + increment > maxWindow) {
    return streamError("rfc9113-6.9.1", "FLOW_CONTROL_ERROR", streamId, `the stream's window would pass ${maxWindow}`);
  }
  stream.sendWindow += increment;
  if (stream.queuedBytes > 0 && stream.sendWindow > 0) core.giveTurn(stream);
  return undefined;
};

export function writeWindowUpdate(into: ByteWriter, streamId: number, increment: number): void {
  into.frameHeader(4, type, 0, streamId);
  into.u32(increment);
}
