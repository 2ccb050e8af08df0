/**
 * Owns how the two sockets of a relayed connection come about: plain or TLS, towards the client with the lab's certificate,
 * towards the server as a client would. Does not own what passes between them.
 */

import { connect, isIP, type Socket } from "node:net";
import { connect as connectTls, createSecureContext, TLSSocket } from "node:tls";
import type { Certificate } from "../peer/certificate.ts";
import { RelayEnd } from "./relay-end.ts";

/** TLS with the server. */
export interface UpstreamTls {
  /** Default: the host that is connected to. */
  readonly serverName?: string;
  /** PEM of the authorities to trust. Default: Node's. */
  readonly caPem?: string;
  /** Take any certificate. Default: false. */
  readonly insecure?: boolean;
}

export interface UpstreamPlace {
  readonly host: string;
  readonly port: number;
  readonly tls?: UpstreamTls;
}

const offered = ["h2"];

/** The client's end of an accepted socket. `alpn` empty: none is chosen. */
export function clientEnd(tcp: Socket, certificate: Certificate | undefined, alpn: readonly string[]): RelayEnd {
  if (certificate === undefined) return new RelayEnd(tcp, tcp);
  const secureContext = createSecureContext({ cert: certificate.certPem, key: certificate.keyPem });
  const protocols = alpn.length === 0 ? {} : { ALPNProtocols: [...alpn] };
  return new RelayEnd(new TLSSocket(tcp, { isServer: true, secureContext, ...protocols }), tcp);
}

/** Connects to the server; `onTrouble` hears why that failed. */
export function serverEnd(to: UpstreamPlace, onTrouble: (why: string) => void): RelayEnd {
  const tcp = connect({ host: to.host, port: to.port, allowHalfOpen: true, noDelay: true });
  const stream = to.tls === undefined ? tcp : secured(tcp, to, to.tls);
  let isUp = false;
  stream.once(to.tls === undefined ? "connect" : "secureConnect", () => (isUp = true));
  stream.on("error", (error: NodeJS.ErrnoException) => {
    if (!isUp) onTrouble(error.code ?? error.message);
  });
  return new RelayEnd(stream, tcp);
}

function secured(tcp: Socket, to: UpstreamPlace, tls: UpstreamTls): TLSSocket {
  return connectTls({
    socket: tcp,
    host: to.host,
    ALPNProtocols: offered,
    ...servername(tls.serverName ?? to.host),
    ...(tls.caPem === undefined ? {} : { ca: tls.caPem }),
    rejectUnauthorized: tls.insecure !== true,
  });
}

/** RFC 6066 §3: an address is no server name. */
function servername(name: string): { servername?: string } {
  return isIP(name) === 0 ? { servername: name } : {};
}
