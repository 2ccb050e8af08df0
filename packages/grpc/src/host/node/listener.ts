/**
 * Listens: TCP or unix, plain or TLS. Owns the connections whose handshake is not finished: they belong to nobody yet
 * and end with the listener, as those in the kernel's queue do.
 */

import { createServer, type Server, type Socket as NetSocket } from "node:net";
import { createServer as createTlsServer, type TlsOptions } from "node:tls";
import type { Address, Listener, ListenerEvents, ListenOptions, ServerTls, TlsSession } from "../host.ts";
import { socketError } from "./socket-error.ts";
import { NodeSocket } from "./socket.ts";
import { tlsSession } from "./tls-session.ts";

export function nodeListen(options: ListenOptions, events: ListenerEvents): Listener {
  return new NodeListener(options, events);
}

class NodeListener implements Listener {
  readonly #events: ListenerEvents;
  readonly #address: Address;
  /** TLS only: by the peer's address, the TCP sockets below handshakes and sessions. Node does not tell which is whose. */
  readonly #wires = new Map<string, NetSocket>();
  readonly #shaking = new Set<NetSocket>();
  #server: Server | undefined;

  constructor(options: ListenOptions, events: ListenerEvents) {
    this.#events = events;
    this.#address = options.address;
    try {
      this.#server = options.tls === undefined ? this.#plain() : this.#secure(options.tls, options.handshakeMs);
      this.#listen(this.#server, options);
    } catch (error) {
      // A certificate that OpenSSL cannot read, a port out of range.
      this.#server = undefined;
      process.nextTick(() => {
        events.failed(socketError(error, options.tls === undefined ? "plain" : "handshake"));
        events.closed();
      });
    }
  }

  close(): void {
    const server = this.#server;
    if (server === undefined) return;
    this.#server = undefined;
    // Node's own "close" waits for every connection; ours says that nothing more is accepted, which is true now.
    server.close();
    for (const wire of this.#shaking) wire.resetAndDestroy();
    process.nextTick(() => this.#events.closed());
  }

  #plain(): Server {
    const server = createServer({ allowHalfOpen: true, noDelay: true });
    server.on("connection", (wire) => this.#accepted(wire, wire, undefined));
    return server;
  }

  #secure(tls: ServerTls, handshakeMs: number | undefined): Server {
    const server = createTlsServer(tlsOptions(tls, handshakeMs));
    server.on("connection", (wire: NetSocket) => this.#shake(wire));
    server.on("secureConnection", (stream) => {
      // A peer that is gone already has no address to find its wire by.
      const wire = this.#wires.get(peerKey(stream));
      if (wire !== undefined) this.#shaking.delete(wire);
      stream.allowHalfOpen = true;
      this.#accepted(stream, wire, tlsSession(stream, false));
    });
    server.on("tlsClientError", (error, stream) => {
      stream.on("error", () => {});
      stream.destroy();
      if (this.#server === undefined) return;
      // Node hangs up on a client whose certificate it does not accept, and calls that a reset.
      const refusal = stream.authorizationError;
      this.#events.failed(
        refusal
          ? { kind: "TLS", message: `the client's certificate: ${String(refusal)}` }
          : socketError(error, "handshake"),
      );
    });
    return server;
  }

  #listen(server: Server, options: ListenOptions): void {
    const { address, backlog } = options;
    server.on("error", this.#broke);
    server.on("listening", () => {
      if (this.#server === server) this.#events.listening(boundAddress(server, address));
    });
    const queue = backlog === undefined ? {} : { backlog };
    // `exclusive`: a cluster's workers must not share the port behind our back.
    if (address.kind === "unix") server.listen({ path: address.path, ...queue });
    else server.listen({ host: address.host, port: address.port, exclusive: true, ...queue });
  }

  #shake(wire: NetSocket): void {
    // Peers of a unix socket cannot be told apart, and have no RST to send.
    if (wire.remotePort === undefined) return;
    const key = peerKey(wire);
    this.#wires.set(key, wire);
    this.#shaking.add(wire);
    wire.on("error", () => {});
    wire.once("close", () => {
      this.#shaking.delete(wire);
      if (this.#wires.get(key) === wire) this.#wires.delete(key);
    });
  }

  #accepted(stream: NetSocket, wire: NetSocket | undefined, session: TlsSession | undefined): void {
    const socket = new NodeSocket(
      stream,
      wire,
      peerAddress(wire ?? stream, this.#address),
      session === undefined ? "plain" : "secure",
    );
    const events = this.#server === undefined ? undefined : this.#events.accepted(socket, session);
    if (events === undefined) stream.destroy();
    else socket.attach(events, true);
  }

  readonly #broke = (error: unknown): void => {
    const server = this.#server;
    if (server === undefined) return;
    this.#events.failed(socketError(error));
    // An accept(2) that failed (too many files) is told; the listener lives on.
    if (server?.listening === true) return;
    this.#server = undefined;
    this.#events.closed();
  };
}

function tlsOptions(tls: ServerTls, handshakeMs: number | undefined): TlsOptions {
  return {
    cert: tls.cert,
    key: tls.key,
    // Until the handshake is done FIN is a goodbye (health checks do that); Node would wait for more otherwise.
    allowHalfOpen: false,
    noDelay: true,
    // RFC 9113 §9.2: HTTP/2 needs TLS 1.2 or higher.
    minVersion: "TLSv1.2",
    ...(tls.alpn.length === 0 ? {} : { ALPNProtocols: [...tls.alpn] }),
    ...(tls.ca === undefined ? {} : { ca: tls.ca }),
    requestCert: tls.requireClientCert === true || tls.ca !== undefined,
    rejectUnauthorized: tls.requireClientCert === true,
    // For Node 0 is none at all, and so is more than its timers can count.
    ...(handshakeMs === undefined ? {} : { handshakeTimeout: Math.min(Math.max(1, handshakeMs), 0x7fff_ffff) }),
  };
}

function boundAddress(server: Server, asked: Address): Address {
  const bound = server.address();
  if (bound === null || typeof bound === "string") return asked;
  return { kind: "tcp", host: bound.address, port: bound.port };
}

function peerAddress(wire: NetSocket, listening: Address): Address {
  // The peer of a unix socket has no name of its own.
  if (listening.kind === "unix") return { kind: "unix", path: "" };
  return { kind: "tcp", host: wire.remoteAddress ?? "", port: wire.remotePort ?? 0 };
}

function peerKey(wire: NetSocket): string {
  return `${wire.remoteAddress} ${wire.remotePort} ${wire.localAddress}`;
}
