/**
 * The stand-in for TLS: one message each way and one back, as TLS 1.3 without its cryptography. Owns what a handshake
 * decides (certificate, name, protocol) and how it fails; after it the socket carries plain bytes.
 *
 * Each message is a record as on a real wire: 0x16 0x03 0x03 (handshake, TLS 1.2's number), a length, then JSON. So a
 * peer that speaks plain text sees bytes that are not its protocol, and is seen by its first byte.
 */

import { concat, fromUtf8, utf8 } from "../http2/bytes.ts";
import type { ClientTls, PeerIdentity, ServerTls, SocketError, SocketEvents, TlsSession } from "../host/host.ts";
import { fitsName, identity, parseCertificate, signedBy, type Certificate } from "./certificate.ts";
import type { SimSocket } from "./socket.ts";

const version = "TLSv1.3";
const headerBytes = 5;

interface Hello {
  readonly kind: "client-hello" | "server-hello" | "finished" | "alert";
  readonly alpn?: readonly string[];
  readonly chosen?: string;
  readonly cert?: string;
  readonly asksForCert?: boolean;
  readonly reason?: string;
}

export interface HandshakeResult {
  done(session: TlsSession): SocketEvents | undefined;
  /** Without an error: our own side closed the socket. */
  failed(error: SocketError | undefined): void;
}

/** Reads records and leaves what follows them. */
abstract class Handshake implements SocketEvents {
  protected readonly socket: SimSocket;
  protected readonly result: HandshakeResult;
  #pending: Uint8Array = new Uint8Array(0);
  #over = false;
  #after: SocketEvents | undefined;

  constructor(socket: SimSocket, result: HandshakeResult) {
    this.socket = socket;
    this.result = result;
    socket.hold();
  }

  protected abstract hear(message: Hello): void;

  data(bytes: Uint8Array): void {
    this.#pending = concat([this.#pending, bytes], this.#pending.length + bytes.length);
    while (!this.#over && this.#pending.length > 0) {
      if (this.#pending[0] !== 0x16) {
        this.fail("the peer does not speak TLS here: its first bytes are plain text");
        return;
      }
      if (this.#pending.length < headerBytes) return;
      const length = ((this.#pending[3] ?? 0) << 8) | (this.#pending[4] ?? 0);
      if (this.#pending.length < headerBytes + length) return;
      const message = parseMessage(utf8(this.#pending, headerBytes, headerBytes + length));
      this.#pending = this.#pending.subarray(headerBytes + length);
      if (message === undefined) this.fail("a handshake record that cannot be read");
      else if (message.kind === "alert") this.fail(message.reason ?? "alert", false);
      else this.hear(message);
    }
    // Application data may follow the last record in the same packet.
    if (this.#pending.length > 0) this.#after?.data(this.#pending);
  }

  end(): void {
    this.#ended({ kind: "ECONNRESET", message: "the connection ended during the TLS handshake" });
  }

  flushed(): void {}

  closed(error: SocketError | undefined): void {
    if (this.#over) return;
    this.#over = true;
    this.result.failed(error);
  }

  protected say(message: Hello): void {
    const body = fromUtf8(JSON.stringify(message));
    const header = new Uint8Array([0x16, 3, 3, body.length >> 8, body.length & 0xff]);
    this.socket.writeUncounted(concat([header, body], headerBytes + body.length));
  }

  protected succeed(session: TlsSession, dialled: boolean): void {
    this.#over = true;
    const events = this.result.done(session);
    if (events === undefined) {
      this.socket.destroy();
      return;
    }
    this.#after = events;
    this.socket.release(session, events, dialled);
  }

  protected fail(reason: string, tellPeer = true): void {
    if (tellPeer) this.say({ kind: "alert", reason: `the peer refused: ${reason}` });
    this.#ended({ kind: "TLS", message: reason });
  }

  #ended(error: SocketError): void {
    if (this.#over) return;
    this.#over = true;
    this.result.failed(error);
  }
}

export class ClientHandshake extends Handshake {
  readonly #tls: ClientTls;

  constructor(socket: SimSocket, tls: ClientTls, result: HandshakeResult) {
    super(socket, result);
    this.#tls = tls;
  }

  connected(): void {
    this.say({ kind: "client-hello", alpn: this.#tls.alpn });
  }

  protected hear(message: Hello): void {
    const tls = this.#tls;
    const certificate = message.cert === undefined ? undefined : parseCertificate(message.cert);
    if (message.kind !== "server-hello" || certificate === undefined) {
      this.fail("the server showed no certificate");
      return;
    }
    if (tls.insecure !== true) {
      if (!signedBy(certificate, tls.ca)) {
        this.fail(`unable to verify the certificate: ${certificate.ca} is not a trusted authority`);
        return;
      }
      if (!fitsName(certificate, tls.serverName)) {
        this.fail(`the certificate is for ${certificate.names.join(", ")}, not for ${tls.serverName}`);
        return;
      }
    }
    const mine = message.asksForCert === true && tls.cert !== undefined ? { cert: tls.cert } : {};
    this.say({ kind: "finished", ...mine });
    this.succeed(session(message.chosen, identity(certificate)), true);
  }
}

export class ServerHandshake extends Handshake {
  readonly #tls: ServerTls;
  #chosen: string | undefined;

  constructor(socket: SimSocket, tls: ServerTls, result: HandshakeResult) {
    super(socket, result);
    this.#tls = tls;
  }

  /** The client takes too long. */
  giveUp(): void {
    this.fail("the handshake took too long", false);
  }

  protected hear(message: Hello): void {
    if (message.kind === "client-hello") this.#greet(message.alpn ?? []);
    else this.#finish(message.cert === undefined ? undefined : parseCertificate(message.cert));
  }

  #greet(offered: readonly string[]): void {
    const tls = this.#tls;
    if (tls.alpn.length > 0 && offered.length > 0) {
      this.#chosen = tls.alpn.find((protocol) => offered.includes(protocol));
      if (this.#chosen === undefined) {
        this.fail(`none of the offered ALPN protocols (${offered.join(", ")}) is spoken here`);
        return;
      }
    }
    this.say({
      kind: "server-hello",
      cert: tls.cert,
      asksForCert: tls.ca !== undefined || tls.requireClientCert === true,
      ...(this.#chosen === undefined ? {} : { chosen: this.#chosen }),
    });
  }

  #finish(certificate: Certificate | undefined): void {
    const accepted = certificate !== undefined && signedBy(certificate, this.#tls.ca);
    if (this.#tls.requireClientCert === true && !accepted) {
      // The client is done already and takes what comes for application data; so OpenSSL's users just hang up.
      this.fail("a client certificate of a trusted authority is required", false);
      return;
    }
    this.succeed(session(this.#chosen, accepted ? identity(certificate) : undefined), false);
  }
}

function session(alpn: string | undefined, peer: PeerIdentity | undefined): TlsSession {
  return { version, ...(alpn === undefined ? {} : { alpn }), ...(peer === undefined ? {} : { peer }) };
}

function parseMessage(text: string): Hello | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return isHello(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

function isHello(value: unknown): value is Hello {
  return typeof value === "object" && value !== null && "kind" in value && typeof value.kind === "string";
}
