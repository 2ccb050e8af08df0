import type { Address, ClientTls, Host, Socket, SocketEvents, TlsSession } from "../host/host.ts";
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
  const { address, tls, connectTimeoutMs = defaultConnectTimeoutMs, ...rest } = options;
  let connected = false;
  // What keeps a process alive is an open call, not a connection: see `Connections`.
  const background = { background: true };
  // The answer may lie in the kernel: one poll of the sockets goes before the verdict.
  const poll = (): void => void host.timer(0, giveUpNow, background);
  const giveUpNow = (): void => {
    if (transport.connection.ready || transport.report !== undefined) return;
    transport.failToConnect(connected ? "settings-timeout" : "connect-timeout", undefined);
  };
  const transport = new Transport(host, "client", addressText(address), rest, {
    onReady: () => {
      giveUp.cancel();
      events.onReady();
    },
    onSettings: () => events.onSettings(),
    onStream: (stream) => events.onStream(stream),
    onGoaway: (goaway) => events.onGoaway(goaway),
    onUnusable: () => events.onUnusable?.(),
    onEnded: (report) => {
      giveUp.cancel();
      // A transport has no socket before the connection is up: one that is given up on the way is closed here.
      if (!connected) socket.destroy();
      events.onEnded(report);
    },
  });
  const giveUp = host.timer(connectTimeoutMs, poll, background);
  const socketEvents: SocketEvents = {
    data: (bytes) => transport.data(bytes),
    end: () => transport.end(),
    flushed: (bytes) => transport.flushed(bytes),
    closed: (error) => transport.closed(error),
    connected: (session) => {
      connected = true;
      const wrong = faultInSession(tls, session);
      if (wrong === undefined) transport.start(socket);
      else {
        transport.failToConnect("wrong-protocol", { kind: "TLS", message: wrong });
        socket.destroy();
      }
    },
  };
  const connect = (heard: SocketEvents): Socket =>
    host.connect({ address, background: true, ...(tls === undefined ? {} : { tls }) }, heard);
  const { teller } = transport;
  const socket = teller === undefined ? connect(socketEvents) : teller.tap(socketEvents, connect);
  return transport;
}

/** HTTP/2 over TLS needs ALPN `h2`, RFC 9113 §3.2. */
function faultInSession(tls: ClientTls | undefined, session: TlsSession | undefined): string | undefined {
  if (tls === undefined || session?.alpn === "h2") return undefined;
  const chosen = session?.alpn === undefined ? "no protocol" : JSON.stringify(session.alpn);
  return `TLS was agreed on, but the peer chose ${chosen} by ALPN, expected "h2"`;
}
