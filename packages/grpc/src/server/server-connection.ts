/** One client's connection: its transport, and the calls that are open on it. */

import type { Socket, SocketEvents, Timer, TlsSession } from "../host/host.ts";
import type { Http2Connection } from "../http2/connection.ts";
import { Roster } from "../http2/roster.ts";
import type { Http2Stream, StreamEvents } from "../http2/stream.ts";
import type { TerminationReport } from "../report/termination-report.ts";
import { addressText } from "../transport/address-text.ts";
import { Transport, type TransportEvents, type TransportOptions } from "../transport/transport.ts";
import type { ConnectionInspection } from "../watch/inspection.ts";
import type { Peer } from "./call-context.ts";
import type { CallScope, OpenCall, Surroundings } from "./call-scope.ts";
import type { DrainableConnection } from "./drain.ts";
import { Incoming } from "./incoming.ts";
import { Lifetime } from "./lifetime.ts";

/** Whom a connection tells. */
export interface ConnectionOwner {
  callOpened(): void;
  connectionEnded(connection: ServerConnection): void;
}

// A client sends its SETTINGS with its first packets. One that does not, while we drain, has nothing to lose.
const greetingMs = 1_000;

export class ServerConnection implements CallScope, DrainableConnection, TransportEvents {
  readonly server: Surroundings;
  readonly peer: Peer;
  readonly calls = new Roster<OpenCall>();
  readonly #owner: ConnectionOwner;
  readonly #transport: Transport;
  /** Absent where its time is not limited. */
  readonly #lifetime: Lifetime | undefined;
  /** Set while a drain waits for the client's SETTINGS: without them there is no round trip to wait for. */
  #greeting: Timer | undefined;

  constructor(
    server: Surroundings,
    owner: ConnectionOwner,
    options: TransportOptions,
    socket: Socket,
    tls: TlsSession | undefined,
  ) {
    this.server = server;
    this.#owner = owner;
    const address = addressText(socket.remote);
    this.peer = tls?.peer === undefined ? { address } : { address, identity: tls.peer };
    this.#transport = new Transport(server.host, "server", address, options, this);
    this.#lifetime = server.lifetime && new Lifetime(server.host, this, server.lifetime);
  }

  /** Begins to speak. The returned events belong to the socket. */
  start(socket: Socket, tls: TlsSession | undefined): SocketEvents {
    const { teller } = this.#transport;
    if (teller === undefined) {
      this.#transport.start(socket);
      return this.#transport;
    }
    let events: SocketEvents = this.#transport;
    teller.accepted(socket.local, tls);
    const tapped = teller.tap(events, (heard) => {
      events = heard;
      return socket;
    });
    this.#transport.start(tapped);
    return events;
  }

  get connection(): Http2Connection {
    return this.#transport.connection;
  }

  get report(): TerminationReport | undefined {
    return this.#transport.report;
  }

  /** As it stands. Changes nothing. */
  inspect(maxStreams: number): ConnectionInspection {
    return this.#transport.inspect(maxStreams);
  }

  // --- calls ---

  opened(call: OpenCall): void {
    this.calls.add(call);
    this.#owner.callOpened();
  }

  closed(call: OpenCall): void {
    this.calls.delete(call);
    if (this.calls.size === 0) this.#lifetime?.touched();
  }

  // --- leaving ---

  drain(why?: string): void {
    if (this.connection.ready) this.#transport.drain(why);
    else this.#greeting ??= this.server.host.timer(greetingMs, () => this.#transport.drain(why));
  }

  leave(): void {
    this.connection.leave(this.server.host.nowMs());
  }

  close(reason: "closed" | "drain-cut"): void {
    this.#transport.close(reason);
  }

  // --- the transport's events ---

  onReady(): void {
    if (this.#greeting === undefined) return;
    this.#greeting.cancel();
    this.#transport.drain();
  }

  onSettings(): void {}

  onStream(stream: Http2Stream): StreamEvents {
    this.#lifetime?.touched();
    return new Incoming(this, stream);
  }

  onGoaway(): void {}

  onLeaving(): void {
    this.#lifetime?.lastIdSaid();
  }

  onEnded(): void {
    this.#lifetime?.end();
    this.#greeting?.cancel();
    this.#owner.connectionEnded(this);
  }
}
