/**
 * Owns the bytes that the peer writes: any frame with any fields, true or false. It shares no code and no numbers with the
 * engine under test, so that a wrong number there cannot hide here. Does not own reading (`frame-reader.ts`).
 */

/** RFC 9113 §6. */
export const frameType = {
  DATA: 0,
  HEADERS: 1,
  RST_STREAM: 3,
  SETTINGS: 4,
  PING: 6,
  GOAWAY: 7,
  WINDOW_UPDATE: 8,
} as const;

/** The flags of RFC 9113 §6; ACK and END_STREAM share a bit, on frames of different types. */
export const flag = { ACK: 0x1, END_STREAM: 0x1, END_HEADERS: 0x4, PADDED: 0x8 } as const;

/** The codes of RFC 9113 §7. */
export const code = {
  NO_ERROR: 0,
  PROTOCOL_ERROR: 1,
  INTERNAL_ERROR: 2,
  FLOW_CONTROL_ERROR: 3,
  SETTINGS_TIMEOUT: 4,
  STREAM_CLOSED: 5,
  FRAME_SIZE_ERROR: 6,
  REFUSED_STREAM: 7,
  CANCEL: 8,
  COMPRESSION_ERROR: 9,
  CONNECT_ERROR: 10,
  ENHANCE_YOUR_CALM: 11,
  INADEQUATE_SECURITY: 12,
  HTTP_1_1_REQUIRED: 13,
} as const;

export type CodeName = keyof typeof code;

/** RFC 9113 §6.5.2, the ones that the scripts send. */
export const setting = { MAX_CONCURRENT_STREAMS: 0x3, INITIAL_WINDOW_SIZE: 0x4 } as const;

/** 2^31-1: the largest stream id and the largest window, RFC 9113 §5.1.1 and §6.9.1. */
export const maxUint31 = 0x7fff_ffff;

export const frameHeaderBytes = 9;

/** A client's first bytes, RFC 9113 §3.4. */
export const preface = Buffer.from("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", "latin1");

export function frame(type: number, flags: number, streamId: number, payload: Uint8Array = new Uint8Array()): Buffer {
  const bytes = Buffer.alloc(frameHeaderBytes + payload.byteLength);
  bytes.writeUIntBE(payload.byteLength, 0, 3);
  bytes[3] = type;
  bytes[4] = flags;
  bytes.writeUInt32BE(streamId, 5);
  bytes.set(payload, frameHeaderBytes);
  return bytes;
}

export function settingsFrame(values: ReadonlyMap<number, number>): Buffer {
  const payload = Buffer.alloc(6 * values.size);
  let at = 0;
  for (const [id, value] of values) {
    payload.writeUInt16BE(id, at);
    payload.writeUInt32BE(value, at + 2);
    at += 6;
  }
  return frame(frameType.SETTINGS, 0, 0, payload);
}

export function settingsAckFrame(): Buffer {
  return frame(frameType.SETTINGS, flag.ACK, 0);
}

export function pingFrame(opaque: Uint8Array, flags = 0): Buffer {
  return frame(frameType.PING, flags, 0, opaque);
}

export function goawayFrame(lastStreamId: number, errorCode: number, debug = ""): Buffer {
  const debugBytes = Buffer.from(debug, "utf8");
  const payload = Buffer.alloc(8 + debugBytes.byteLength);
  payload.writeUInt32BE(lastStreamId, 0);
  payload.writeUInt32BE(errorCode, 4);
  payload.set(debugBytes, 8);
  return frame(frameType.GOAWAY, 0, 0, payload);
}

export function rstStreamFrame(streamId: number, errorCode: number): Buffer {
  return frame(frameType.RST_STREAM, 0, streamId, uint32(errorCode));
}

export function windowUpdateFrame(streamId: number, incrementBytes: number): Buffer {
  return frame(frameType.WINDOW_UPDATE, 0, streamId, uint32(incrementBytes));
}

/** One HEADERS frame with the whole block, each field a literal without indexing (RFC 7541 §6.2.2), no Huffman code. */
export function headersFrame(streamId: number, fields: Readonly<Record<string, string>>, endStream: boolean): Buffer {
  const parts: Buffer[] = [];
  for (const [name, value] of Object.entries(fields))
    parts.push(Buffer.from([0]), hpackString(name), hpackString(value));
  const flags = flag.END_HEADERS | (endStream ? flag.END_STREAM : 0);
  return frame(frameType.HEADERS, flags, streamId, Buffer.concat(parts));
}

export function dataFrame(streamId: number, payload: Uint8Array, endStream: boolean): Buffer {
  return frame(frameType.DATA, endStream ? flag.END_STREAM : 0, streamId, payload);
}

/** RFC 7541 §5.2, the length as §5.1 writes it with a prefix of seven bits. */
function hpackString(text: string): Buffer {
  const bytes = Buffer.from(text, "latin1");
  const length: number[] = [Math.min(bytes.byteLength, 127)];
  if (bytes.byteLength >= 127) {
    let rest = bytes.byteLength - 127;
    for (; rest >= 128; rest = Math.floor(rest / 128)) length.push((rest % 128) + 128);
    length.push(rest);
  }
  return Buffer.concat([Buffer.from(length), bytes]);
}

function uint32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(value);
  return bytes;
}
