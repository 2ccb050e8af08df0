/**
 * The contract of one process with its surroundings: time, chance, names, sockets, files, signals.
 *
 * Everything above this line learns about the world only from here, so that the same code runs on Node (`nodeHost()`)
 * and in a simulated network (`createWorld({ seed }).host("client-1")`). A host moves bytes and keeps time; it decides
 * nothing. `host.contract.ts` is the same list of stories run against both.
 *
 * Callbacks, not promises: between an event of the host and its effects no library code awaits, which is what makes a
 * simulated run repeatable. Promises are made at the public edge only.
 */

/** One process. */
export interface Host {
  /** Milliseconds on a monotonic clock with an arbitrary start; fractions allowed. */
  nowMs(): number;
  /** Milliseconds since the Unix epoch; may jump. For people and certificates, never for durations. */
  wallMs(): number;
  /**
   * Calls `fire` once, at the earliest `delayMs` from now. Delays beyond 24.8 days work. A timer keeps the process
   * alive unless `background` is set.
   */
  timer(delayMs: number, fire: () => void, options?: { readonly background?: boolean }): Timer;
  /**
   * Runs `task` after the current event and the promise reactions that it caused, before the next event. Everything
   * that runs code of the user (handlers, settled promises) goes through here.
   */
  defer(task: () => void): void;
  /** A number in [0, 1). */
  random(): number;
  /** The addresses of a name. `done` is never called before `lookup` returned. */
  lookup(name: string, done: (result: LookupResult) => void): void;
  /** Opens a stream connection. No event comes before `connect` returned. */
  connect(options: ConnectOptions, events: SocketEvents): Socket;
  /** Binds and listens. No event comes before `listen` returned. */
  listen(options: ListenOptions, events: ListenerEvents): Listener;
  /** Calls `heard` at each arrival of the signal until the returned function is called. */
  onSignal(name: SignalName, heard: () => void): () => void;
  /** A variable of the process's environment. To be read when something is made, not while it works. */
  env(name: string): string | undefined;
  /** Writes one line for the operator (standard error of a real process). */
  log(line: string): void;
  /** Packs octets, at once: a megabyte keeps the process busy for some 10 ms. */
  compress(coding: "gzip" | "deflate", bytes: Uint8Array): Uint8Array;
  /** Unpacks octets, at once, to at most `maxBytes`; never throws for what they are. */
  decompress(coding: "gzip" | "deflate", bytes: Uint8Array, maxBytes: number): Uint8Array | "too-large" | "broken";
}

export type SignalName = "SIGTERM" | "SIGINT" | "SIGHUP" | "SIGUSR2";

export interface Timer {
  /** After this `fire` is not called any more. Harmless when it already was. */
  cancel(): void;
}

export type LookupResult =
  | { readonly kind: "found"; readonly addresses: readonly string[] }
  | { readonly kind: "failed"; readonly error: SocketError };

/** Where a socket or a listener is. */
export type Address =
  | { readonly kind: "tcp"; readonly host: string; readonly port: number }
  | { readonly kind: "unix"; readonly path: string };

export interface ConnectOptions {
  readonly address: Address;
  /** Absent: plain text. */
  readonly tls?: ClientTls;
  /** True: the connection alone does not keep the process alive. Default false. */
  readonly background?: boolean;
}

export interface ClientTls {
  /** The name asked for by SNI and checked against the certificate. */
  readonly serverName: string;
  /** Offered protocols, most wanted first, for instance `["h2"]`. */
  readonly alpn: readonly string[];
  /** Trusted authorities as PEM; absent: those of the platform. */
  readonly ca?: string;
  /** Our own certificate and key as PEM, for mutual TLS. */
  readonly cert?: string;
  readonly key?: string;
  /** True accepts any certificate. For tests and diagnosis. */
  readonly insecure?: boolean;
}

export interface ServerTls {
  readonly cert: string;
  readonly key: string;
  /** Accepted protocols, most wanted first. */
  readonly alpn: readonly string[];
  /** Authorities whose client certificates are accepted; with `requireClientCert` others are turned away. */
  readonly ca?: string;
  readonly requireClientCert?: boolean;
}

/** What TLS agreed on. */
export interface TlsSession {
  /** Absent when the peer chose none. */
  readonly alpn?: string;
  readonly version: string;
  /** The peer's certificate, if it showed one that was accepted. */
  readonly peer?: PeerIdentity;
}

export interface PeerIdentity {
  readonly subject: string;
  readonly subjectAltName: string;
  readonly fingerprint256: string;
}

/**
 * One stream connection. A socket made by `connect` may be written to at once; what is written goes out when it is
 * connected. After `closed` nothing is called and every method is harmless.
 */
export interface Socket {
  /** Unknown until connected; a unix socket that dialled has none. */
  readonly local: Address | undefined;
  /** The address that was dialled, or that of the accepted peer. */
  readonly remote: Address;
  /** Bytes accepted by `write` and not yet handed to the kernel. */
  readonly writableLength: number;
  /**
   * Hands over chunks as one vectored write. The socket keeps them by reference until `flushed` counted them. After
   * `end` it closes with EPIPE, as the kernel would say.
   */
  write(chunks: readonly Uint8Array[]): void;
  /** Sends FIN behind everything written. Reading goes on. */
  end(): void;
  /**
   * Closes both directions now, as close(2) does: FIN behind what the kernel has; but bytes that came and were not read,
   * or come later, make it send RST, which throws away what is not sent yet and fails the peer's writes, often before
   * the peer has read everything. Writes not yet flushed are lost. Nothing but `closed` follows.
   */
  destroy(): void;
  /** Closes with RST whatever was read; a unix socket, which knows no RST, as `destroy` does. Only `closed` follows. */
  reset(): void;
  /**
   * Stops and starts the flow of `data`. While paused, bytes stay in the kernel and hold the peer back (Node reads up to
   * 128 KiB of an accepted socket ahead), and nothing is heard of FIN or RST, unless a write is pending.
   */
  pause(): void;
  resume(): void;
}

export interface SocketEvents {
  /** The connection is up (with TLS: the handshake is done). Comes first, once, for `connect`; not for accepted sockets. */
  connected?(tls: TlsSession | undefined): void;
  /** The bytes are borrowed: valid only during the call. */
  data(bytes: Uint8Array): void;
  /**
   * The peer sent FIN: no more data. Writing may still work. Not proof of a FIN: up to Node 22 an RST that is found right
   * behind the last bytes is told like this too, and only the next write learns of it.
   */
  end(): void;
  /** So many more bytes of what was written are with the kernel now. A write counts when all of it is. */
  flushed(bytes: number): void;
  /** The last event. With an error if the network or the peer ended it; without after FIN both ways or `destroy`. */
  closed(error: SocketError | undefined): void;
}

/** Why a socket ended or never came up, in the words of errno where there is one. */
export interface SocketError {
  readonly kind: SocketErrorKind;
  /** The platform's own text, for people. */
  readonly message: string;
}

export type SocketErrorKind =
  | "ECONNREFUSED"
  | "ECONNRESET"
  | "ETIMEDOUT"
  | "EPIPE"
  | "EHOSTUNREACH"
  | "ENETUNREACH"
  | "EADDRINUSE"
  | "EADDRNOTAVAIL"
  | "EACCES"
  | "ENOENT"
  /** The name has no address, or the resolver failed. */
  | "ENOTFOUND"
  /** TLS could not be agreed on: certificate, name, protocol, or the peer does not speak TLS. */
  | "TLS"
  | "OTHER";

export interface ListenOptions {
  /** Port 0 takes a free one. */
  readonly address: Address;
  readonly tls?: ServerTls;
  /** Length of the accept queue. Default: the platform's 511. */
  readonly backlog?: number;
  /** A TLS handshake that takes longer ends with its socket, and `failed` says so, ms. Default 120,000, as in Node. */
  readonly handshakeMs?: number;
}

export interface ListenerEvents {
  /** The real address, with the port that was taken. */
  listening(address: Address): void;
  /**
   * A connection came (with TLS: after its handshake). The returned events hear of it; `undefined` closes it at once.
   */
  accepted(socket: Socket, tls: TlsSession | undefined): SocketEvents | undefined;
  /** A handshake failed, or an accept, or `listen` itself; only the last ends with `closed`. */
  failed(error: SocketError): void;
  /** The last event: nothing more is accepted. Connections that were accepted live on. */
  closed(): void;
}

export interface Listener {
  /** Stops accepting. Connections still in the accept queue are reset by the kernel. `closed` follows. */
  close(): void;
}
