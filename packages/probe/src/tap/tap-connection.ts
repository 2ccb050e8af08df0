/**
 * One connection through a tap: the client's socket waits until the server's is up, then a relay joins them. Owns the way
 * to the server and what is told of the connection.
 */

import type { Host, LookupResult, Socket, SocketError, SocketEvents, Timer, TlsSession } from "@holdfast/grpc/host";
import { Relay, type Side } from "./relay.ts";
import { placeText } from "./place-text.ts";
import type { TapAct, TapEvent } from "./tap-event.ts";
import type { TapOptions } from "./tap-options.ts";
import { TapFacts } from "./tap-facts.ts";

export interface TapConnectionOwner {
  tell(event: TapEvent): void;
  bytes(from: Side, bytes: Uint8Array): void;
  /** Nothing of it is left. */
  over(): void;
}

/** Of the client. */
export interface AcceptedClient {
  readonly socket: Socket;
  readonly tls: TlsSession | undefined;
}

type Act = Exclude<TapAct, { kind: "goaway" }>;

/** gRPC's connection-backoff.md, MIN_CONNECT_TIMEOUT. */
const defaultConnectTimeoutMs = 20_000;

export class TapConnection {
  readonly #host: Host;
  readonly #options: TapOptions;
  readonly #number: number;
  readonly #client: AcceptedClient;
  readonly #owner: TapConnectionOwner;
  readonly #facts: TapFacts;
  readonly #server: string;
  /** Who hears the client's socket: nobody but this before the relay is there. */
  #clientEvents: SocketEvents;
  #relay: Relay | undefined = undefined;
  /** The attempt to reach the server that is under way. */
  #dialling: Socket | undefined = undefined;
  #giveUp: Timer | undefined = undefined;
  #over = false;

  constructor(host: Host, options: TapOptions, number: number, client: AcceptedClient, owner: TapConnectionOwner) {
    this.#host = host;
    this.#options = options;
    this.#number = number;
    this.#client = client;
    this.#owner = owner;
    this.#server = placeText({ kind: "tcp", ...options.to });
    this.#clientEvents = {
      // Paused: what comes all the same was read before the pause, and must not be lost.
      data: (bytes) => this.#early.push(new Uint8Array(bytes)),
      end: () => (this.#earlyFin = true),
      flushed: () => {},
      closed: (error) => this.#clientGone(error),
    };
    this.#facts = new TapFacts({
      connection: number,
      server: this.#server,
      startedAtMs: host.nowMs(),
      ...(options.secrets === undefined ? {} : { secrets: options.secrets }),
      onFrame: (frame, path) => {
        const wallMs = host.wallMs();
        owner.tell({ kind: "frame", wallMs, connection: number, frame, ...(path === undefined ? {} : { path }) });
      },
      onStranger: (_, words) => this.#note(`${words}; relayed as it is, and no more of it is decoded`),
    });
  }

  readonly #early: Uint8Array[] = [];
  #earlyFin = false;

  /** Begins; the returned events belong to the client's socket. */
  start(): SocketEvents {
    const { host, port } = this.#options.to;
    this.#client.socket.pause();
    const { connectTimeoutMs = defaultConnectTimeoutMs } = this.#options;
    this.#giveUp = this.#host.timer(connectTimeoutMs, () => {
      this.#unreachable({ kind: "ETIMEDOUT", message: `no connection within ${connectTimeoutMs} ms` });
    });
    this.#host.lookup(host, (result) => this.#dialFirst(result, port));
    return {
      data: (bytes) => this.#clientEvents.data(bytes),
      end: () => this.#clientEvents.end(),
      flushed: (bytes) => this.#clientEvents.flushed(bytes),
      closed: (error) => this.#clientEvents.closed(error),
    };
  }

  stop(): void {
    this.#act({ kind: "stopped", by: "tap", atMs: this.#host.nowMs() });
    if (this.#relay === undefined) this.#abandon();
    else this.#relay.stop();
  }

  #dialFirst(result: LookupResult, port: number): void {
    if (result.kind === "failed") this.#unreachable(result.error);
    else this.#dial(result.addresses, port);
  }

  /** The addresses in their order, each after the one before it has failed. */
  #dial([address, ...others]: readonly string[], port: number): void {
    if (this.#over) return;
    if (address === undefined) {
      this.#unreachable({ kind: "ENOTFOUND", message: "the name has no address" });
      return;
    }
    let events: SocketEvents | undefined;
    const tls = this.#tlsToServer();
    const socket = this.#host.connect(
      { address: { kind: "tcp", host: address, port }, ...(tls === undefined ? {} : { tls }) },
      {
        connected: (session) => (events = this.#join(socket, session)),
        data: (bytes) => events?.data(bytes),
        end: () => events?.end(),
        flushed: (bytes) => events?.flushed(bytes),
        closed: (error) => {
          if (events !== undefined) events.closed(error);
          else if (others.length > 0 && !this.#over) this.#dial(others, port);
          else
            this.#unreachable(error ?? { kind: "OTHER", message: "the server closed the connection in the handshake" });
        },
      },
    );
    this.#dialling = socket;
  }

  /** The server is asked for what the client was given, RFC 7301. */
  #tlsToServer() {
    const { toTls, listenTls } = this.#options;
    if (toTls === undefined) return undefined;
    const chosen = this.#client.tls?.alpn;
    return { ...toTls, alpn: listenTls === undefined ? ["h2"] : chosen === undefined ? [] : [chosen] };
  }

  #join(server: Socket, session: TlsSession | undefined): SocketEvents {
    this.#giveUp?.cancel();
    this.#dialling = undefined;
    const { socket: client, tls } = this.#client;
    this.#owner.tell({
      kind: "opened",
      wallMs: this.#host.wallMs(),
      connection: this.#number,
      client: placeText(client.remote),
      server: placeText(server.remote),
      ...(tls === undefined ? {} : { clientTls: tlsText(tls) }),
      ...(session === undefined ? {} : { serverTls: tlsText(session) }),
    });
    if (session !== undefined && session.alpn !== (tls === undefined ? "h2" : tls.alpn)) {
      this.#note(`the server chose ${session.alpn ?? "no protocol"} by ALPN, the client speaks ${tls?.alpn ?? "h2"}`);
    }
    const relay = (this.#relay = this.#createRelay(client, server));
    this.#clientEvents = relay.hear("client");
    for (const bytes of this.#early.splice(0)) this.#clientEvents.data(bytes);
    if (this.#earlyFin) this.#clientEvents.end();
    client.resume();
    return relay.hear("server");
  }

  #createRelay(client: Socket, server: Socket): Relay {
    const host = this.#host;
    return new Relay(
      host,
      { client, server },
      {
        onBytes: (from, bytes) => {
          this.#owner.bytes(from, bytes);
          this.#facts.bytes(from, bytes, host.nowMs());
        },
        onFin: (by) => this.#act({ kind: "fin", by, atMs: host.nowMs() }),
        onBroken: (by, { kind: error, message }) => {
          this.#act({ kind: "broken", by, atMs: host.nowMs(), error, message });
        },
        onClosed: () => this.#end(),
      },
    );
  }

  #clientGone(error: SocketError | undefined): void {
    const atMs = this.#host.nowMs();
    if (error !== undefined)
      this.#act({ kind: "broken", by: "client", atMs, error: error.kind, message: error.message });
    this.#abandon();
  }

  #unreachable({ kind, message }: SocketError): void {
    if (this.#over) return;
    this.#act({ kind: "unreachable", by: "server", atMs: this.#host.nowMs(), error: kind, message });
    this.#abandon();
  }

  /** There will be no relay. */
  #abandon(): void {
    if (this.#over) return;
    this.#giveUp?.cancel();
    this.#end();
    this.#dialling?.destroy();
    this.#client.socket.reset();
  }

  #act(act: Act): void {
    if (!this.#over) this.#facts.act(act);
  }

  #end(): void {
    if (this.#over) return;
    this.#over = true;
    const ending = this.#facts.ending(this.#host.nowMs());
    this.#owner.tell({ kind: "ended", wallMs: this.#host.wallMs(), ending });
    this.#owner.over();
  }

  #note(text: string): void {
    this.#owner.tell({ kind: "note", wallMs: this.#host.wallMs(), connection: this.#number, text });
  }
}

function tlsText({ version, alpn }: TlsSession): string {
  return `${version}, ${alpn ?? "no protocol"} by ALPN`;
}
