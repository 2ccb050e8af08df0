/** Owns what a wire needs of its surroundings: a `Host`, and TLS by hand where the host is a real process. */

import { type Host, nodeHost } from "@holdfast/grpc/host";
import { type StartTls, startTls } from "./tls-over-socket.ts";

/**
 * The real one shows each layer by itself. A simulated host does TCP and TLS in one step: without `startTls` the wire asks
 * the host for both, and knows of TLS only what a `TlsSession` says.
 */
export interface Network {
  readonly host: Host;
  readonly startTls?: StartTls;
}

/** This process: its sockets and clocks, and TLS in which nothing is hidden. */
export function nodeNetwork(): Network {
  return { host: nodeHost(), startTls };
}
