/**
 * Joins two sockets so that each side meets the other as if nobody stood between: bytes, their pace, FIN and RST. Owns no
 * idea of what the bytes mean. It holds little: a side that does not read stops the one that writes.
 */

import type { Host, Socket, SocketError, SocketEvents, Timer } from "@holdfast/grpc/host";

export type Side = "client" | "server";

export interface RelayEvents {
  /** Octets that a side sent, before they go on; borrowed. */
  onBytes(from: Side, bytes: Uint8Array): void;
  /** A side sent FIN, and the other gets it behind what is under way. */
  onFin(from: Side): void;
  /** A side's connection broke, by RST or otherwise; the other's is reset. */
  onBroken(from: Side, error: SocketError): void;
  /** Both sockets are gone. The last event. */
  onClosed(): void;
}

/** What waits for a side above which the other is not read, and below which it is again. 256 and 64 KiB. */
const highWaterBytes = 262_144;
const lowWaterBytes = 65_536;
/** A RST may overtake bytes that came before it; they are given so long to reach the kernel, ms. */
const flushMs = 1_000;

interface End {
  readonly socket: Socket;
  closed: boolean;
  paused: boolean;
}

export class Relay {
  readonly #host: Host;
  readonly #events: RelayEvents;
  readonly #ends: Readonly<Record<Side, End>>;
  /** Set when one side broke and what it had sent is still on its way to the other. */
  #reset: { readonly side: Side; readonly timer: Timer } | undefined = undefined;

  constructor(host: Host, sockets: Readonly<Record<Side, Socket>>, events: RelayEvents) {
    this.#host = host;
    this.#events = events;
    const end = (socket: Socket): End => ({ socket, closed: false, paused: false });
    this.#ends = { client: end(sockets.client), server: end(sockets.server) };
  }

  /** What a side's socket has to tell. */
  hear(from: Side): SocketEvents {
    return {
      data: (bytes) => this.#data(from, bytes),
      end: () => this.#fin(from),
      flushed: () => this.#flushed(from),
      closed: (error) => this.#closed(from, error),
    };
  }

  /** Ends both at once. */
  stop(): void {
    for (const { socket, closed } of Object.values(this.#ends)) if (!closed) socket.reset();
  }

  #data(from: Side, bytes: Uint8Array): void {
    const target = this.#ends[otherThan(from)];
    this.#events.onBytes(from, bytes);
    if (target.closed) return;
    // Borrowed for the call, and the socket keeps what it is given until it is flushed.
    target.socket.write([new Uint8Array(bytes)]);
    const source = this.#ends[from];
    if (source.paused || target.socket.writableLength <= highWaterBytes) return;
    source.paused = true;
    source.socket.pause();
  }

  #flushed(to: Side): void {
    const { socket } = this.#ends[to];
    if (this.#reset?.side === to && socket.writableLength === 0) this.#resetNow(to);
    const source = this.#ends[otherThan(to)];
    if (!source.paused || socket.writableLength > lowWaterBytes) return;
    source.paused = false;
    source.socket.resume();
  }

  #fin(from: Side): void {
    this.#events.onFin(from);
    const { socket, closed } = this.#ends[otherThan(from)];
    if (!closed) socket.end();
  }

  #closed(from: Side, error: SocketError | undefined): void {
    this.#ends[from].closed = true;
    if (error !== undefined) this.#events.onBroken(from, error);
    const to = otherThan(from);
    const target = this.#ends[to];
    if (target.closed) {
      this.#reset?.timer.cancel();
      this.#events.onClosed();
      return;
    }
    // What nobody will take any more must not keep the other waiting: a side that is paused would not hear its own end.
    if (error === undefined) this.#wake(target);
    else if (target.socket.writableLength === 0) target.socket.reset();
    else this.#reset = { side: to, timer: this.#host.timer(flushMs, () => this.#resetNow(to)) };
  }

  #wake(end: End): void {
    if (!end.paused) return;
    end.paused = false;
    end.socket.resume();
  }

  #resetNow(side: Side): void {
    this.#reset?.timer.cancel();
    this.#reset = undefined;
    this.#ends[side].socket.reset();
  }
}

export function otherThan(side: Side): Side {
  return side === "client" ? "server" : "client";
}
