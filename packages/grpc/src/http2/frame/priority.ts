import { connectionError, type ReceiveFrame, streamError } from "./frame.ts";

/** PRIORITY, RFC 9113 §6.3: deprecated. Checked as the RFC asks, then ignored. */

export const type = 0x2;

export const receivePriority: ReceiveFrame = (core, { streamId, length }) => {
  if (streamId === 0)
    return connectionError("rfc9113-6.3", "PROTOCOL_ERROR", "PRIORITY on stream 0, expected a stream");
  if (length !== 5)
    return streamError("rfc9113-6.3", "FRAME_SIZE_ERROR", streamId, `PRIORITY of ${length} octets, expected 5`);
  core.spend("limit-useless-frames");
  return undefined;
};
