/**
 * Turns Node's errors into the words of the contract. Owns the names of errno and the guess at what a failed TLS
 * handshake met; decides nothing about what follows.
 */

import type { SocketError, SocketErrorKind } from "../host.ts";

const kinds: ReadonlyMap<string, SocketErrorKind> = new Map<string, SocketErrorKind>([
  ["ECONNREFUSED", "ECONNREFUSED"],
  ["ECONNRESET", "ECONNRESET"],
  // ECONNABORTED: accept(2) on a connection that was reset while it waited in the queue.
  ["ECONNABORTED", "ECONNRESET"],
  ["ETIMEDOUT", "ETIMEDOUT"],
  ["EPIPE", "EPIPE"],
  // Node answers a write behind `end` itself; the kernel would have said EPIPE.
  ["ERR_STREAM_WRITE_AFTER_END", "EPIPE"],
  ["EHOSTUNREACH", "EHOSTUNREACH"],
  ["ENETUNREACH", "ENETUNREACH"],
  ["EADDRINUSE", "EADDRINUSE"],
  ["EADDRNOTAVAIL", "EADDRNOTAVAIL"],
  ["EACCES", "EACCES"],
  ["EPERM", "EACCES"],
  ["ENOENT", "ENOENT"],
  ["ENOTFOUND", "ENOTFOUND"],
  ["ENODATA", "ENOTFOUND"],
  ["EAI_AGAIN", "ENOTFOUND"],
  ["EAI_NODATA", "ENOTFOUND"],
  ["EAI_FAIL", "ENOTFOUND"],
]);

/** Where the socket was when the error came: while TLS is being agreed on, an unknown error is TLS's. */
export type Phase = "plain" | "handshake" | "secure";

export function socketError(error: unknown, phase: Phase = "plain"): SocketError {
  const { code, message } = describe(error);
  const kind = kinds.get(code);
  if (kind === "ECONNRESET" && phase === "handshake" && code === "ECONNRESET") {
    return { kind, message: `the connection ended during the TLS handshake (${message})` };
  }
  if (kind !== undefined) return { kind, message };
  if (phase === "handshake" || code === "EPROTO" || code.startsWith("ERR_SSL") || code.startsWith("ERR_TLS")) {
    return { kind: "TLS", message: tlsMessage(code, message) };
  }
  return { kind: "OTHER", message };
}

/** What OpenSSL says when the first bytes of the peer are no TLS record; which of these depends on the bytes. */
const notTls: readonly string[] = [
  "ERR_SSL_WRONG_VERSION_NUMBER",
  "ERR_SSL_PACKET_LENGTH_TOO_LONG",
  "ERR_SSL_RECORD_LAYER_FAILURE",
  "ERR_SSL_BAD_RECORD_TYPE",
  "ERR_SSL_UNKNOWN_PROTOCOL",
];

function tlsMessage(code: string, message: string): string {
  if (code === "ERR_SSL_HTTP_REQUEST") return `the peer spoke plain HTTP/1.1 where TLS was expected (${message})`;
  if (notTls.includes(code)) return `the peer does not speak TLS here: its first bytes are plain text (${message})`;
  if (code === "ERR_SSL_TLSV1_ALERT_NO_APPLICATION_PROTOCOL") {
    return `the peer accepts none of the offered ALPN protocols (${message})`;
  }
  return message;
}

function describe(error: unknown): { readonly code: string; readonly message: string } {
  if (!(error instanceof Error)) return { code: "", message: String(error) };
  const code = "code" in error && typeof error.code === "string" ? error.code : "";
  return { code, message: error.message.trim() };
}
