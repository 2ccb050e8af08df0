import { latin1 } from "./bytes.ts";

/**
 * A guess, from the first octets, at what speaks when it is not HTTP/2. The most frequent mistakes are a wrong port and
 * TLS on one side only; both are recognised at once by a person who is told.
 */
export function strangerInWords(bytes: Uint8Array, at: number): string | undefined {
  const text = latin1(bytes, at, Math.min(bytes.length, at + 9));
  if (text.startsWith("HTTP/1.") || text.startsWith("HTTP/0.")) return "the peer speaks HTTP/1.1, expected HTTP/2";
  if (/^(GET|POST|PUT|HEAD|OPTIONS|DELETE|PATCH|CONNECT) /.test(text)) {
    return "the peer sent an HTTP/1.1 request, expected HTTP/2";
  }
  const [type, major, minor] = [bytes[at] ?? 0, bytes[at + 1] ?? 0, bytes[at + 2] ?? 0];
  // A TLS record: handshake (22) or alert (21), version 3.0 to 3.4, RFC 8446 §5.1.
  if ((type === 22 || type === 21) && major === 3 && minor <= 4)
    return "the peer speaks TLS on a plain-text connection";
  if (text.startsWith("SSH-")) return "the peer speaks SSH, expected HTTP/2";
  if (text.startsWith("-ERR") || text.startsWith("+OK") || text.startsWith("+PONG"))
    return "the peer speaks Redis, expected HTTP/2";
  return undefined;
}
