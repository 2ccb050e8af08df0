/** A socket with a bystander: passes everything on and lets a `WireEnd` see it. Changes nothing. */

import type { Address, Socket, SocketEvents } from "../../host/host.ts";
import type { WireEnd } from "./wire-end.ts";

export class TappedSocket implements Socket {
  readonly #wire: WireEnd;
  #inner: Socket | undefined = undefined;

  constructor(wire: WireEnd) {
    this.#wire = wire;
  }

  /** Puts itself between. */
  over(inner: Socket): this {
    this.#inner = inner;
    this.#wire.socket = inner;
    this.#wire.noteState();
    return this;
  }

  hearing(events: SocketEvents): SocketEvents {
    const { connected } = events;
    return {
      ...(connected === undefined ? {} : { connected: (session) => connected.call(events, session) }),
      data: (bytes) => {
        this.#wire.read(bytes);
        events.data(bytes);
      },
      end: () => {
        this.#wire.leave();
        events.end();
      },
      flushed: (bytes) => {
        events.flushed(bytes);
        this.#wire.noteRoom();
      },
      closed: (error) => {
        this.#wire.close(error?.kind);
        events.closed(error);
      },
    };
  }

  get local(): Address | undefined {
    return this.#socket.local;
  }

  get remote(): Address {
    return this.#socket.remote;
  }

  get writableLength(): number {
    return this.#socket.writableLength;
  }

  write(chunks: readonly Uint8Array[]): void {
    this.#wire.write(chunks);
    this.#socket.write(chunks);
    this.#wire.noteRoom();
  }

  end(): void {
    this.#wire.leave();
    this.#socket.end();
  }

  destroy(): void {
    this.#wire.gone = true;
    this.#wire.leave();
    this.#socket.destroy();
  }

  reset(): void {
    this.#wire.gone = true;
    this.#wire.leave();
    this.#socket.reset();
  }

  pause(): void {
    this.#socket.pause();
  }

  resume(): void {
    this.#socket.resume();
  }

  get #socket(): Socket {
    if (this.#inner === undefined) throw new Error("a tapped socket was used before it was put over another");
    return this.#inner;
  }
}
