/**
 * Tells a debug log about one connection: its life, its streams, its frames. Stands beside the socket and sees plain text,
 * inside TLS too. Owns the words; decides and changes nothing.
 */

import type { Address, Host, Socket, SocketError, SocketEvents, TlsSession } from "../host/host.ts";
import { printable } from "../report/printable.ts";
import type { TerminationReport } from "../report/termination-report.ts";
import { ConnectionWatcher } from "../watch/connection-watcher.ts";
import { frameLine } from "../watch/frame-line.ts";
import { StreamBook } from "../watch/stream-book.ts";
import { streamLine } from "../watch/stream-line.ts";
import type { FrameSender, WatchedFrame } from "../watch/watched-frame.ts";
import { addressText } from "./address-text.ts";
import { type DebugLog, debugLogOf } from "./debug-log.ts";
import { type SocketWitness, TappedSocket } from "./tapped-socket.ts";

/** Whose connection it is. */
export interface ToldConnection {
  readonly id: number;
  readonly role: "client" | "server";
  readonly peer: string;
}

/** Undefined where nobody asked. */
export function tellerOf(
  host: Host,
  id: number,
  role: "client" | "server",
  peer: string,
): ConnectionTeller | undefined {
  const log = debugLogOf(host);
  return log === undefined ? undefined : new ConnectionTeller(log, { id, role, peer }, () => host.nowMs());
}

export class ConnectionTeller implements SocketWitness {
  readonly #log: DebugLog;
  readonly #nowMs: () => number;
  readonly #connection: ToldConnection;
  readonly #them: FrameSender;
  readonly #book = new StreamBook();
  /** Absent: nobody asked for frames or calls, and nothing is decoded. */
  readonly #watcher: ConnectionWatcher | undefined;
  #finSent = false;
  #finished = false;

  constructor(log: DebugLog, connection: ToldConnection, nowMs: () => number) {
    this.#log = log;
    this.#connection = connection;
    this.#nowMs = nowMs;
    this.#them = connection.role === "client" ? "server" : "client";
    const decodes = log.asksFor("frames") || log.asksFor("calls");
    this.#watcher = decodes ? this.#createWatcher() : undefined;
    if (connection.role === "client") this.#tell(`to ${connection.peer}: connecting`);
  }

  /** Puts itself between a socket and its owner; `make` gets the events to give to the socket. */
  tap(events: SocketEvents, make: (heard: SocketEvents) => Socket): Socket {
    const tapped = new TappedSocket(this);
    return tapped.over(make(tapped.hearing(events)));
  }

  /** The peer's SETTINGS came. */
  ready(): void {
    this.#tell("ready: the peer's SETTINGS came");
  }

  /** There is a report; the socket may linger. */
  reported(report: TerminationReport): void {
    this.#log.say("connection", `report: ${report.summary}`);
    for (const { what, because, certainty } of report.suspects) {
      this.#tell(`suspected, ${certainty}: ${printable(`${what}, because ${because}`)}`);
    }
  }

  // --- what the socket tells ---

  over(): void {}

  connected(tls: TlsSession | undefined): void {
    this.#tell(tls === undefined ? "connected, plain text" : `connected, ${tlsText(tls)}`);
  }

  /** An accepted connection is past its handshake from the beginning. */
  accepted(local: Address | undefined, tls: TlsSession | undefined): void {
    const where = local === undefined ? "" : ` on ${addressText(local)}`;
    this.#tell(`from ${this.#connection.peer}: accepted${where}, ${tls === undefined ? "plain text" : tlsText(tls)}`);
  }

  wrote(chunks: readonly Uint8Array[]): void {
    for (const chunk of chunks) this.#watcher?.push(this.#connection.role, chunk, this.#nowMs());
  }

  read(bytes: Uint8Array): void {
    this.#watcher?.push(this.#them, bytes, this.#nowMs());
  }

  ended(whose: "ours" | "peer"): void {
    // A FIN is sent once, however often its owner asks for it.
    if (whose === "ours" && this.#finSent) return;
    this.#finSent ||= whose === "ours";
    this.#tell(whose === "ours" ? "we send FIN" : "the peer sent FIN");
    this.#watcher?.end(whose === "ours" ? this.#connection.role : this.#them);
  }

  dropped(how: "destroy" | "reset"): void {
    if (!this.#finished) this.#tell(how === "destroy" ? "we close the socket" : "we reset the socket");
  }

  finished(error: SocketError | undefined): void {
    this.#finished = true;
    this.#tell(error === undefined ? "closed" : `closed: ${printable(`${error.kind} (${error.message})`)}`);
  }

  #createWatcher(): ConnectionWatcher {
    return new ConnectionWatcher({
      onFrame: (frame) => this.#onFrame(frame),
      onStranger: (_, words) => this.#log.say("frames", `${this.#name} ${words}; no more of it is decoded`),
    });
  }

  #onFrame(frame: WatchedFrame): void {
    const ours = frame.from === this.#connection.role;
    if (this.#log.asksFor("frames")) this.#log.say("frames", `${this.#name} ${ours ? ">" : "<"} ${frameLine(frame)}`);
    const told = this.#book.note(frame);
    if (told !== undefined && this.#log.asksFor("calls")) this.#log.say("calls", `${this.#name} ${streamLine(told)}`);
  }

  #tell(text: string): void {
    this.#log.say("connection", `${this.#name} ${text}`);
  }

  get #name(): string {
    return `conn ${this.#connection.id}`;
  }
}

function tlsText({ version, alpn, peer }: TlsSession): string {
  const protocol = alpn === undefined ? "no protocol by ALPN" : `${printable(alpn)} by ALPN`;
  return `${version}, ${protocol}${peer === undefined ? "" : `, the peer is ${printable(peer.subject)}`}`;
}
