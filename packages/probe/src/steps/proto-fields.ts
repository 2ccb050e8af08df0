/** Protocol Buffers' wire format, as far as health and reflection need it: fields out of bytes, and bytes out of fields. */

/** A field: `value` is a number for varints, octets for what has a length; fixed-width fields are passed over. */
export interface ProtoField {
  readonly number: number;
  readonly value: number | Uint8Array;
}

/** Undefined: the bytes are no message. A number beyond 2^53 loses its last digits; no message here has one. */
export function protoFields(bytes: Uint8Array): ProtoField[] | undefined {
  const fields: ProtoField[] = [];
  const cursor = { at: 0 };
  while (cursor.at < bytes.length) {
    const tag = varint(bytes, cursor);
    if (tag === undefined || tag < 8) return undefined;
    const number = Math.floor(tag / 8);
    switch (tag % 8) {
      case 0: {
        const value = varint(bytes, cursor);
        if (value === undefined) return undefined;
        fields.push({ number, value });
        break;
      }
      case 2: {
        const length = varint(bytes, cursor);
        if (length === undefined || cursor.at + length > bytes.length) return undefined;
        fields.push({ number, value: bytes.subarray(cursor.at, cursor.at + length) });
        cursor.at += length;
        break;
      }
      case 1:
        cursor.at += 8;
        break;
      case 5:
        cursor.at += 4;
        break;
      default:
        return undefined;
    }
  }
  return cursor.at === bytes.length ? fields : undefined;
}

/** A length-delimited field: text, octets or a message. */
export function protoField(number: number, value: string | Uint8Array): Uint8Array {
  const bytes = typeof value === "string" ? new TextEncoder().encode(value) : value;
  return Uint8Array.from([...varintBytes(number * 8 + 2), ...varintBytes(bytes.length), ...bytes]);
}

export function protoText(value: number | Uint8Array): string | undefined {
  return typeof value === "number" ? undefined : new TextDecoder().decode(value);
}

function varint(bytes: Uint8Array, cursor: { at: number }): number | undefined {
  let value = 0;
  // Ten octets hold 64 bits, seven each.
  for (let i = 0; i < 10; i++) {
    const octet = bytes[cursor.at++];
    if (octet === undefined) return undefined;
    value += (octet & 0x7f) * 2 ** (7 * i);
    if (octet < 0x80) return value;
  }
  return undefined;
}

function varintBytes(value: number): number[] {
  const bytes: number[] = [];
  for (let rest = value; ; rest = Math.floor(rest / 128)) {
    if (rest < 128) return [...bytes, rest];
    bytes.push((rest % 128) + 128);
  }
}
