import type { ByteWriter } from "../bytes.ts";
import { connectionError, isIdle, readU32, type ReceiveFrame } from "./frame.ts";

/** RST_STREAM, RFC 9113 §6.4: the sender ends one stream at once. */

export const type = 0x3;

export const receiveRstStream: ReceiveFrame = (core, { streamId, length, bytes, at }) => {
  if (length !== 4)
    return connectionError("rfc9113-6.4", "FRAME_SIZE_ERROR", `RST_STREAM of ${length} octets, expected 4`);
  if (streamId === 0 || isIdle(core, streamId)) {
    return connectionError("rfc9113-6.4", "PROTOCOL_ERROR", `RST_STREAM on stream ${streamId}, which is idle`);
  }
  const stream = core.streams.get(streamId);
  if (stream === undefined) {
    core.spend("limit-useless-frames");
    return undefined;
  }
  // A server pays for each stream that is opened and thrown away unanswered: CVE-2023-44487, rapid reset.
  if (core.role === "server" && !stream.headSent && !core.spend("limit-rapid-reset")) return undefined;
  core.closeStream(stream, { kind: "reset-by-peer", code: readU32(bytes, at) });
  return undefined;
};

export function writeRstStream(into: ByteWriter, streamId: number, code: number): void {
  into.frameHeader(4, type, 0, streamId);
  into.u32(code);
}
