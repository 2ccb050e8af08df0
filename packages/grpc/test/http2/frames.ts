/**
 * Owns the bytes that a peer of the engine writes: any frame with any fields, true or false. It shares no code and no
 * numbers with the engine, so that a wrong number there cannot hide here. Does not own reading (`frame-reader.ts`).
 */

/** RFC 9113 §6. */
export const frameType = {
  DATA: 0x0,
  HEADERS: 0x1,
  PRIORITY: 0x2,
  RST_STREAM: 0x3,
  SETTINGS: 0x4,
  PUSH_PROMISE: 0x5,
  PING: 0x6,
  GOAWAY: 0x7,
  WINDOW_UPDATE: 0x8,
  CONTINUATION: 0x9,
} as const;

/** The flags of RFC 9113 §6. ACK and END_STREAM are the same bit on frames of different types. */
export const flag = { ACK: 0x1, END_STREAM: 0x1, END_HEADERS: 0x4, PADDED: 0x8, PRIORITY: 0x20 } as const;

/** 2^31-1: the largest stream id and the largest window, RFC 9113 §5.1.1 and §6.9.1. */
export const maxUint31 = 0x7fff_ffff;

/** A client's first octets, RFC 9113 §3.4. */
export const clientPreface = octets("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n");

export interface FrameFields {
  readonly type: number;
  readonly flags?: number;
  readonly streamId?: number;
  readonly payload?: Uint8Array;
  /** What the length field says; the truth unless given. */
  readonly length?: number;
}

export function frame({ type, flags = 0, streamId = 0, payload = octets(), length }: FrameFields): Uint8Array {
  const bytes = new Uint8Array(9 + payload.length);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, (length ?? payload.length) << 8);
  bytes[3] = type;
  bytes[4] = flags;
  view.setUint32(5, streamId);
  bytes.set(payload, 9);
  return bytes;
}

/** Octets from numbers and latin1 text. */
export function octets(...parts: readonly (number | string | Uint8Array)[]): Uint8Array {
  return Uint8Array.from(
    parts.flatMap((part) => {
      if (typeof part === "number") return [part];
      return typeof part === "string" ? Array.from(part, (char) => char.charCodeAt(0)) : [...part];
    }),
  );
}

/** A number in four octets, big-endian. */
export function u32(value: number): Uint8Array {
  const bytes = new Uint8Array(4);
  new DataView(bytes.buffer).setUint32(0, value);
  return bytes;
}

/** RFC 9113 §6.5. Pairs of id and value; ids may repeat. */
export function settings(...pairs: readonly (readonly [id: number, value: number])[]): Uint8Array {
  const payload = octets(...pairs.flatMap(([id, value]) => [id >> 8, id & 0xff, u32(value)]));
  return frame({ type: frameType.SETTINGS, payload });
}

export function settingsAck(): Uint8Array {
  return frame({ type: frameType.SETTINGS, flags: flag.ACK });
}

/** A header block of literals without indexing and without Huffman code, RFC 7541 §6.2.2: no table is touched. */
export function literals(list: readonly string[]): Uint8Array {
  const parts: (number | string | Uint8Array)[] = [];
  for (let i = 0; i + 1 < list.length; i += 2) {
    parts.push(0, text(list[i] ?? ""), text(list[i + 1] ?? ""));
  }
  return octets(...parts);
}

export interface HeadersFields {
  readonly endStream?: boolean;
  /** Default true. */
  readonly endHeaders?: boolean;
  /** Octets of padding; absent: not padded. */
  readonly padding?: number;
  /** Puts the five octets of a priority in front of the block. */
  readonly priority?: boolean;
}

/** RFC 9113 §6.2. A list becomes literals; bytes go as they are. */
export function headers(
  streamId: number,
  block: readonly string[] | Uint8Array,
  fields: HeadersFields = {},
): Uint8Array {
  const { endStream = false, endHeaders = true, padding, priority = false } = fields;
  const fragment = block instanceof Uint8Array ? block : literals(block);
  return frame({
    type: frameType.HEADERS,
    flags:
      (endStream ? flag.END_STREAM : 0) |
      (endHeaders ? flag.END_HEADERS : 0) |
      (padding === undefined ? 0 : flag.PADDED) |
      (priority ? flag.PRIORITY : 0),
    streamId,
    payload: octets(
      ...(padding === undefined ? [] : [padding]),
      ...(priority ? [u32(0), 15] : []),
      fragment,
      new Uint8Array(padding ?? 0),
    ),
  });
}

export function continuation(streamId: number, fragment: Uint8Array, endHeaders: boolean): Uint8Array {
  return frame({ type: frameType.CONTINUATION, flags: endHeaders ? flag.END_HEADERS : 0, streamId, payload: fragment });
}

export interface DataFields {
  readonly endStream?: boolean;
  /** Octets of padding; absent: not padded. */
  readonly padding?: number;
}

/** RFC 9113 §6.1. */
export function data(streamId: number, body: string | Uint8Array, fields: DataFields = {}): Uint8Array {
  const { endStream = false, padding } = fields;
  return frame({
    type: frameType.DATA,
    flags: (endStream ? flag.END_STREAM : 0) | (padding === undefined ? 0 : flag.PADDED),
    streamId,
    payload: padding === undefined ? octets(body) : octets(padding, body, new Uint8Array(padding)),
  });
}

export function rstStream(streamId: number, code: number): Uint8Array {
  return frame({ type: frameType.RST_STREAM, streamId, payload: u32(code) });
}

/** Eight opaque octets, RFC 9113 §6.7. */
export function ping(opaque: string | Uint8Array = "pingping"): Uint8Array {
  return frame({ type: frameType.PING, payload: octets(opaque) });
}

export function pingAck(opaque: Uint8Array): Uint8Array {
  return frame({ type: frameType.PING, flags: flag.ACK, payload: opaque });
}

export function goaway(lastStreamId: number, code = 0, debugData = ""): Uint8Array {
  return frame({ type: frameType.GOAWAY, payload: octets(u32(lastStreamId), u32(code), debugData) });
}

export function windowUpdate(streamId: number, increment: number): Uint8Array {
  return frame({ type: frameType.WINDOW_UPDATE, streamId, payload: u32(increment) });
}

export function priority(streamId: number): Uint8Array {
  return frame({ type: frameType.PRIORITY, streamId, payload: octets(u32(0), 15) });
}

/** A string literal without Huffman code, RFC 7541 §5.2; its length in the integer form of §5.1. */
function text(value: string): Uint8Array {
  if (value.length < 127) return octets(value.length, value);
  const length = [127];
  let left = value.length - 127;
  for (; left >= 128; left = Math.floor(left / 128)) length.push((left % 128) | 128);
  return octets(...length, left, value);
}
