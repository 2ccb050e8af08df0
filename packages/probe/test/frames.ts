/** Bytes that the two ends of a tapped connection write, by hand: they share nothing with what decodes them. */

export const preface = octets("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n");

export interface FrameFields {
  readonly type: number;
  readonly flags?: number;
  readonly streamId?: number;
  readonly payload?: Uint8Array;
  /** What the length field says; the truth unless given. */
  readonly length?: number;
}

export function frame({ type, flags = 0, streamId = 0, payload = octets(), length }: FrameFields): Uint8Array {
  const bytes = Buffer.alloc(9 + payload.length);
  bytes.writeUIntBE(length ?? payload.length, 0, 3);
  bytes[3] = type;
  bytes[4] = flags;
  bytes.writeUInt32BE(streamId, 5);
  bytes.set(payload, 9);
  return bytes;
}

/** RFC 9113 §6.5. */
export function settings(...pairs: readonly (readonly [id: number, value: number])[]): Uint8Array {
  return frame({ type: 4, payload: octets(...pairs.flatMap(([id, value]) => [id >> 8, id & 0xff, u32(value)])) });
}

/** Literals without indexing, RFC 7541 §6.2.2; texts of fewer than 127 octets. */
export function headers(streamId: number, list: readonly string[]): Uint8Array {
  const fields = list.flatMap((text, i) => (i % 2 === 0 ? [0, text.length, text] : [text.length, text]));
  return frame({ type: 1, flags: 4, streamId, payload: octets(...fields) });
}

export function goaway(lastStreamId: number, code: number, debugData: string): Uint8Array {
  return frame({ type: 7, payload: octets(u32(lastStreamId), u32(code), debugData) });
}

function u32(value: number): Uint8Array {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(value);
  return bytes;
}

/** Octets from numbers and latin1 text. */
function octets(...parts: readonly (number | string | Uint8Array)[]): Uint8Array {
  return Buffer.concat(
    parts.map((part) => {
      if (typeof part === "number") return Uint8Array.of(part);
      return typeof part === "string" ? Buffer.from(part, "latin1") : part;
    }),
  );
}
