/**
 * Owns the one message of the lab: a google.protobuf.BytesValue whose bytes begin with the call's number, so that the
 * peer can count what it executed call by call. Does not own the gRPC length prefix around it.
 */

/** Field 1, length-delimited: the only field of a BytesValue. */
const tag = 0x0a;
const callIdBytes = 4;

/** What of a message must be in hand before `readCallId` can answer: tag, longest length, number. */
export const callMessageHeadBytes = 1 + 5 + callIdBytes;

/** The call that only warms the connection; the peer answers it at once and does not count it. */
export const warmUpCallId = 0;

/** Calls beside the counted ones: nobody asks whether they were executed. */
export const asideCallId = 0xffff_ffff;

/** The bytes inside the message: the number, then zeros up to `sizeBytes` (at least the number itself). */
export function callPayload(callId: number, sizeBytes: number): Uint8Array {
  const payload = new Uint8Array(Math.max(sizeBytes, callIdBytes));
  new DataView(payload.buffer).setUint32(0, callId);
  return payload;
}

/** The same as a whole BytesValue, for clients that send bytes as they are. */
export function encodeCallMessage(callId: number, sizeBytes: number): Uint8Array {
  const payload = callPayload(callId, sizeBytes);
  const length = encodeVarint(payload.byteLength);
  const message = new Uint8Array(1 + length.length + payload.byteLength);
  message[0] = tag;
  message.set(length, 1);
  message.set(payload, 1 + length.length);
  return message;
}

/** The call's number, read from the first bytes of a message; undefined if this is no message of the lab. */
export function readCallId(head: Uint8Array): number | undefined {
  if (head[0] !== tag) return undefined;
  let at = 1;
  while (((head[at] ?? 0) & 0x80) !== 0) at++;
  at++;
  if (head.byteLength < at + callIdBytes) return undefined;
  return new DataView(head.buffer, head.byteOffset, head.byteLength).getUint32(at);
}

function encodeVarint(value: number): number[] {
  const bytes: number[] = [];
  let rest = value;
  while (rest > 0x7f) {
    bytes.push((rest & 0x7f) | 0x80);
    rest >>>= 7;
  }
  bytes.push(rest);
  return bytes;
}
