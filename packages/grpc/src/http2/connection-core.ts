import { ByteWriter } from "./bytes.ts";
import { ClosedStreams } from "./closed-streams.ts";
import { completeLiveness } from "./complete-liveness.ts";
import type { ConnectionOptions, ConnectionSink, FailureReason } from "./connection.ts";
import { errorCode } from "./error-code.ts";
import { FlightRecord } from "./flight-record.ts";
import { isIdle } from "./frame/frame.ts";
import { writeGoaway } from "./frame/goaway.ts";
import { writePing } from "./frame/ping.ts";
import { writeRstStream } from "./frame/rst-stream.ts";
import { writeWindowUpdate } from "./frame/window-update.ts";
import { writeGreeting } from "./greeting.ts";
import { type GoingAway, type GoingAwayInput, staying, step as stepGoingAway } from "./going-away-state.ts";
import { type HeaderList, noFields } from "./header-list.ts";
import { HpackDecoder } from "./hpack/decoder.ts";
import { HpackEncoder } from "./hpack/encoder.ts";
import { type BucketName, type Limits, limitsFrom, TokenBucket } from "./limits.ts";
import { listening, type Liveness, type LivenessFacts, type LivenessPolicy } from "./liveness-state.ts";
import { creditWithheld, giveWay } from "./message-memory.ts";
import { cleanSlate, type PingPolicy } from "./ping-policy.ts";
import { Pings, type PingPurpose } from "./pings.ts";
import { ReceiveBudget } from "./receive-budget.ts";
import { RingQueue } from "./ring-queue.ts";
import { initialSettings, type Settings } from "./settings.ts";
import type { HolderEvents, Http2Stream, StreamEnd } from "./stream.ts";
import { StreamTable } from "./stream-table.ts";
import { StreamWindows } from "./stream-windows.ts";
import { UnreadAnswers } from "./unread-answers.ts";
import { limitPassed, type Violation } from "./violation.ts";
import { type BandwidthEstimate, connectionShare, ReceiveWindow } from "./windows.ts";

/**
 * What the parts of a connection share: settings, windows, streams, the way out, and the few acts that more than one
 * part performs. It parses nothing (`receive.ts`) and frames nothing but control frames (`take.ts` does the rest).
 */
export class Core implements LivenessFacts, HolderEvents {
  readonly role: "client" | "server";
  readonly sink: ConnectionSink;
  readonly limits: Limits;
  readonly budget: ReceiveBudget;
  readonly liveness: LivenessPolicy;
  /** Absent: PINGs are policed by `limit-ping` alone. */
  readonly pingPolicy: PingPolicy | undefined;
  nowMs: number;

  /** `greeting` until the peer's SETTINGS; `failed`: condemned, what is written may still go out; `ended`: gone. */
  phase: "greeting" | "ready" | "failed" | "ended" = "greeting";
  readonly startedAtMs: number;
  readyAtMs: number | undefined = undefined;
  lastReceivedAtMs: number | undefined = undefined;

  readonly local: Settings = initialSettings();
  readonly peer: Settings = initialSettings();
  // Made for the first header block: a connection without calls has none.
  #decoder: HpackDecoder | undefined = undefined;
  #encoder: HpackEncoder | undefined = undefined;

  readonly out = new ByteWriter();
  /** Octets in `out` that the peer made us write: acknowledgements, and resets of what it did wrong. */
  answerBytes = 0;
  readonly record = new FlightRecord();
  readonly pings = new Pings();
  /** Made for the first DATA. */
  bandwidth: BandwidthEstimate | undefined = undefined;

  readonly streams = new StreamTable();
  readonly closed = new ClosedStreams();
  /** A client's own requests are its own affair. */
  readonly unread: UnreadAnswers;
  /** Streams with something to send, in turn. */
  readonly turns = new RingQueue<Http2Stream>();
  /** Streams whose DATA waits for the connection's window. */
  #waitingForWindow: Set<Http2Stream> | undefined = undefined;
  /** What we may still send on the connection, RFC 9113 §6.9.2. */
  sendWindow = 65_535;
  /** What the peer may still send on the connection. */
  readonly window = new ReceiveWindow(65_535, 65_535, connectionShare);
  /** What the peer may send on each stream; follows the bandwidth. */
  readonly streamWindows: StreamWindows;

  nextStreamId: number;
  /** The highest stream id that the peer opened. */
  highestPeerId = 0;
  streamsEver = 0;

  goingAway: GoingAway = staying;
  /** The lowest last-stream-id that the peer's GOAWAYs named; undefined: none came. */
  peerLastId: number | undefined = undefined;
  goawaySent: { code: number; lastStreamId: number; debugData: string } | undefined = undefined;
  live: Liveness = listening;
  /** What the peer's PINGs have earned it. */
  pingSlate = cleanSlate;
  /** The request's or response's head that came last and had no fault: the next one mostly is the same, or nearly so. */
  soundList: HeaderList = noFields;
  /** The same of trailer sections. */
  soundTrailers: HeaderList = noFields;
  /** A header block of which CONTINUATION frames are still to come, RFC 9113 §6.10. */
  continued: { streamId: number; endStream: boolean; parts: Uint8Array[]; length: number } | undefined = undefined;
  /** Since when a frame or a header block has begun and is not whole; Infinity: none has. */
  unfinishedSinceMs = Infinity;

  readonly #buckets: { [Name in BucketName]?: TokenBucket } = {};

  constructor(options: ConnectionOptions) {
    this.role = options.role;
    this.sink = options.sink;
    this.nowMs = this.startedAtMs = options.nowMs;
    this.limits = limitsFrom(options.limits);
    this.liveness = completeLiveness(options.liveness);
    this.pingPolicy = options.pingPolicy;
    this.budget = options.budget ?? new ReceiveBudget();
    const allowedBytes = options.role === "server" ? this.limits.maxUnreadBytes : Infinity;
    this.unread = new UnreadAnswers(allowedBytes, this.limits.noProgressMs);
    this.streamWindows = new StreamWindows(this, options.streamWindowBytes ?? initialStreamWindow);
    this.nextStreamId = options.role === "client" ? 1 : 2;
    this.local.initialWindowSize = this.streamWindows.size;
    this.local.maxHeaderListSize = this.limits.maxHeaderListBytes;
    this.local.enablePush = false;
    if (options.role === "server") this.local.maxConcurrentStreams = this.limits.maxConcurrentStreams;
    writeGreeting(this, options.connectionWindowBytes ?? initialConnectionWindow);
  }

  get decoder(): HpackDecoder {
    return (this.#decoder ??= new HpackDecoder({
      maxTableSize: this.local.headerTableSize,
      maxHeaderListBytes: this.limits.maxHeaderListBytes,
    }));
  }

  get encoder(): HpackEncoder {
    return (this.#encoder ??= new HpackEncoder());
  }

  get heardAtMs(): number {
    return this.lastReceivedAtMs ?? this.startedAtMs;
  }

  get openStreams(): number {
    return this.streams.size;
  }

  /** Takes one from a named bucket; when it is empty the connection ends. */
  spend(name: BucketName): boolean {
    const bucket = (this.#buckets[name] ??= new TokenBucket(this.limits.buckets[name], this.nowMs));
    if (bucket.take(this.nowMs)) return true;
    const { burst, perSecond } = this.limits.buckets[name];
    this.fail(
      "violation",
      limitPassed(name, errorCode.ENHANCE_YOUR_CALM, `more than ${burst} at once and ${perSecond} a second`),
    );
    return false;
  }

  /** True once nothing is read any more. */
  get over(): boolean {
    return this.phase === "failed" || this.phase === "ended";
  }

  /** Something was written to `out` or queued on a stream. */
  wantOutput(): void {
    this.sink.onOutput();
  }

  /** The same for what the peer made us write: one that asks and does not read must not fill our memory. */
  answered(bytes: number): void {
    this.answerBytes += bytes;
    if (this.answerBytes > this.limits.maxControlBytes && this.phase !== "failed") {
      this.fail(
        "violation",
        limitPassed(
          "limit-control-bytes",
          errorCode.ENHANCE_YOUR_CALM,
          `${this.answerBytes} octets of answers to control frames wait for a peer that does not read`,
        ),
      );
    } else this.sink.onOutput();
  }

  /** Puts a stream behind the others that have something to send. */
  giveTurn(stream: Http2Stream): void {
    if (stream.place !== "none") return;
    stream.place = "turns";
    this.turns.push(stream);
    this.wantOutput();
  }

  /** Enters a stream that either side opened. */
  addStream(stream: Http2Stream): void {
    this.streams.add(stream);
    this.streamsEver++;
  }

  /** Ends a stream for both sides; its events hear nothing after this. */
  closeStream(stream: Http2Stream, end: StreamEnd): void {
    if (!this.streams.delete(stream.id)) return;
    this.closed.note(
      stream.id,
      stream.received === "end" ? "ended-by-peer" : end.kind === "reset-by-peer" ? end.kind : "reset-by-us",
    );
    this.#waitingForWindow?.delete(stream);
    this.budget.stopWaiting(stream);
    this.unread.dropped(stream.queuedBytes);
    stream.close(end);
    stream.events.onClosed(end);
    if (this.streams.size > 0) return;
    if (this.goingAway.kind === "leaving" && this.phase === "ready") this.sink.onDrained();
  }

  /** The peer's END_STREAM was heard and told. */
  endReceiving(stream: Http2Stream): void {
    if (stream.move("recv-end") && (stream.state as string) === "closed")
      this.closeStream(stream, { kind: "complete" });
  }

  /** RST_STREAM, and the end of the stream here. A stream whose head never left is simply withdrawn. */
  resetStream(stream: Http2Stream, code: number, violation?: Violation): void {
    if (stream.state === "closed") return;
    const onWire = stream.state !== "idle";
    if (onWire) this.sendReset(stream.id, code);
    this.closeStream(
      stream,
      violation === undefined ? { kind: "reset-by-us", code } : { kind: "reset-by-us", code, violation },
    );
  }

  /** RST_STREAM for an id that need not be a stream of ours (any more). */
  sendReset(streamId: number, code: number): void {
    writeRstStream(this.out, streamId, code);
    this.record.sent(this.nowMs, 0x3, 0, streamId, 4, code);
    this.wantOutput();
  }

  /** The peer broke a rule: the stream, or all, ends for it. */
  punish(violation: Violation): void {
    if (violation.scope === "connection") {
      this.fail("violation", violation);
      return;
    }
    const streamId = violation.streamId ?? 0;
    if (isIdle(this, streamId)) {
      // An idle stream may not be reset, RFC 9113 §6.4; a stream error may be made one of the connection, §5.4.1.
      this.fail("violation", { ...violation, scope: "connection" });
      return;
    }
    if (!this.spend("limit-provoked-reset")) return;
    const stream = this.streams.get(streamId);
    if (stream === undefined) {
      this.closed.note(streamId, "reset-by-us");
      this.sendReset(streamId, violation.code);
      this.answered(13);
    } else this.resetStream(stream, violation.code, violation);
  }

  /** Condemns the connection: GOAWAY, all streams closed, nothing more is read. `debugData` is in words of our own. */
  fail(reason: FailureReason, violation: Violation, debugData = `${violation.rule}: ${violation.detail}`): void {
    if (this.over) return;
    this.phase = "failed";
    // An id that was named once may not rise again, RFC 9113 §6.8.
    const lastStreamId = this.goingAway.kind === "leaving" ? this.goingAway.lastStreamId : this.highestPeerId;
    this.sayGoaway(violation.code, lastStreamId, debugData);
    this.sink.onFailed(reason, violation);
    this.closeAll();
  }

  closeAll(): void {
    for (const stream of this.streams.all()) this.closeStream(stream, { kind: "connection" });
    this.turns.clear();
  }

  sayGoaway(code: number, lastStreamId: number, debugData: string): void {
    this.goawaySent = { code, lastStreamId, debugData };
    const length = writeGoaway(this.out, lastStreamId, code, debugData);
    this.record.sent(this.nowMs, 0x7, 0, 0, length, code);
    this.sink.onOutput();
  }

  /** Sends a PING of our own; its acknowledgement goes to whom `purpose` names. */
  sendPing(purpose: PingPurpose): number {
    const sequence = this.pings.start(purpose);
    this.writePing(sequence);
    return sequence;
  }

  writePing(sequence: number): void {
    writePing(this.out, this.pings.payload(sequence), false);
    this.record.sent(this.nowMs, 0x6, 0, 0, 8, 0);
    this.wantOutput();
  }

  onPong(bytes: Uint8Array, at: number): void {
    const pong = this.pings.acknowledged(bytes, at);
    if (pong === undefined) return;
    switch (pong.purpose) {
      case "going-away":
        this.stepGoingAway({ kind: "pong", sequence: pong.sequence });
        break;
      case "bandwidth":
        if (this.bandwidth === undefined) break;
        this.streamWindows.grow(this.bandwidth.acknowledged(this.streamWindows.size, this.nowMs));
        break;
      case "user":
        this.sink.onPong(pong.sequence);
        break;
      case "liveness":
        break;
    }
  }

  onPeerSettings(): void {
    if (this.over) return;
    if (this.phase !== "greeting") {
      this.#withdrawBeyond(this.peer.maxConcurrentStreams);
      this.sink.onSettings();
      return;
    }
    this.phase = "ready";
    this.readyAtMs = this.nowMs;
    this.sink.onReady();
  }

  /** The limit came down (RFC 9113 §5.1.2) while streams waited for their turn: the latest are withdrawn. */
  #withdrawBeyond(maxStreams: number): void {
    if (this.streams.size <= maxStreams) return;
    for (const stream of this.streams.all().reverse()) {
      if (stream.state === "idle" && this.streams.size > maxStreams) this.resetStream(stream, errorCode.REFUSED_STREAM);
    }
  }

  /** The connection's sending window is used up, and this stream has DATA. */
  waitForWindow(stream: Http2Stream): void {
    stream.place = "waiting";
    (this.#waitingForWindow ??= new Set()).add(stream);
  }

  /**
   * While the connection's sending window is open, the stream that has waited for it longest gets its turn. One at a time,
   * the next when that turn comes: an octet of credit must not cost a round of all that wait.
   */
  giveWaitingTurn(): void {
    const waiting = this.#waitingForWindow;
    if (waiting === undefined || waiting.size === 0 || this.sendWindow <= 0) return;
    for (const stream of waiting) {
      waiting.delete(stream);
      stream.place = "none";
      this.giveTurn(stream);
      return;
    }
  }

  stepGoingAway(input: GoingAwayInput): void {
    if (this.over) return;
    const [next, effect] = stepGoingAway(this.goingAway, input, this.nowMs, this.highestPeerId);
    this.goingAway = next;
    if (next.kind === "staying" || effect === undefined) return;
    if (next.kind === "warned") {
      this.sayGoaway(errorCode.NO_ERROR, 0x7fffffff, next.why);
      this.writePing(next.pingSequence);
      return;
    }
    this.sayGoaway(errorCode.NO_ERROR, next.lastStreamId, next.why);
    this.sink.onLeaving?.();
    if (this.streams.size === 0) this.sink.onDrained();
  }

  /** The application used so many bytes of a stream: its peer may send as many more, budget allowing. */
  creditStream(stream: Http2Stream, bytes: number): void {
    if (stream.window.used(bytes)) this.#credit(stream);
  }

  /** DATA octets came on the connection: credited at once, so that a slow stream never stops its siblings. */
  creditConnection(bytes: number): void {
    if (this.window.used(bytes)) this.#sayWindow(0, this.window.credit());
  }

  /** A half-received message that waited for the budget may go on. */
  creditAllowed(stream: Http2Stream): void {
    creditWithheld(this, stream);
  }

  /** A half-received message has to make room. */
  giveWay(stream: Http2Stream, nowMs: number): void {
    giveWay(this, stream, nowMs);
  }

  #credit(stream: Http2Stream): void {
    if (stream.received === "end" || stream.state === "closed") return;
    const increment = stream.window.credit();
    if (increment > 0) this.#sayWindow(stream.id, increment);
  }

  #sayWindow(streamId: number, increment: number): void {
    writeWindowUpdate(this.out, streamId, increment);
    this.record.sent(this.nowMs, 0x8, 0, streamId, 4, increment);
    this.wantOutput();
  }
}

// A unary message of 256 KiB needs no credit in mid-flight; larger ones grow the window by the bandwidth estimate.
const initialStreamWindow = 262_144;
const initialConnectionWindow = 1_048_576;
