/**
 * TLS spoken over a socket of the host, so that the TCP below it stays in sight: who sent FIN or RST, and what a peer that
 * does not speak TLS answered instead. It trusts every certificate; what was seen is judged by others.
 */

import { isIP } from "node:net";
import { Duplex } from "node:stream";
import { connect, type ConnectionOptions, type TLSSocket } from "node:tls";
import type { SocketError } from "@holdfast/grpc/host";
import { type TlsSeen, tlsSeen, type WireTls } from "./tls-seen.ts";

/** What TLS does to the socket below it. */
export interface Below {
  write(chunks: readonly Uint8Array[]): void;
}

export interface TlsEvents {
  secured(seen: TlsSeen): void;
  /** Decrypted, borrowed for the call. */
  data(bytes: Uint8Array): void;
  /** So many octets given to `write` are with the kernel. */
  flushed(bytes: number): void;
  /** The peer said close_notify, or its FIN came. */
  end(): void;
  /** The handshake cannot be finished, or the peer sent an alert later on. `word` is OpenSSL's or Node's code. */
  failed(word: string, message: string): void;
}

/** TLS on top of a connected socket, told of what happens there by its owner. */
export interface TlsLayer {
  readonly writableLength: number;
  write(chunks: readonly Uint8Array[]): void;
  /** Says close_notify behind what was written. */
  end(): void;
  /** Nothing is told any more. */
  destroy(): void;
  belowReceived(bytes: Uint8Array): void;
  belowFlushed(): void;
  belowEnded(): void;
  belowClosed(error: SocketError | undefined): void;
}

export type StartTls = (below: Below, tls: WireTls, events: TlsEvents) => TlsLayer;

export const startTls: StartTls = (below, tls, events) => new TlsOverSocket(below, tls, events);

class TlsOverSocket implements TlsLayer {
  readonly #pipe: Duplex;
  readonly #stream: TLSSocket;
  readonly #events: TlsEvents;
  /** Encrypted writes that the socket below has not flushed, oldest first. */
  readonly #unflushed: (() => void)[] = [];
  #over = false;

  constructor(below: Below, tls: WireTls, events: TlsEvents) {
    this.#events = events;
    this.#pipe = new Duplex({
      read: () => undefined,
      write: (chunk: Buffer, _encoding, done) => {
        this.#unflushed.push(() => done());
        below.write([chunk]);
      },
      // The owner ends the socket below.
      final: (done) => done(),
    });
    this.#pipe.on("error", (error) => this.#failed(error));
    this.#stream = connect(tlsOptions(this.#pipe, tls));
    this.#stream.on("error", (error) => this.#failed(error));
    this.#stream.once("secureConnect", () => {
      if (!this.#over) events.secured(tlsSeen(this.#stream, tls.serverName));
    });
    this.#stream.on("data", (bytes: Buffer) => {
      if (!this.#over) events.data(bytes);
    });
    this.#stream.on("end", () => {
      if (!this.#over) events.end();
    });
  }

  get writableLength(): number {
    return this.#over ? 0 : this.#stream.writableLength;
  }

  write(chunks: readonly Uint8Array[]): void {
    if (this.#over) return;
    for (const chunk of chunks) {
      if (chunk.length === 0) continue;
      this.#stream.write(chunk, (error) => {
        if ((error === undefined || error === null) && !this.#over) this.#events.flushed(chunk.length);
      });
    }
  }

  end(): void {
    if (!this.#over) this.#stream.end();
  }

  destroy(): void {
    this.#over = true;
    this.#stream.destroy();
    this.#pipe.destroy();
  }

  belowReceived(bytes: Uint8Array): void {
    if (!this.#pipe.destroyed) this.#pipe.push(Buffer.from(bytes));
  }

  belowFlushed(): void {
    this.#unflushed.shift()?.();
  }

  belowEnded(): void {
    if (!this.#pipe.destroyed) this.#pipe.push(null);
  }

  belowClosed(error: SocketError | undefined): void {
    if (this.#over) return;
    if (error !== undefined) this.#failed(Object.assign(new Error(error.message), { code: error.kind }));
    this.destroy();
  }

  #failed(error: Error): void {
    if (this.#over) return;
    this.#over = true;
    const code = "code" in error && typeof error.code === "string" ? error.code : "";
    this.#events.failed(code, opensslWords(error.message.trim()));
  }
}

/** Of OpenSSL's `…:SSL routines:ssl3_read_bytes:tlsv13 alert certificate required:…/rec_layer_s3.c:1605:…` the words. */
function opensslWords(message: string): string {
  const [, words] = /:SSL routines:[^:]*:([^:]+)/.exec(message) ?? [];
  return words ?? message;
}

function tlsOptions(pipe: Duplex, tls: WireTls): ConnectionOptions {
  const { serverName, alpn = ["h2"], minVersion = "TLSv1.2", maxVersion = "TLSv1.3" } = tls;
  const old = minVersion === "TLSv1" || minVersion === "TLSv1.1";
  return {
    socket: pipe,
    minVersion,
    maxVersion,
    // RFC 6066 §3: SNI holds no IP address.
    servername: isIP(serverName) === 0 ? serverName : "",
    rejectUnauthorized: false,
    // The name is judged beside the chain, not instead of it.
    checkServerIdentity: () => undefined,
    ...(alpn.length === 0 ? {} : { ALPNProtocols: [...alpn] }),
    // OpenSSL 3 has TLS below 1.2 only at security level 0.
    ...(old ? { ciphers: "DEFAULT@SECLEVEL=0" } : {}),
    ...(tls.ca === undefined ? {} : { ca: tls.ca }),
    ...(tls.cert === undefined ? {} : { cert: tls.cert }),
    ...(tls.key === undefined ? {} : { key: tls.key }),
  };
}
