import { Core } from "./connection-core.ts";
import { errorCode } from "./error-code.ts";
import type { FrameNote } from "./flight-record.ts";
import type { HeaderList } from "./header-list.ts";
import { headerValue } from "./header-list.ts";
import type { Limits } from "./limits.ts";
import { draining } from "./going-away-state.ts";
import { livenessDue, stepLiveness } from "./liveness.ts";
import { type Http2Inspection, inspectCore } from "./inspect-core.ts";
import type { LivenessPolicy } from "./liveness-state.ts";
import type { PingPolicy } from "./ping-policy.ts";
import { creditAhead } from "./message-memory.ts";
import type { ReceiveBudget } from "./receive-budget.ts";
import { Receiver } from "./receive.ts";
import { Http2Stream, type StreamEvents } from "./stream.ts";
import { Taker } from "./take.ts";
import type { Violation } from "./violation.ts";

/** A GOAWAY as it came. */
export interface PeerGoaway {
  readonly code: number;
  readonly lastStreamId: number;
  /** Additional debug data as UTF-8, at most 1 KiB of it. */
  readonly debugData: string;
  readonly atMs: number;
}

/** Why a connection was condemned by its own end. */
export type FailureReason = "violation" | "ping-timeout" | "no-progress" | "settings-timeout";

/**
 * Hears what concerns the connection. Called on the parser's stack: commands given inside only enqueue, and code of the
 * user must not run here.
 */
export interface ConnectionSink {
  /** The peer's SETTINGS came: it speaks HTTP/2, and streams may be opened. */
  onReady(): void;
  /** The peer changed its SETTINGS, for instance how many streams it allows. */
  onSettings(): void;
  /** A client opened a stream; the returned object hears the rest. Servers only. */
  onStream(stream: Http2Stream): StreamEvents;
  /** The peer leaves. Comes before its streams hear of it. May come more than once. */
  onGoaway(goaway: PeerGoaway): void;
  /** We said our real last stream id: nothing new is taken from here on. */
  onLeaving?(): void;
  /** We said our last stream id, and no stream is open (any more). */
  onDrained(): void;
  /** The connection is condemned: write what `take` still gives, then close. All streams are closed after this. */
  onFailed(reason: FailureReason, violation: Violation): void;
  /** A PING sent by `ping` was acknowledged. */
  onPong(sequence: number): void;
  /** There may be something to take. */
  onOutput(): void;
}

export interface ConnectionOptions {
  readonly role: "client" | "server";
  readonly sink: ConnectionSink;
  /** Now, ms, on the clock of all later calls. */
  readonly nowMs: number;
  readonly limits?: Partial<Limits>;
  readonly liveness?: Partial<LivenessPolicy>;
  /** How often the peer may PING. Absent: as the bucket `limit-ping` has it. */
  readonly pingPolicy?: PingPolicy;
  /** Shared by all connections of a process. Default: 64 MiB for this one alone. */
  readonly budget?: ReceiveBudget;
  /**
   * First size of a stream's receive window, at least 65,535. Default 256 KiB, where the budget has room; grows to 16 MiB
   * by the bandwidth estimate, and shrinks when more connections share the budget.
   */
  readonly streamWindowBytes?: number;
  /** First size of the connection's receive window, at least 65,535. Default 1 MiB. */
  readonly connectionWindowBytes?: number;
}

/**
 * One HTTP/2 connection, RFC 9113, either role: bytes and times in, bytes and events out. It owns no socket and no
 * clock. The driver's order is part of the contract:
 *
 * - on a read: `receive`, then `tick`, then `take` while the socket has room;
 * - when `deadline()` passes: poll the socket first (bytes may lie in the kernel), then `tick`;
 * - when a write was flushed: `wrote`.
 *
 * Bytes given to `receive` are borrowed for the call. Chunks from `take` belong to the driver; data queued by
 * `sendData` is kept by reference and must not change.
 */
export class Http2Connection {
  readonly #core: Core;
  readonly #receiver: Receiver;
  readonly #taker: Taker;
  #flushedBytes = 0;
  #progressAtMs: number;

  constructor(options: ConnectionOptions) {
    this.#core = new Core(options);
    this.#receiver = new Receiver(this.#core);
    this.#taker = new Taker(this.#core);
    this.#progressAtMs = options.nowMs;
  }

  // --- the driver's side ---

  receive(bytes: Uint8Array, nowMs: number): void {
    const core = this.#core;
    core.nowMs = nowMs;
    // No octets are no sign of life.
    if (bytes.length === 0) return;
    core.lastReceivedAtMs = nowMs;
    if (core.live.kind === "probing") stepLiveness(core, { kind: "read" });
    this.#receiver.receive(bytes);
  }

  /** Acts on deadlines that have passed. After `receive`, never before. */
  tick(nowMs: number): void {
    const core = this.#core;
    core.nowMs = nowMs;
    if (nowMs >= livenessDue(core)) stepLiveness(core, { kind: "tick" });
    core.stepGoingAway({ kind: "tick" });
    if (nowMs >= this.#handshakeDeadline()) {
      this.#fail(
        "settings-timeout",
        "limit-handshake",
        `no SETTINGS within ${core.limits.handshakeMs} ms`,
        errorCode.SETTINGS_TIMEOUT,
      );
    }
    const { unfinishedSinceMs, limits, unread } = core;
    if (nowMs >= unfinishedSinceMs + limits.headerBlockMs) {
      const detail = `a frame or header block not whole after ${limits.headerBlockMs} ms`;
      this.#fail("violation", "limit-header-block-time", detail, errorCode.ENHANCE_YOUR_CALM);
    }
    if (nowMs >= unread.deadlineMs) {
      this.#fail(
        "no-progress",
        "limit-unread-answers",
        `the peer lets ${unread.queuedBytes} octets of answers wait, and took next to none for ${limits.noProgressMs} ms`,
        errorCode.ENHANCE_YOUR_CALM,
      );
    }
    if (nowMs >= this.#progressDeadline()) {
      const waiting = this.#taker.takenBytes - this.#flushedBytes;
      this.#fail(
        "no-progress",
        "limit-no-progress",
        `the peer took none of ${waiting} octets for ${core.limits.noProgressMs} ms`,
        errorCode.NO_ERROR,
      );
    }
  }

  /** Appends at most about `budgetBytes` (by up to one frame more) to `into`; returns the octets appended. */
  take(budgetBytes: number, into: Uint8Array[], nowMs: number): number {
    this.#core.nowMs = nowMs;
    if (this.#taker.takenBytes === this.#flushedBytes) this.#progressAtMs = nowMs;
    return this.#taker.take(budgetBytes, into);
  }

  /** So many octets that were taken are with the kernel now. */
  wrote(bytes: number, nowMs: number): void {
    this.#flushedBytes += bytes;
    this.#progressAtMs = nowMs;
    this.#core.nowMs = nowMs;
    const { live, out } = this.#core;
    const flushed = this.#flushedBytes === this.#taker.takenBytes && out.length === 0;
    if (flushed && live.kind === "probing") stepLiveness(this.#core, { kind: "flushed" });
  }

  /** When `tick` wants to be called next, ms; Infinity if never. */
  deadline(): number {
    const { goingAway, over } = this.#core;
    if (over) return Infinity;
    return Math.min(
      livenessDue(this.#core),
      goingAway.kind === "warned" ? goingAway.finishAtMs : Infinity,
      this.#handshakeDeadline(),
      this.#core.unfinishedSinceMs + this.#core.limits.headerBlockMs,
      this.#core.unread.deadlineMs,
      this.#progressDeadline(),
    );
  }

  /** The transport is gone: every open stream hears `onClosed` with kind `connection`. */
  end(nowMs: number): void {
    const core = this.#core;
    if (core.phase === "ended") return;
    core.nowMs = nowMs;
    core.phase = "ended";
    core.streamWindows.end();
    core.closeAll();
  }

  // --- the application's side ---

  get ready(): boolean {
    return this.#core.phase === "ready";
  }

  /**
   * How many streams may be opened now: 0 before SETTINGS, after a GOAWAY of either side, at the peer's limit, and always
   * for a server.
   */
  get openable(): number {
    const { role, phase, peerLastId, goingAway, peer, streams } = this.#core;
    if (role === "server" || phase !== "ready" || peerLastId !== undefined || goingAway.kind !== "staying") return 0;
    if (this.exhausted) return 0;
    return Math.max(0, peer.maxConcurrentStreams - streams.size);
  }

  /** Every stream id is used up, RFC 9113 §5.1.1: a new connection is needed. */
  get exhausted(): boolean {
    return this.#core.nextStreamId > maxStreamId;
  }

  /** The largest header list that the peer accepts, RFC 9113 §6.5.2; Infinity if it did not say. */
  get maxHeaderListBytes(): number {
    return this.#core.peer.maxHeaderListSize;
  }

  get openStreams(): number {
    return this.#core.streams.size;
  }

  /** Opens a stream with a request's header section. Undefined when none may be opened: see `openable`. Clients only. */
  open(list: HeaderList, endStream: boolean, events: StreamEvents): Http2Stream | undefined {
    const core = this.#core;
    if (this.openable === 0) return undefined;
    const stream = new Http2Stream(core.nextStreamId, core.streamWindows.make(), core.peer.initialWindowSize, core);
    stream.events = events;
    core.nextStreamId += 2;
    stream.bodiless = headerValue(list, ":method") === "HEAD";
    stream.head = list;
    stream.endQueued = endStream;
    core.addStream(stream);
    core.giveTurn(stream);
    return stream;
  }

  /** Queues the response's header section. Servers only. Nothing happens on a stream that is closed. */
  sendHeaders(stream: Http2Stream, list: HeaderList, endStream: boolean): void {
    if (stream.state === "closed") return;
    if (stream.head !== undefined || stream.headSent)
      throw new TypeError("the header section of this stream was sent before");
    stream.head = list;
    stream.endQueued = endStream;
    this.#core.giveTurn(stream);
  }

  /** Queues a piece of the body, kept by reference. False: better wait for `onDrain` before sending more. */
  sendData(stream: Http2Stream, bytes: Uint8Array, endStream: boolean): boolean {
    if (stream.state === "closed") return true;
    assertBodyOpen(stream);
    stream.enqueue(bytes);
    this.#core.unread.queued(bytes.length, this.#core.nowMs);
    stream.endQueued = endStream;
    if (bytes.length > 0 || endStream) this.#core.giveTurn(stream);
    return !stream.aboveHighWater;
  }

  /** Ends our half with a trailer section, behind what is queued. */
  sendTrailers(stream: Http2Stream, list: HeaderList): void {
    if (stream.state === "closed") return;
    assertBodyOpen(stream);
    stream.trailers = list;
    stream.endQueued = true;
    this.#core.giveTurn(stream);
  }

  /** Ends a stream at once, RFC 9113 §6.4. What is queued on it is dropped. */
  reset(stream: Http2Stream, code: number): void {
    this.#core.resetStream(stream, code);
  }

  /** The application has used so many octets: the peer may send as many more. */
  credit(stream: Http2Stream, bytes: number): void {
    this.#core.creditStream(stream, bytes + stream.owedBytes);
    stream.owedBytes = 0;
  }

  /**
   * So many octets are part of a message that is not whole: the peer may send the rest, if memory allows. To be followed
   * by `whole` when it is.
   *
   * @param restBytes What is still to come, where no other message follows on the stream: its peer is not credited for what
   *   it will never use. Default: not known, or others follow.
   */
  creditAhead(stream: Http2Stream, bytes: number, restBytes = Infinity): void {
    creditAhead(this.#core, stream, bytes, restBytes);
  }

  /** No message of the stream is half received any more: others that are have their turn. */
  whole(stream: Http2Stream): void {
    this.#core.budget.stopWaiting(stream);
    // It came whole without that credit, which is due like any other now: when the application has used the message.
    stream.owedBytes += stream.withheldBytes;
    stream.withheldBytes = 0;
  }

  /** So many octets from `onData` are not held in memory any more. Works after the stream closed, too. */
  free(stream: Http2Stream, bytes: number): void {
    this.#core.budget.free(stream, bytes);
  }

  /** Sends a PING; `onPong` tells of its acknowledgement. Returns its sequence number. */
  ping(nowMs: number): number {
    this.#core.nowMs = nowMs;
    return this.#core.sendPing("user");
  }

  /**
   * Leaves gracefully, RFC 9113 §6.8. A server warns with GOAWAY(2^31-1) and a PING, takes what was on its way for a
   * round trip, then says its real last id. Streams that were taken go on; `onDrained` tells when none is left.
   *
   * @param why What GOAWAY's debug data tells the peer.
   */
  drain(nowMs: number, why = draining): void {
    const core = this.#core;
    core.nowMs = nowMs;
    if (core.goingAway.kind !== "staying" || core.over) return;
    const twoPhase = core.role === "server" && core.phase === "ready";
    const pingSequence = twoPhase ? core.pings.start("going-away") : 0;
    core.stepGoingAway({ kind: "drain", pingSequence, twoPhase, why });
  }

  /**
   * Names the real last stream id now, as a leave without a round trip does: what comes later is ignored, and so is
   * provably unprocessed. For those who are about to close, or whose patience with `drain` is over.
   */
  leave(nowMs: number): void {
    const core = this.#core;
    core.nowMs = nowMs;
    if (core.phase !== "failed" && core.phase !== "ended") core.stepGoingAway({ kind: "leave" });
  }

  // --- for reports ---

  get notes(): FrameNote[] {
    return this.#core.record.notes();
  }

  get facts(): ConnectionFacts {
    const { startedAtMs, readyAtMs, lastReceivedAtMs, streams, streamsEver, goawaySent, pings } = this.#core;
    const { keepalives } = pings;
    return { startedAtMs, readyAtMs, lastReceivedAtMs, streamsOpen: streams.size, streamsEver, goawaySent, keepalives };
  }

  /** As it stands, with at most `maxStreams` of its streams. Changes nothing. */
  inspect(nowMs: number, maxStreams: number): Http2Inspection {
    return inspectCore(this.#core, nowMs, maxStreams);
  }

  #fail(reason: FailureReason, rule: Violation["rule"], detail: string, code: number): void {
    this.#core.fail(reason, { scope: "connection", by: "peer", code, rule, detail });
  }

  #handshakeDeadline(): number {
    const { phase, role, startedAtMs, limits } = this.#core;
    return phase === "greeting" && role === "server" ? startedAtMs + limits.handshakeMs : Infinity;
  }

  #progressDeadline(): number {
    const { over, limits } = this.#core;
    return this.#taker.takenBytes > this.#flushedBytes && !over ? this.#progressAtMs + limits.noProgressMs : Infinity;
  }
}

/** Numbers for a termination report. */
export interface ConnectionFacts {
  readonly startedAtMs: number;
  readonly readyAtMs: number | undefined;
  readonly lastReceivedAtMs: number | undefined;
  readonly streamsOpen: number;
  readonly streamsEver: number;
  readonly goawaySent: { readonly code: number; readonly lastStreamId: number; readonly debugData: string } | undefined;
  /** PINGs sent to hear whether the peer lives. */
  readonly keepalives: number;
}

function assertBodyOpen(stream: Http2Stream): void {
  if (stream.endQueued) throw new TypeError("the body of this stream was ended before");
  if (stream.head === undefined && !stream.headSent)
    throw new TypeError("the header section of this stream goes first");
}

/** RFC 9113 §5.1.1: an endpoint that has used up its ids opens a new connection. */
const maxStreamId = 0x7fffffff;
