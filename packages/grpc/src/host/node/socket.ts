/**
 * One stream connection of a real process: a `net.Socket`, or a `tls.TLSSocket` above one. Owns the translation of
 * Node's stream events into `SocketEvents`; how it came to be is the business of `connect.ts` and `listener.ts`.
 */

import type { Socket as NetSocket } from "node:net";
import type { Address, Socket, SocketError, SocketEvents } from "../host.ts";
import { socketError, type Phase } from "./socket-error.ts";

export class NodeSocket implements Socket {
  readonly remote: Address;
  /** The stream that is read and written. */
  readonly #stream: NetSocket;
  /** The TCP or unix socket below it; the same one without TLS. Absent where Node does not tell. */
  readonly #wire: NetSocket | undefined;
  #events: SocketEvents | undefined;
  #isClosed = false;
  #phase: Phase;
  #error: SocketError | undefined;
  /** `destroy` or `reset` was called: only `closed` follows. */
  #leaving = false;
  #ended = false;

  constructor(stream: NetSocket, wire: NetSocket | undefined, remote: Address, phase: Phase) {
    this.#stream = stream;
    this.#wire = wire;
    this.remote = remote;
    this.#phase = phase;
    stream.on("error", this.#failed);
    if (wire !== stream) wire?.on("error", this.#failed);
  }

  /** Begins to report. `byData` is false where the bytes come another way (`received`). */
  attach(events: SocketEvents, byData: boolean): void {
    this.#events = events;
    if (byData) this.#stream.on("data", this.received);
    this.#stream.on("end", this.#peerEnded);
    this.#stream.on("close", this.#closed);
  }

  /** From now on it does not keep the process alive. */
  unref(): void {
    this.#stream.unref();
    this.#wire?.unref();
  }

  secured(): void {
    this.#phase = "secure";
  }

  /** Ends with this error, whatever Node will say. */
  fail(error: SocketError): void {
    this.#error ??= error;
    this.#stream.destroy();
  }

  get local(): Address | undefined {
    const { localAddress, localPort } = this.#wire ?? this.#stream;
    if (localAddress === undefined || localPort === undefined) return undefined;
    return { kind: "tcp", host: localAddress, port: localPort };
  }

  get writableLength(): number {
    return this.#isClosed ? 0 : this.#stream.writableLength;
  }

  write(chunks: readonly Uint8Array[]): void {
    if (this.#leaving || this.#isClosed) return;
    let bytes = 0;
    let last: Uint8Array | undefined;
    for (const chunk of chunks) {
      bytes += chunk.length;
      if (chunk.length > 0) last = chunk;
    }
    if (last === undefined) return;
    const flushed = (error?: Error | null): void => {
      if (error === undefined || error === null) this.#flushed(bytes);
    };
    const stream = this.#stream;
    if (bytes === last.length) {
      stream.write(last, flushed);
      return;
    }
    // Corked writes reach the kernel as one writev(2); one callback, on the last, speaks for all.
    stream.cork();
    for (const chunk of chunks) {
      if (chunk === last) stream.write(chunk, flushed);
      else if (chunk.length > 0) stream.write(chunk);
    }
    stream.uncork();
  }

  end(): void {
    if (this.#leaving || this.#ended || this.#isClosed) return;
    this.#ended = true;
    this.#stream.end();
  }

  destroy(): void {
    if (this.#leaving || this.#isClosed) return;
    // What Node read ahead while paused is unread for us, but the kernel does not know that.
    if (this.#stream.readableLength > 0) {
      this.reset();
      return;
    }
    this.#leaving = true;
    this.#stream.destroy();
  }

  reset(): void {
    if (this.#leaving || this.#isClosed) return;
    this.#leaving = true;
    // Unix sockets have no RST, and what is not connected yet has nobody to reset: Node would wait for that first.
    const wire = this.remote.kind === "tcp" && this.#wire?.connecting === false ? this.#wire : undefined;
    // A TLS socket goes with the wire below it; destroyed by hand as well, it may never say `close` (Node 20).
    if (wire === undefined) this.#stream.destroy();
    else wire.resetAndDestroy();
  }

  pause(): void {
    this.#stream.pause();
  }

  resume(): void {
    this.#stream.resume();
  }

  readonly received = (bytes: Uint8Array): void => {
    if (!this.#leaving) this.#events?.data(bytes);
  };

  #flushed(bytes: number): void {
    if (!this.#leaving) this.#events?.flushed(bytes);
  }

  readonly #peerEnded = (): void => {
    if (!this.#leaving) this.#events?.end();
  };

  /** Node says `error` and then `close`; the first error is the cause, the rest are its echoes. */
  readonly #failed = (error: Error): void => {
    this.#error ??= socketError(error, this.#phase);
  };

  readonly #closed = (): void => {
    this.#isClosed = true;
    const events = this.#events;
    this.#events = undefined;
    events?.closed(this.#leaving ? undefined : this.#error);
  };
}
