/** A socket with a bystander: passes everything on and lets a `SocketWitness` see it. Changes nothing. */

import type { Address, Socket, SocketError, SocketEvents, TlsSession } from "../host/host.ts";

/** Sees what goes through a socket, each time before whoever is meant. */
export interface SocketWitness {
  /** The socket is there; comes first. */
  over(socket: Socket): void;
  connected?(tls: TlsSession | undefined): void;
  /** Handed to the socket; borrowed. */
  wrote(chunks: readonly Uint8Array[]): void;
  /** Came from the peer; borrowed. */
  read(bytes: Uint8Array): void;
  /** The socket may have more room than before, or less; comes last. */
  noteRoom?(): void;
  /** One half is over: the peer's FIN came, or ours goes. */
  ended(whose: "ours" | "peer"): void;
  /** We let go of it. */
  dropped(how: "destroy" | "reset"): void;
  /** The socket's last event. */
  finished(error: SocketError | undefined): void;
}

export class TappedSocket implements Socket {
  readonly #witness: SocketWitness;
  #inner: Socket | undefined = undefined;

  constructor(witness: SocketWitness) {
    this.#witness = witness;
  }

  /** Puts itself between. */
  over(inner: Socket): this {
    this.#inner = inner;
    this.#witness.over(inner);
    return this;
  }

  hearing(events: SocketEvents): SocketEvents {
    const { connected } = events;
    return {
      ...(connected === undefined
        ? {}
        : {
            connected: (session) => {
              this.#witness.connected?.(session);
              connected.call(events, session);
            },
          }),
      data: (bytes) => {
        this.#witness.read(bytes);
        events.data(bytes);
      },
      end: () => {
        this.#witness.ended("peer");
        events.end();
      },
      flushed: (bytes) => {
        events.flushed(bytes);
        this.#witness.noteRoom?.();
      },
      closed: (error) => {
        this.#witness.finished(error);
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
    this.#witness.wrote(chunks);
    this.#socket.write(chunks);
    this.#witness.noteRoom?.();
  }

  end(): void {
    this.#witness.ended("ours");
    this.#socket.end();
  }

  destroy(): void {
    this.#witness.dropped("destroy");
    this.#socket.destroy();
  }

  reset(): void {
    this.#witness.dropped("reset");
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
