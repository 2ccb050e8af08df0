/**
 * Owns the scripted peer: an HTTP/2 server over plain TCP or TLS sockets of 127.0.0.1 that can lie. It gives each connection
 * it accepts to a script, and keeps the ledger of what was executed. Does not own scripts (`../rows`, `../churn`).
 */

import type { AddressInfo, Server, Socket } from "node:net";
import { createServer } from "node:net";
import { createSecureContext, TLSSocket } from "node:tls";
import type { Certificate } from "./certificate.ts";
import { Ledger } from "./ledger.ts";
import type { LinkWatch } from "./link-watch.ts";
import type { PeerLink } from "./peer-connection.ts";
import { PeerConnection } from "./peer-connection.ts";
import type { PeerScript } from "./peer-script.ts";

export interface PeerOptions {
  /** The script of the n-th connection, counted from 1. */
  readonly scriptOf: (ordinal: number) => PeerScript;
  /** Serve TLS with this certificate. Default: plain TCP. */
  readonly certificate?: Certificate;
  /** What TLS chooses from. Default: `h2`. */
  readonly alpn?: readonly string[];
  /** Hears what passes on the n-th connection. */
  readonly watchOf?: (ordinal: number) => LinkWatch;
}

export class Peer implements AsyncDisposable {
  readonly ledger = new Ledger();
  /** What went otherwise than the scripts mean, in words; a result with a note is read with care. */
  readonly notes: string[] = [];
  readonly #server: Server;
  readonly #connections = new Set<PeerConnection>();
  #accepted = 0;

  constructor(options: PeerOptions) {
    const secure =
      options.certificate === undefined ? undefined : secureLink(options.certificate, options.alpn ?? ["h2"]);
    this.#server = createServer({ noDelay: true }, (tcp) => {
      const link = secure === undefined ? { stream: tcp, tcp } : secure(tcp);
      const ordinal = ++this.#accepted;
      this.#accept(link, options.scriptOf(ordinal), options.watchOf?.(ordinal));
    });
  }

  /** How many connections were accepted. */
  get accepted(): number {
    return this.#accepted;
  }

  get port(): number {
    return (this.#server.address() as AddressInfo).port;
  }

  /** Listens on a free port of 127.0.0.1, or at another address of this machine's loopback. */
  start(at: { readonly host: string; readonly port: number } = { host: "127.0.0.1", port: 0 }): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#server.once("error", reject);
      this.#server.listen(at, () => resolve());
    });
  }

  close(): Promise<void> {
    for (const connection of this.#connections) connection.destroy();
    return new Promise((resolve) => this.#server.close(() => resolve()));
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }

  #accept(link: PeerLink, script: PeerScript, watch: LinkWatch | undefined): void {
    const note = (text: string): void => void this.notes.push(text);
    const connection = new PeerConnection(link, this.#accepted, this.ledger, note, watch);
    this.#connections.add(connection);
    link.stream.once("close", () => this.#connections.delete(connection));
    if (script.settings !== "none") connection.greet(script.settings);
    void this.#play(script, connection);
  }

  async #play(script: PeerScript, connection: PeerConnection): Promise<void> {
    try {
      await script.play(connection);
    } catch (error) {
      this.notes.push(`the script of connection ${connection.ordinal} broke: ${String(error)}`);
    }
  }
}

function secureLink(certificate: Certificate, alpn: readonly string[]): (tcp: Socket) => PeerLink {
  const secureContext = createSecureContext({ cert: certificate.certPem, key: certificate.keyPem });
  return (tcp) => ({ tcp, stream: new TLSSocket(tcp, { isServer: true, secureContext, ALPNProtocols: [...alpn] }) });
}
