/** Dials: TCP or unix, plain or TLS. Owns the options that Node gets and the order of the first events. */

import { connect as netConnect, isIP, type OnReadOpts, Socket as NetSocket } from "node:net";
import { connect as tlsConnect, type ConnectionOptions, type TLSSocket } from "node:tls";
import type { Address, ClientTls, ConnectOptions, Socket, SocketEvents } from "../host.ts";
import { socketError } from "./socket-error.ts";
import { NodeSocket } from "./socket.ts";
import { tlsSession } from "./tls-session.ts";

// libuv reads at most 64 KiB at once.
const readBytes = 65_536;

/**
 * Every plain connection reads into this one buffer: libuv fills it and hands it on before it reads anything else, and
 * `data` only lends it out. Saves an allocation per read.
 */
let lent: Buffer | undefined;

export function nodeConnect(options: ConnectOptions, events: SocketEvents): Socket {
  const { address, tls } = options;
  try {
    const socket = tls === undefined ? connectPlain(address, events) : connectTls(address, tls, events);
    if (options.background === true) socket.unref();
    return socket;
  } catch (error) {
    // A port out of range; a certificate, key or authority that OpenSSL cannot read.
    const stillborn = new NetSocket();
    const socket = new NodeSocket(stillborn, stillborn, address, "plain");
    socket.attach(events, false);
    socket.fail(socketError(error, tls === undefined ? "plain" : "handshake"));
    return socket;
  }
}

function connectPlain(address: Address, events: SocketEvents): NodeSocket {
  let socket: NodeSocket | undefined;
  lent ??= Buffer.allocUnsafeSlow(readBytes);
  const wire = dial(address, {
    buffer: lent,
    callback: (length, buffer) => {
      socket?.received(buffer.subarray(0, length));
      return true;
    },
  });
  socket = new NodeSocket(wire, wire, address, "plain");
  socket.attach(events, false);
  wire.once("connect", () => events.connected?.(undefined));
  return socket;
}

function connectTls(address: Address, tls: ClientTls, events: SocketEvents): NodeSocket {
  const wire = dial(address, undefined);
  let stream: TLSSocket;
  try {
    stream = tlsConnect(tlsOptions(wire, tls));
  } catch (error) {
    wire.destroy();
    throw error;
  }
  const socket = new NodeSocket(stream, wire, address, "handshake");
  socket.attach(events, true);
  stream.once("secureConnect", () => {
    socket.secured();
    events.connected?.(tlsSession(stream, true));
  });
  return socket;
}

function dial(address: Address, onread: OnReadOpts | undefined): NetSocket {
  const where =
    address.kind === "unix"
      ? { path: address.path }
      : // The channel tries addresses itself, one by one; Node's own race would hide which of them failed.
        { host: address.host, port: address.port, noDelay: true, autoSelectFamily: false };
  return netConnect({ ...where, allowHalfOpen: true, ...(onread === undefined ? {} : { onread }) });
}

function tlsOptions(wire: NetSocket, tls: ClientTls): ConnectionOptions {
  // RFC 6066 §3: SNI holds no IP address. Such a name is still checked against the certificate, through `host`.
  const name = isIP(tls.serverName) === 0 ? { servername: tls.serverName } : { host: tls.serverName, servername: "" };
  return {
    socket: wire,
    ...name,
    // RFC 9113 §9.2: HTTP/2 needs TLS 1.2 or higher.
    minVersion: "TLSv1.2",
    rejectUnauthorized: tls.insecure !== true,
    ...(tls.alpn.length === 0 ? {} : { ALPNProtocols: [...tls.alpn] }),
    ...(tls.ca === undefined ? {} : { ca: tls.ca }),
    ...(tls.cert === undefined ? {} : { cert: tls.cert }),
    ...(tls.key === undefined ? {} : { key: tls.key }),
  };
}
