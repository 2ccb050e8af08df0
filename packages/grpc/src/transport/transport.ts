import type { Host, Socket, SocketError, SocketEvents, Timer } from "../host/host.ts";
import {
  type ConnectionOptions,
  type ConnectionSink,
  type FailureReason,
  Http2Connection,
  type PeerGoaway,
} from "../http2/connection.ts";
import { objectArray } from "../http2/object-array.ts";
import { rehearse } from "../http2/rehearsal.ts";
import type { Http2Stream, StreamEvents } from "../http2/stream.ts";
import type { Violation } from "../http2/violation.ts";
import { createTerminationReport, type TerminationReport } from "../report/termination-report.ts";
import type { ConnectionEnd, LocalReason } from "../report/connection-end.ts";
import type { ConnectionInspection } from "../watch/inspection.ts";
import { type ConnectionTeller, tellerOf } from "./connection-teller.ts";
import { perHost } from "./per-host.ts";
import { stallsOf } from "./stalls.ts";

/**
 * One HTTP/2 connection on one socket of a host: reads go in, what the connection has to say goes out, its deadlines
 * are kept, and at the end there is a termination report. Used by channel and server alike; it decides nothing about
 * calls.
 */

/** What a transport tells its owner. Called on the parser's stack, like the events of streams. */
export interface TransportEvents {
  /** The peer's SETTINGS came. */
  onReady(): void;
  /** The peer changed its SETTINGS. */
  onSettings(): void;
  onStream(stream: Http2Stream): StreamEvents;
  onGoaway(goaway: PeerGoaway): void;
  /** We named our real last stream id: see `ConnectionSink`. */
  onLeaving?(): void;
  /** It is over: `report` is there, no stream can be opened, and those that are open hear so next. `onEnded` may be a lingering close away. */
  onUnusable?(): void;
  /** The last event. Streams that were open have heard their own last event before it. */
  onEnded(report: TerminationReport): void;
}

export type TransportOptions = Omit<ConnectionOptions, "sink" | "role" | "nowMs">;

type Phase =
  /** TCP, and TLS where asked for, are being set up. */
  | { readonly kind: "connecting" }
  | { readonly kind: "open" }
  /** FIN was sent; the peer's words are discarded until its own FIN, or until `untilMs`. */
  | { readonly kind: "lingering"; readonly untilMs: number }
  | { readonly kind: "closed" };

/** The socket is given so much at most, so that control frames and cancelled streams are never behind megabytes. */
export const socketBudgetBytes = 65_536;
/** How long a peer is given to read our last frames before close(2), which may destroy them by RST, ms. */
const lingerMs = 1_000;
/** How long the kernel is given to take what we wrote last, ms: it may be the end of an answer. */
const flushMs = 10_000;

/** Octets that this process reads before `rehearse`: some 100 small calls. Of the process, as its compiled code is. */
let untilRehearsal = 16_384;

const connecting: Phase = { kind: "connecting" };
const open: Phase = { kind: "open" };
const noGoaways: readonly PeerGoaway[] = [];

const numbers = perHost(() => ({ last: 0 }));

/** What a transport hears from its socket; who dialled hears `connected`. */
type WireEvents = Omit<SocketEvents, "connected">;

// Itself what connection and socket tell, not by an object of closures for each: that was 1 KiB of every connection.
export class Transport implements ConnectionSink, WireEvents {
  readonly connection: Http2Connection;
  readonly id: number;
  /** The termination report, once there is one. Streams hear their end after it is there. */
  report: TerminationReport | undefined = undefined;
  /** Tells the debug log; absent where nobody asked. */
  readonly teller: ConnectionTeller | undefined;
  /** An answer came on it: its end is no reason to leave the address alone for a while. Set by whoever saw it. */
  useful = false;

  readonly #host: Host;
  readonly #role: "client" | "server";
  readonly #events: TransportEvents;
  #goaways: readonly PeerGoaway[] = noGoaways;
  readonly #chunks = objectArray<Uint8Array>();
  #socket: Socket | undefined = undefined;
  readonly peer: string;
  #phase: Phase;
  #pumpScheduled = false;
  #inEvent = false;
  #timer: Timer | undefined = undefined;
  #timerDueMs = Infinity;
  #localReason: LocalReason | undefined = undefined;
  #violation: Violation | undefined = undefined;

  constructor(host: Host, role: "client" | "server", peer: string, options: TransportOptions, events: TransportEvents) {
    this.#host = host;
    this.#role = role;
    this.peer = peer;
    this.#events = events;
    this.#phase = role === "client" ? connecting : open;
    this.id = ++numbers(host).last;
    this.teller = tellerOf(host, this.id, role, peer);
    this.connection = new Http2Connection({ ...options, role, nowMs: host.nowMs(), sink: this });
  }

  /** As it stands. Changes nothing. */
  inspect(maxStreams: number): ConnectionInspection {
    const { id, peer } = this;
    const unsentBytes = this.#socket?.writableLength ?? 0;
    const http2 = this.connection.inspect(this.#host.nowMs(), maxStreams);
    return { id, role: this.#role, peer, socket: this.#phase.kind, unsentBytes, ...http2 };
  }

  /** The socket is up; what was queued goes out. */
  start(socket: Socket): void {
    if (this.#phase.kind === "closed") {
      socket.destroy();
      return;
    }
    this.#socket = socket;
    this.#phase = open;
    this.#pump();
  }

  get open(): boolean {
    return this.#phase.kind === "open";
  }

  /** Leaves gracefully: see `Http2Connection.drain`. Ends with `onEnded`, reason `drained`, when no stream is open. */
  drain(why?: string): void {
    this.connection.drain(this.#host.nowMs(), why);
  }

  /**
   * Ends the connection for a reason of our own: GOAWAY names the last stream that was taken (RFC 9113 §6.8), what is
   * written goes out, then FIN, then a lingering close. Streams that are open hear that the connection ended.
   */
  close(reason: LocalReason): void {
    if (this.#phase.kind === "closed" || this.#phase.kind === "lingering") return;
    this.#localReason ??= reason;
    if (this.#phase.kind === "open") this.connection.leave(this.#host.nowMs());
    this.#conclude("closed-by-us");
    this.#pumpAll();
    this.#linger();
  }

  /** A socket that never came up, or spoke the wrong protocol. */
  failToConnect(reason: LocalReason | undefined, error: SocketError | undefined): void {
    if (this.#phase.kind === "closed") return;
    if (reason !== undefined) this.#localReason = reason;
    this.#conclude(reason === undefined ? "connect-failed" : "closed-by-us", error);
    this.#finish();
    this.#socket?.destroy();
  }

  // --- what the socket tells ---

  data(bytes: Uint8Array): void {
    if (this.#phase.kind !== "open") return;
    const nowMs = this.#host.nowMs();
    if (untilRehearsal > 0) countDown(bytes.length);
    this.#inEvent = true;
    try {
      this.connection.receive(bytes, nowMs);
      this.connection.tick(nowMs);
    } finally {
      this.#inEvent = false;
    }
    this.#pump();
  }

  flushed(bytes: number): void {
    if (this.#phase.kind === "closed") return;
    this.connection.wrote(bytes, this.#host.nowMs());
    if (this.#phase.kind === "lingering") this.#linger();
    this.#pump();
  }

  /** The peer's half is over: nothing that is open can be answered any more. */
  end(): void {
    // In a TLS handshake: the cause follows in `closed`.
    if (this.#phase.kind === "connecting") return;
    if (this.#phase.kind === "open") {
      this.#conclude("fin");
      this.#pumpAll();
    }
    if (this.#phase.kind !== "closed") this.#socket?.end();
    this.#finish();
    this.#socket?.destroy();
  }

  closed(error: SocketError | undefined): void {
    if (this.#phase.kind === "connecting") this.#conclude("connect-failed", error);
    else if (this.#phase.kind === "open") this.#conclude(howItEnded(error), error);
    this.#finish();
  }

  // --- what the connection tells ---

  onReady(): void {
    this.teller?.ready();
    this.#events.onReady();
  }

  onSettings(): void {
    this.#events.onSettings();
  }

  onStream(stream: Http2Stream): StreamEvents {
    return this.#events.onStream(stream);
  }

  onGoaway(goaway: PeerGoaway): void {
    // A flood of them must not grow a report; the first and the last ones tell the story.
    const known = this.#goaways.length < 8 ? this.#goaways : this.#goaways.toSpliced(4, 1);
    this.#goaways = [...known, goaway];
    this.#events.onGoaway(goaway);
  }

  onLeaving(): void {
    this.#events.onLeaving?.();
  }

  onDrained(): void {
    // May come from inside `take`.
    this.#host.defer(() => this.close("drained"));
  }

  onFailed(reason: FailureReason, violation: Violation): void {
    this.#localReason ??= reason;
    this.#violation = violation;
    this.#conclude("closed-by-us");
    // On the parser's stack: the GOAWAY that was just written goes out behind this event.
    this.#host.defer(() => {
      this.#pumpAll();
      this.#linger();
    });
  }

  onPong(): void {}

  onOutput(): void {
    this.#schedulePump();
  }

  // --- the pump ---

  #schedulePump(): void {
    if (this.#pumpScheduled || this.#inEvent || this.#socket === undefined) return;
    this.#pumpScheduled = true;
    this.#host.defer(() => {
      this.#pumpScheduled = false;
      this.#pump();
    });
  }

  /** Hands over what the socket has room for, in one vectored write. */
  #pump(): void {
    const socket = this.#socket;
    if (socket === undefined || this.#phase.kind !== "open") return;
    const room = socketBudgetBytes - socket.writableLength;
    if (room > 0) this.#write(socket, room);
    this.#armTimer();
  }

  #pumpAll(): void {
    const socket = this.#socket;
    if (socket !== undefined) this.#write(socket, socketBudgetBytes);
  }

  #write(socket: Socket, room: number): void {
    const chunks = this.#chunks;
    if (this.connection.take(room, chunks, this.#host.nowMs()) === 0) return;
    socket.write(chunks.splice(0));
  }

  /** The time to linger begins when our last bytes are with the kernel; a peer that takes none gets `flushMs`. */
  #linger(): void {
    const socket = this.#socket;
    if (this.#phase.kind === "connecting" || this.#phase.kind === "closed" || socket === undefined) {
      this.#finish();
      return;
    }
    const nowMs = this.#host.nowMs();
    const flushed = socket.writableLength === 0;
    if (this.#phase.kind === "open") {
      socket.end();
      socket.resume();
      this.#phase = { kind: "lingering", untilMs: nowMs + (flushed ? lingerMs : flushMs) };
    } else if (flushed) this.#phase = { kind: "lingering", untilMs: Math.min(this.#phase.untilMs, nowMs + lingerMs) };
    this.#armTimer();
  }

  /** Makes the report, and tells the streams. Only the first cause counts. */
  #conclude(socket: ConnectionEnd["socket"], error?: SocketError): void {
    if (this.report !== undefined) return;
    const nowMs = this.#host.nowMs();
    const { startedAtMs, readyAtMs, lastReceivedAtMs, streamsOpen, streamsEver, goawaySent } = this.connection.facts;
    this.report = createTerminationReport({
      connectionId: this.id,
      role: this.#role,
      peer: this.peer,
      startedAtMs,
      ...(readyAtMs === undefined ? {} : { readyAtMs }),
      endedAtMs: nowMs,
      ...(lastReceivedAtMs === undefined ? {} : { lastReceivedAtMs }),
      socket,
      ...(error === undefined ? {} : { socketError: error }),
      ...(this.#localReason === undefined ? {} : { localReason: this.#localReason }),
      ...(this.#violation === undefined ? {} : { violation: this.#violation }),
      goaways: this.#goaways,
      ...(goawaySent === undefined ? {} : { goawaySent }),
      streamsOpen,
      streamsEver,
      frames: this.connection.notes,
      longestStallMs: stallsOf(this.#host).longestSince(startedAtMs),
    });
    this.teller?.reported(this.report);
    this.#events.onUnusable?.();
    this.connection.end(nowMs);
  }

  /** The end of everything here. */
  #finish(): void {
    if (this.#phase.kind === "closed") return;
    this.#conclude("error");
    this.#phase = { kind: "closed" };
    this.#timer?.cancel();
    this.#timer = undefined;
    if (this.report !== undefined) this.#events.onEnded(this.report);
  }

  #deadline(): number {
    switch (this.#phase.kind) {
      case "open":
        return this.connection.deadline();
      case "lingering":
        return this.#phase.untilMs;
      case "connecting":
      case "closed":
        return Infinity;
    }
  }

  /** Deadlines mostly move later, so an armed timer is left alone unless an earlier one is needed. */
  #armTimer(): void {
    const deadlineMs = this.#deadline();
    if (deadlineMs >= this.#timerDueMs) return;
    this.#timer?.cancel();
    const nowMs = this.#host.nowMs();
    // One that has passed already (a stream was opened after a long silence) is no sign of a late clock.
    const dueMs = (this.#timerDueMs = Math.max(deadlineMs, nowMs));
    this.#timer = this.#host.timer(dueMs - nowMs, () => this.#timerFired(), {
      background: this.#phase.kind === "open",
    });
  }

  /** Bytes that prove the peer alive may lie in the kernel: one poll of the sockets goes before any verdict. */
  #timerFired(): void {
    const nowMs = this.#host.nowMs();
    stallsOf(this.#host).fired(this.#timerDueMs, nowMs);
    this.#timerDueMs = Infinity;
    if (this.#deadline() > nowMs) {
      this.#armTimer();
      return;
    }
    // Earlier than any deadline: whatever happens until then, the verdict is not put off.
    this.#timerDueMs = -Infinity;
    this.#timer = this.#host.timer(0, () => this.#passVerdict(), { background: true });
  }

  #passVerdict(): void {
    this.#timerDueMs = Infinity;
    const nowMs = this.#host.nowMs();
    if (this.#phase.kind === "lingering" && nowMs >= this.#phase.untilMs) {
      this.#finish();
      this.#socket?.destroy();
      return;
    }
    if (this.#phase.kind === "open") {
      this.connection.tick(nowMs);
      this.#pump();
    }
    this.#armTimer();
  }
}

function countDown(bytes: number): void {
  untilRehearsal -= bytes;
  if (untilRehearsal <= 0) rehearse();
}

function howItEnded(error: SocketError | undefined): ConnectionEnd["socket"] {
  if (error === undefined) return "fin";
  if (error.kind === "ECONNRESET" || error.kind === "EPIPE") return "rst";
  return error.kind === "ETIMEDOUT" ? "timeout" : "error";
}
