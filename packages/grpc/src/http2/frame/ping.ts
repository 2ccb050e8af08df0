import type { ByteWriter } from "../bytes.ts";
import { connectionError, type ReceiveFrame } from "./frame.ts";

/** PING, RFC 9113 §6.7: eight opaque octets that the receiver sends back at once. */

export const type = 0x6;
const ack = 0x1;

export const receivePing: ReceiveFrame = (core, { streamId, length, flags, bytes, at }) => {
  if (streamId !== 0) return connectionError("rfc9113-6.7", "PROTOCOL_ERROR", `PING on stream ${streamId}, expected 0`);
  if (length !== 8) return connectionError("rfc9113-6.7", "FRAME_SIZE_ERROR", `PING of ${length} octets, expected 8`);
  if ((flags & ack) !== 0) {
    core.onPong(bytes, at);
    return undefined;
  }
  if (!core.spend("limit-ping")) return undefined;
  writePing(core.out, bytes.subarray(at, at + 8), true);
  core.record.sent(core.nowMs, type, ack, 0, 8, 0);
  core.answered(17);
  return undefined;
};

export function writePing(into: ByteWriter, opaque: Uint8Array, isAck: boolean): void {
  into.frameHeader(8, type, isAck ? ack : 0, 0);
  into.bytes(opaque);
}
