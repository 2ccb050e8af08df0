/**
 * Listens, and joins each connection that comes with one to the server, through a relay; what passes is decoded beside it
 * and told. Works on a `Host`, real or simulated. Owns connections, their numbers and bounds; not one octet is changed.
 */

import type { Host, Listener, Socket, SocketEvents, TlsSession } from "@holdfast/grpc/host";
import { placeText } from "./place-text.ts";
import { TapConnection } from "./tap-connection.ts";
import type { TapEvent } from "./tap-event.ts";
import type { TapOptions } from "./tap-options.ts";

/** What a tap tells. */
export interface TapEvents {
  onEvent(event: TapEvent): void;
  /** Octets as they are relayed, for a capture file; borrowed. */
  onBytes?(connection: number, from: "client" | "server", bytes: Uint8Array): void;
  /** Everything is over: it was stopped, or could not listen (`trouble` says why). The last event. */
  onClosed(trouble: string | undefined): void;
}

export interface Tap {
  /** Ends everything; what is open is reset, and its end told. */
  stop(): void;
}

const defaultMaxConnections = 1_000;
/** What a client may choose by ALPN; the server is then asked for the same. */
const offered = ["h2", "http/1.1"];

/** Begins to listen at once. No event comes before this has returned. */
export function createTap(host: Host, options: TapOptions, events: TapEvents): Tap {
  return new RunningTap(host, options, events);
}

class RunningTap implements Tap {
  readonly #host: Host;
  readonly #options: TapOptions;
  readonly #events: TapEvents;
  readonly #listener: Listener;
  readonly #open = new Set<TapConnection>();
  #lastNumber = 0;
  #listening = false;
  #closed = false;
  #trouble: string | undefined = undefined;

  constructor(host: Host, options: TapOptions, events: TapEvents) {
    this.#host = host;
    this.#options = options;
    this.#events = events;
    const { listen, listenTls } = options;
    this.#listener = host.listen(
      { address: listen, ...(listenTls === undefined ? {} : { tls: { ...listenTls, alpn: offered } }) },
      {
        listening: (address) => {
          this.#listening = true;
          const { to } = options;
          const told = { address: placeText(address), to: placeText({ kind: "tcp", ...to }) };
          this.#tell({ kind: "listening", wallMs: host.wallMs(), ...told });
        },
        accepted: (socket, tls) => this.#accept(socket, tls),
        failed: ({ message }) => {
          if (!this.#listening) this.#trouble = message;
          else this.#note(`a connection that did not come about: ${message}`);
        },
        closed: () => {
          this.#closed = true;
          this.#tellIfOver();
        },
      },
    );
  }

  stop(): void {
    this.#listener.close();
    for (const one of this.#open) one.stop();
  }

  #accept(socket: Socket, tls: TlsSession | undefined): SocketEvents | undefined {
    const { maxConnections = defaultMaxConnections } = this.#options;
    if (this.#open.size >= maxConnections) {
      this.#note(
        `turned away ${placeText(socket.remote)}: ${this.#open.size} connections are open, and no more may be`,
      );
      return undefined;
    }
    const number = ++this.#lastNumber;
    const connection = new TapConnection(
      this.#host,
      this.#options,
      number,
      { socket, tls },
      {
        tell: (event) => this.#tell(event),
        bytes: (from, bytes) => this.#events.onBytes?.(number, from, bytes),
        over: () => {
          this.#open.delete(connection);
          this.#tellIfOver();
        },
      },
    );
    this.#open.add(connection);
    return connection.start();
  }

  #note(text: string): void {
    this.#tell({ kind: "note", wallMs: this.#host.wallMs(), text });
  }

  #tell(event: TapEvent): void {
    this.#events.onEvent(event);
  }

  #tellIfOver(): void {
    if (this.#closed && this.#open.size === 0) this.#events.onClosed(this.#trouble);
  }
}
