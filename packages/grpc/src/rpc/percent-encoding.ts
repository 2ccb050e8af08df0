/**
 * The encoding of `grpc-message`: UTF-8 with everything outside printable ASCII, and the percent sign, as %XX
 * (gRPC's PROTOCOL-HTTP2 "Percent-Encoded"). Decoding never fails: broken escapes stay as they came.
 */

import { fromLatin1, fromUtf8, utf8 } from "../http2/bytes.ts";

export function percentEncode(text: string): string {
  // The usual message needs nothing.
  if (!/[^ -$&-~]/.test(text)) return text;
  let out = "";
  for (const byte of fromUtf8(text)) {
    if (byte >= 0x20 && byte <= 0x7e && byte !== 0x25) out += String.fromCharCode(byte);
    else out += `%${byte < 16 ? "0" : ""}${byte.toString(16).toUpperCase()}`;
  }
  return out;
}

/** `value` is a header value, octets as latin1. What is not UTF-8 becomes U+FFFD. */
export function percentDecode(value: string): string {
  if (!/[^ -$&-~]/.test(value)) return value;
  const octets = value.replace(/%([0-9a-fA-F]{2})/g, (_, hex: string) => String.fromCharCode(parseInt(hex, 16)));
  return utf8(fromLatin1(octets));
}
