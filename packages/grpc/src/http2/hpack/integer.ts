/**
 * HPACK integers, RFC 7541 §5.1, both ways. What an integer means, and which limit it must keep, is the caller's business.
 */
import type { ByteWriter } from "../bytes.ts";

/** A place in a header block that readers move forward. */
export interface Cursor {
  at: number;
}

/** The block ends inside the integer. */
export const integerTruncated = -1;
/** The integer is longer or larger than any that HTTP/2 has a use for; §5.1 asks for an error then. */
export const integerTooLarge = -2;

// Five octets of seven bits hold every value of a SETTINGS parameter (32 bits), zeros in front included.
const maxContinuationOctets = 5;
// 2^32 - 1: the largest value of a SETTINGS parameter, RFC 9113 §6.5.1; nothing in a header block may be larger.
const maxInteger = 0xffff_ffff;

/** Reads the integer whose prefix is in the octet at the cursor; the caller has made sure that this octet is there. */
export function readInteger(bytes: Uint8Array, cursor: Cursor, prefixBits: number): number {
  const mask = (1 << prefixBits) - 1;
  const prefix = (bytes[cursor.at++] ?? 0) & mask;
  return prefix < mask ? prefix : readContinuation(bytes, cursor, prefix);
}

function readContinuation(bytes: Uint8Array, cursor: Cursor, prefix: number): number {
  let value = prefix;
  let scale = 1;
  for (let octets = 0; octets < maxContinuationOctets; octets++) {
    const octet = bytes[cursor.at];
    if (octet === undefined) return integerTruncated;
    cursor.at++;
    value += (octet & 0x7f) * scale; // Multiplied, not shifted: the fifth octet reaches past 32 bits.
    scale *= 0x80;
    if (octet < 0x80) return value > maxInteger ? integerTooLarge : value;
  }
  return integerTooLarge;
}

/** Appends `value`; `pattern` is what the bits above the prefix hold. */
export function writeInteger(into: ByteWriter, pattern: number, prefixBits: number, value: number): void {
  const mask = (1 << prefixBits) - 1;
  if (value < mask) {
    into.u8(pattern | value);
    return;
  }
  into.u8(pattern | mask);
  let rest = value - mask;
  while (rest >= 0x80) {
    into.u8(0x80 | (rest % 0x80)); // Division, not shifts: values reach up to 32 bits without a sign.
    rest = Math.floor(rest / 0x80);
  }
  into.u8(rest);
}
