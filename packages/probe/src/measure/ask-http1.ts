/**
 * One request in HTTP/1.1 to a port that speaks HTTP/2: `OPTIONS *` (RFC 9110 §9.3.7), which asks the server about itself and
 * touches no resource. Many proxies answer it by name; gRPC servers do not.
 */

import type { Host, Timer } from "@holdfast/grpc/host";

export interface Http1Seen {
  /** `answered`: in HTTP/1.1. `http2`: it went on in HTTP/2. `closed` and `silent`: without a word that we know. */
  readonly kind: "answered" | "http2" | "closed" | "silent";
  /** For instance `HTTP/1.1 400 Bad Request`. */
  readonly statusLine?: string;
  /** Names and values in turn, names in lower case. */
  readonly headers: readonly string[];
}

export interface Http1Question {
  readonly address: string;
  readonly port: number;
  readonly authority: string;
  /** Absent: plain. */
  readonly serverName?: string;
  /** Default 1,000 ms. */
  readonly limitMs?: number;
}

/** An answer to OPTIONS has no body to speak of; more than this is not listened to, octets. */
const keptBytes = 4_096;

export function askHttp1(
  host: Host,
  { address, port, authority, serverName, limitMs = 1_000 }: Http1Question,
): Promise<Http1Seen> {
  return new Promise((resolve) => {
    let text = "";
    let timer: Timer | undefined = undefined;
    const finish = (kind: "closed" | "silent"): void => {
      timer?.cancel();
      socket.destroy();
      host.defer(() => resolve(readAnswer(text, kind)));
    };
    const tls = serverName === undefined ? {} : { tls: { serverName, alpn: ["http/1.1"], insecure: true } };
    const socket = host.connect(
      { address: { kind: "tcp", host: address, port }, ...tls },
      {
        connected: () => {
          const request = `OPTIONS * HTTP/1.1\r\nHost: ${authority}\r\nConnection: close\r\n\r\n`;
          socket.write([new TextEncoder().encode(request)]);
        },
        data: (bytes) => {
          text += new TextDecoder("latin1").decode(bytes);
          if (text.length > keptBytes || /^HTTP\/1[\s\S]*\r\n\r\n/.test(text)) finish("silent");
        },
        end: () => finish("closed"),
        flushed: () => undefined,
        closed: () => finish("closed"),
      },
    );
    timer = host.timer(limitMs, () => finish("silent"));
  });
}

/** RFC 9113 §3.4: a server's first frame is SETTINGS, type 4 on stream 0. */
const settingsFrame = /^[\s\S]{3}\x04[\s\S]\0\0\0\0/;

function readAnswer(text: string, otherwise: "closed" | "silent"): Http1Seen {
  if (settingsFrame.test(text)) return { kind: "http2", headers: [] };
  const [head = ""] = text.split("\r\n\r\n");
  const [statusLine = "", ...lines] = head.split("\r\n");
  if (!/^HTTP\/1\.[01] \d{3}/.test(statusLine)) return { kind: otherwise, headers: [] };
  const headers = lines.flatMap((line) => {
    const colon = line.indexOf(":");
    return colon < 1 ? [] : [line.slice(0, colon).toLowerCase(), line.slice(colon + 1).trim()];
  });
  return { kind: "answered", statusLine, headers };
}
