/** Names what speaks at a port by its first octets, when that is not HTTP/2. Pure guesses at text; each says what it saw. */

import type { FindingId } from "./finding-entries.ts";

export interface ForeignSpeech {
  /** For instance `HTTP/1.1`, `Redis`, `TLS`. */
  readonly protocol: string;
  /** Its first line, cut short and not made printable, where it is text. */
  readonly excerpt: string | undefined;
  readonly id: FindingId;
}

interface Sign {
  readonly protocol: string;
  readonly looks: RegExp;
}

/** By what they say first, or answer to bytes that mean nothing to them. Latin-1. */
const signs: readonly Sign[] = [
  { protocol: "HTTP/1.1", looks: /^HTTP\/1\.[01] / },
  { protocol: "HTTP/1.1", looks: /^<(!DOCTYPE|html)/i },
  { protocol: "SSH", looks: /^SSH-\d/ },
  { protocol: "SMTP", looks: /^220[ -].*(SMTP|mail)/i },
  { protocol: "FTP or SMTP", looks: /^220[ -]/ },
  { protocol: "Redis", looks: /^-(ERR|NOAUTH|DENIED|LOADING|MASTERDOWN|NOPROTO)\b|^\+PONG/ },
  { protocol: "memcached", looks: /^(ERROR|CLIENT_ERROR .*)\r\n/ },
  { protocol: "POP3", looks: /^\+OK / },
  { protocol: "IMAP", looks: /^\* (OK|BYE|PREAUTH) / },
  // Protocol::HandshakeV10: a packet of number 0 that begins with 10 and a version; an error packet begins with 255.
  { protocol: "MySQL", looks: /^[^][^]\0\0(\x0a[5-9]\.|\x0a1\d\.|\xff[^][^])/ },
  { protocol: "PostgreSQL", looks: /^E\0\0[^][^]S(ERROR|FATAL)\0/ },
  { protocol: "AMQP", looks: /^AMQP[^]{4}/ },
  { protocol: "NATS", looks: /^INFO \{/ },
  { protocol: "VNC", looks: /^RFB \d{3}\./ },
];

/** A TLS record: handshake (22) or alert (21) of SSL 3.0 to TLS 1.3, RFC 8446 §5.1. */
const tlsRecord = /^[\x15\x16]\x03[\x00-\x04]/;

/** Undefined: nothing came, or what came is HTTP/2 or unknown. */
export function foreignSpeech(firstBytes: Uint8Array): ForeignSpeech | undefined {
  const text = Buffer.from(firstBytes).toString("latin1");
  if (tlsRecord.test(text)) return { protocol: "TLS", excerpt: undefined, id: "tls-where-plain-was-asked" };
  const sign = signs.find(({ looks }) => looks.test(text));
  if (sign === undefined) return undefined;
  const id = sign.protocol === "HTTP/1.1" ? "http1-peer" : "other-protocol";
  return { protocol: sign.protocol, excerpt: firstLine(text), id };
}

/** The first line of what came, at most 100 letters of it; undefined: it is no text. */
export function firstLine(text: string): string | undefined {
  const line = text.split(/\r?\n/, 1)[0] ?? "";
  const letters = [...line].filter((char) => char >= " " && char !== "\x7f").length;
  return line === "" || letters / line.length < 0.8 ? undefined : line.slice(0, 100);
}
