import { type ByteWriter, copyOf, fromUtf8, utf8 } from "../bytes.ts";
import { hearGoaway } from "../peer-goaway.ts";
import { connectionError, readU32, type ReceiveFrame } from "./frame.ts";

/** GOAWAY, RFC 9113 §6.8: the sender takes no stream above the last id; what is at or below it goes on. */

export const type = 0x7;

// Enough for every known debug text; keeps a hostile one out of logs and reports.
const maxDebugOctets = 1_024;

export const receiveGoaway: ReceiveFrame = (core, { streamId, length, bytes, at }) => {
  if (streamId !== 0)
    return connectionError("rfc9113-6.8", "PROTOCOL_ERROR", `GOAWAY on stream ${streamId}, expected 0`);
  if (length < 8)
    return connectionError("rfc9113-6.8", "FRAME_SIZE_ERROR", `GOAWAY of ${length} octets, expected 8 or more`);
  const lastStreamId = readU32(bytes, at) & 0x7fffffff;
  const code = readU32(bytes, at + 4);
  const debugData = utf8(copyOf(bytes.subarray(at + 8, at + Math.min(length, 8 + maxDebugOctets))));
  hearGoaway(core, code, lastStreamId, debugData);
  return undefined;
};

/** Returns the payload's length. */
export function writeGoaway(into: ByteWriter, lastStreamId: number, code: number, debugData: string): number {
  const debug = fromUtf8(debugData.slice(0, maxDebugOctets / 4));
  into.frameHeader(8 + debug.length, type, 0, 0);
  into.u32(lastStreamId);
  into.u32(code);
  into.bytes(debug);
  return 8 + debug.length;
}
