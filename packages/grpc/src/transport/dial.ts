import type { Address, ClientTls, Host, Socket, SocketError, SocketEvents, Timer, TlsSession } from "../host/host.ts";
import type { PeerGoaway } from "../http2/connection.ts";
import type { Http2Stream, StreamEvents } from "../http2/stream.ts";
import type { TerminationReport } from "../report/termination-report.ts";
import { addressText } from "./address-text.ts";
import { Transport, type TransportEvents, type TransportOptions } from "./transport.ts";

/** How to reach a peer. */
export interface DialOptions extends TransportOptions {
  readonly address: Address;
  /** Absent: plain text with prior knowledge, RFC 9113 §3.3. */
  readonly tls?: ClientTls;
  /** From the first SYN to the peer's SETTINGS, ms. Default 20,000, gRPC's minimum connect timeout. */
  readonly connectTimeoutMs?: number;
}

/** 20 s: gRPC's connection-backoff.md, MIN_CONNECT_TIMEOUT. */
const defaultConnectTimeoutMs = 20_000;

/**
 * Opens a client's transport. It is `ready` only when the peer's SETTINGS came: a TCP handshake alone proves that
 * something listens, not that it speaks HTTP/2. A peer that never speaks ends in `connect-timeout` (no connection) or
 * `settings-timeout` (a connection and silence).
 */
export function dial(host: Host, options: DialOptions, events: TransportEvents): Transport {
  return new Dialling(host, options, events).transport;
}

/**
 * The way to one connection. Itself what transport and socket tell, for as long as there is a transport: a closure for each
 * event was 1 KiB of every connection (bench row `memory`).
 */
class Dialling implements TransportEvents, SocketEvents {
  readonly transport: Transport;
  readonly #tls: ClientTls | undefined;
  readonly #events: TransportEvents;
  readonly #socket: Socket;
  #connected = false;
  #giveUp: Timer | undefined;

  constructor(host: Host, options: DialOptions, events: TransportEvents) {
    const { address, tls, connectTimeoutMs = defaultConnectTimeoutMs, ...rest } = options;
    this.#tls = tls;
    this.#events = events;
    this.transport = new Transport(host, "client", addressText(address), rest, this);
    // The answer may lie in the kernel: one poll of the sockets goes before the verdict.
    const poll = (): void => void host.timer(0, () => this.#giveUpNow(), background);
    this.#giveUp = host.timer(connectTimeoutMs, poll, background);
    const connect = (heard: SocketEvents): Socket =>
      host.connect({ address, background: true, ...(tls === undefined ? {} : { tls }) }, heard);
    const { teller } = this.transport;
    this.#socket = teller === undefined ? connect(this) : teller.tap(this, connect);
  }

  // --- what the socket tells ---

  connected(session: TlsSession | undefined): void {
    this.#connected = true;
    const wrong = faultInSession(this.#tls, session);
    if (wrong === undefined) this.transport.start(this.#socket);
    else {
      this.transport.failToConnect("wrong-protocol", { kind: "TLS", message: wrong });
      this.#socket.destroy();
    }
  }

  data(bytes: Uint8Array): void {
    this.transport.data(bytes);
  }

  flushed(bytes: number): void {
    this.transport.flushed(bytes);
  }

  end(): void {
    this.transport.end();
  }

  closed(error: SocketError | undefined): void {
    this.transport.closed(error);
  }

  // --- what the transport tells ---

  onReady(): void {
    this.#stopWaiting();
    this.#events.onReady();
  }

  onSettings(): void {
    this.#events.onSettings();
  }

  onStream(stream: Http2Stream): StreamEvents {
    return this.#events.onStream(stream);
  }

  onGoaway(goaway: PeerGoaway): void {
    this.#events.onGoaway(goaway);
  }

  onUnusable(): void {
    this.#events.onUnusable?.();
  }

  onEnded(report: TerminationReport): void {
    this.#stopWaiting();
    // A transport has no socket before the connection is up: one that is given up on the way is closed here.
    if (!this.#connected) this.#socket.destroy();
    this.#events.onEnded(report);
  }

  #stopWaiting(): void {
    this.#giveUp?.cancel();
    this.#giveUp = undefined;
  }

  #giveUpNow(): void {
    const { transport } = this;
    if (transport.connection.ready || transport.report !== undefined) return;
    transport.failToConnect(this.#connected ? "settings-timeout" : "connect-timeout", undefined);
  }
}

/** What keeps a process alive is an open call, not a connection: see `Connections`. */
const background = { background: true };

/** HTTP/2 over TLS needs ALPN `h2`, RFC 9113 §3.2. */
function faultInSession(tls: ClientTls | undefined, session: TlsSession | undefined): string | undefined {
  if (tls === undefined || session?.alpn === "h2") return undefined;
  const chosen = session?.alpn === undefined ? "no protocol" : JSON.stringify(session.alpn);
  return `TLS was agreed on, but the peer chose ${chosen} by ALPN, expected "h2"`;
}
