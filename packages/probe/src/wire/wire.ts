/**
 * One connection opened by hand: name, TCP, TLS, HTTP/2, each stage with what was met and how long it took, and every frame
 * seen both ways. The engine speaks; this drives it over one socket. It judges nothing and never throws because of a peer.
 */

import type { Host, Socket, SocketError, Timer, TlsSession } from "@holdfast/grpc/host";
import type { ConnectionSink, PeerGoaway, StreamEvents, Violation } from "@holdfast/grpc/http2";
import { Http2Connection } from "@holdfast/grpc/http2";
import { dialInTurn } from "./dial-in-turn.ts";
import { FrameLog } from "./frame-log.ts";
import { lookUp } from "./look-up.ts";
import { nodeNetwork, type Network } from "./network.ts";
import type { TlsLayer } from "./tls-over-socket.ts";
import { requestHead } from "./request-head.ts";
import { type CallOptions, RunningCall, type WireCall } from "./wire-call.ts";
import type { Opened, PingResult, WireEnd, WireFault, WireMet } from "./wire-end.ts";
import { endKind, failed, greetingFault, tlsFaultKind } from "./wire-fault.ts";
import { emptyMet, toldByHost } from "./wire-met.ts";
import type { WirePhase } from "./wire-phase.ts";
import { WirePings } from "./wire-pings.ts";
import { defaultWireLimits, type WireLimits, type WireOptions } from "./wire-options.ts";

/** Begins at once. What comes of it is told by `opened`, which never rejects, and by `met`. */
export function openWire(options: WireOptions): Wire {
  return new Wire(options);
}

/** So much at most lies in the socket: control frames are not behind megabytes. */
const socketBudgetBytes = 65_536;
const firstBytesKept = 512;
/** How long `close` waits for the peer's FIN, ms. */
const lingerMs = 1_000;
const maxGoaways = 8;

export class Wire implements ConnectionSink {
  readonly met: WireMet;
  readonly log = new FrameLog();
  readonly opened: Promise<Opened>;
  /** Resolves once, when the connection is gone, or was never there. */
  readonly ended: Promise<WireEnd>;
  /** The engine; before `opened` it only holds our greeting. */
  readonly connection: Http2Connection;

  readonly #options: WireOptions;
  readonly #network: Network;
  readonly #host: Host;
  readonly #limits: WireLimits;
  readonly #goaways: PeerGoaway[] = [];
  readonly #pings: WirePings;
  readonly #chunks: Uint8Array[] = [];
  #phase: WirePhase = { kind: "dialling" };
  #socket: Socket | undefined = undefined;
  #tls: TlsLayer | undefined = undefined;
  #stageTimer: Timer | undefined = undefined;
  #tickTimer: Timer | undefined = undefined;
  #pumpScheduled = false;
  #violation: Violation | undefined = undefined;
  #end: WireEnd | undefined = undefined;
  #settleOpened: (opened: Opened) => void = () => undefined;
  #settleEnded: (end: WireEnd) => void = () => undefined;

  constructor(options: WireOptions) {
    this.#options = options;
    this.#network = options.network ?? nodeNetwork();
    this.#host = this.#network.host;
    this.#limits = { ...defaultWireLimits, ...options.limits };
    this.opened = new Promise((resolve) => (this.#settleOpened = (opened) => this.#host.defer(() => resolve(opened))));
    this.ended = new Promise((resolve) => (this.#settleEnded = (end) => this.#host.defer(() => resolve(end))));
    const nowMs = this.#host.nowMs();
    this.met = emptyMet(nowMs);
    this.connection = new Http2Connection({
      role: "client",
      sink: this,
      nowMs,
      // Nobody but the user of the wire sends a PING.
      liveness: { quietMs: Infinity, restMs: Infinity },
    });
    this.#pings = new WirePings(this.#host, this.connection);
    this.#watchFrames(options);
    this.#begin();
  }

  /** Milliseconds on the clock of every time here. */
  nowMs(): number {
    return this.#host.nowMs();
  }

  get isOpen(): boolean {
    return this.#phase.kind === "open";
  }

  /** One PING, RFC 9113 §6.7, and its acknowledgement. `limitMs`: how long to wait for it; default 5,000. */
  ping(limitMs = 5_000): Promise<PingResult> {
    if (this.#phase.kind !== "open") return Promise.resolve({ kind: "ended" });
    return this.#pings.send(limitMs);
  }

  /** One call; its outcome never rejects. Meant for health and reflection, which change nothing. */
  call(options: CallOptions): WireCall {
    return new RunningCall(this.connection, this.#host, requestHead(this.#options, options), options);
  }

  /** Says GOAWAY, then FIN, and waits a second for the peer's FIN. Resolves with `ended`. */
  close(): Promise<WireEnd> {
    if (this.#phase.kind === "open" || this.#phase.kind === "greeting" || this.#phase.kind === "securing") {
      if (this.#speaksHttp2) this.connection.leave(this.nowMs());
      this.#pump();
      this.#phase = { kind: "leaving" };
      this.#tls?.end();
      this.#socket?.end();
      this.#arm(lingerMs, () => this.#finish("closed-by-us"));
      // Who opened it hears of an end before it was open, too.
      this.#settleOpened(failed({ stage: "http2", kind: "error", message: "closed by us" }));
    } else if (this.#phase.kind === "dialling") this.#finish("closed-by-us");
    return this.ended;
  }

  // --- the way up ---

  #begin(): void {
    const { host, port, resolve } = this.#options;
    if (resolve !== undefined) {
      this.#dial([resolve], port);
      return;
    }
    lookUp(this.#host, host, this.#limits.lookupMs, (lookup) => {
      if (this.#phase.kind !== "dialling") return;
      this.met.lookup = lookup;
      if (lookup.addresses.length > 0) this.#dial(lookup.addresses, port);
      else {
        const { error } = lookup;
        const message = error?.message ?? "the name has no address";
        const kind = error?.kind === "ETIMEDOUT" ? "silent" : "not-found";
        this.#fail({ stage: "lookup", kind, message, ...(error === undefined ? {} : { word: error.kind }) });
      }
    });
  }

  #dial(addresses: readonly string[], port: number): void {
    const { tls } = this.#options;
    // Where TLS cannot be watched from here, the host does it.
    const hostTls = this.#network.startTls === undefined ? tls : undefined;
    dialInTurn(this.#host, { addresses, port, limitMs: this.#limits.connectMs, tls: hostTls }, this.met.attempts, {
      wanted: () => this.#phase.kind === "dialling",
      connected: (socket, session) => this.#connected(socket, session),
      failed: (fault) => this.#fail(fault),
      data: (bytes) => this.#came(bytes),
      end: () => this.#peerEnded(),
      flushed: (bytes) => this.#flushed(bytes),
      closed: (error) => this.#closed(error),
    });
  }

  #connected(socket: Socket, session: TlsSession | undefined): void {
    this.#socket = socket;
    const { tls, until } = this.#options;
    if (until === "tcp") this.#open();
    else if (tls === undefined || this.#network.startTls === undefined) {
      if (session !== undefined) this.met.tls = toldByHost(session);
      this.#speak();
    } else this.#secure(socket);
  }

  #secure(socket: Socket): void {
    const { startTls } = this.#network;
    const { tls } = this.#options;
    if (startTls === undefined || tls === undefined) return;
    const startedAtMs = this.nowMs();
    this.#phase = { kind: "securing", startedAtMs };
    const tlsMs = this.#limits.tlsMs;
    this.#arm(tlsMs, () => {
      const nothing = this.met.firstBytesAtMs === undefined;
      const message = nothing
        ? `no answer to our ClientHello in ${tlsMs} ms`
        : `no end of the handshake in ${tlsMs} ms`;
      this.#fail({ stage: "tls", kind: nothing ? "silent" : "unfinished", message });
    });
    try {
      this.#tls = startTls(socket, tls, {
        secured: (seen) => {
          this.met.tls = { ...seen, tookMs: this.nowMs() - startedAtMs };
          this.#speak();
        },
        data: (bytes) => this.#cameInside(bytes),
        flushed: (bytes) => this.connection.wrote(bytes, this.nowMs()),
        end: () => this.#peerEnded(),
        failed: (word, message) => this.#tlsFailed(word, message),
      });
    } catch (error) {
      // A certificate, key or authority that OpenSSL cannot read.
      this.#fail({ stage: "tls", kind: "error", message: error instanceof Error ? error.message : String(error) });
    }
  }

  /** Our preface goes out; the peer's SETTINGS make the wire open. */
  #speak(): void {
    if (this.#options.until === "tls") {
      this.#open();
      return;
    }
    const startedAtMs = this.nowMs();
    this.#phase = { kind: "greeting", startedAtMs };
    const { settingsMs } = this.#limits;
    this.#arm(settingsMs, () => {
      const begun = this.met.lastReceivedAtMs !== undefined && this.met.lastReceivedAtMs >= startedAtMs;
      const message = begun
        ? `no whole SETTINGS frame in ${settingsMs} ms`
        : `nothing came in ${settingsMs} ms after our preface`;
      this.#fail({ stage: "http2", kind: begun ? "unfinished" : "silent", message });
    });
    this.#pump();
  }

  #open(): void {
    this.#stageTimer?.cancel();
    this.#phase = { kind: "open" };
    this.#settleOpened({ kind: "open" });
  }

  #fail(fault: WireFault): void {
    this.#settleOpened(failed(fault));
    this.#finish(fault.stage === "lookup" || fault.stage === "connect" ? "never-open" : "closed-by-us");
  }

  // --- what the socket tells ---

  #came(bytes: Uint8Array): void {
    if (this.#phase.kind === "ended") return;
    const nowMs = this.nowMs();
    const { met } = this;
    met.lastReceivedAtMs = nowMs;
    met.firstBytesAtMs ??= nowMs;
    if (met.firstBytes.length < firstBytesKept) {
      met.firstBytes = Uint8Array.from(Buffer.concat([met.firstBytes, bytes]).subarray(0, firstBytesKept));
    }
    if (this.#tls === undefined) this.#cameInside(bytes);
    else this.#tls.belowReceived(bytes);
  }

  #cameInside(bytes: Uint8Array): void {
    if (!this.#speaksHttp2 || this.#phase.kind === "ended") return;
    const nowMs = this.nowMs();
    // The log first: whoever is told by the engine finds the frame there.
    this.log.came(bytes, nowMs);
    this.connection.receive(bytes, nowMs);
    this.connection.tick(nowMs);
    this.#pump();
  }

  #flushed(bytes: number): void {
    if (this.#tls !== undefined) this.#tls.belowFlushed();
    else if (this.#phase.kind !== "ended") this.connection.wrote(bytes, this.nowMs());
  }

  #peerEnded(): void {
    if (this.#phase.kind === "leaving") {
      this.#finish("closed-by-us");
      return;
    }
    if (this.#phase.kind === "securing") {
      // TLS words it: see `failed`.
      this.#tls?.belowEnded();
      return;
    }
    this.#finish("fin");
  }

  #closed(error: SocketError | undefined): void {
    if (this.#phase.kind === "securing" && error !== undefined) this.#tlsFailed(error.kind, error.message, error);
    else this.#finish(this.#phase.kind === "leaving" ? "closed-by-us" : endKind(error), error);
  }

  #tlsFailed(word: string, message: string, error?: SocketError): void {
    if (this.#phase.kind === "securing") {
      this.#settleOpened(failed({ stage: "tls", kind: tlsFaultKind(word), message, word }));
      this.#finish(error === undefined ? "tls-alert" : endKind(error), error);
    } else this.#finish("tls-alert", { kind: "TLS", message });
  }

  // --- what the engine tells ---

  onReady(): void {
    if (this.#phase.kind !== "greeting") return;
    this.#open();
  }

  onSettings(): void {}

  /** Cannot be: push is forbidden, and we are a client. */
  onStream(): StreamEvents {
    throw new TypeError("a client is offered no stream");
  }

  onGoaway(goaway: PeerGoaway): void {
    if (this.#goaways.length === maxGoaways) this.#goaways.splice(maxGoaways / 2, 1);
    this.#goaways.push(goaway);
  }

  onDrained(): void {}

  onFailed(_reason: string, violation: Violation): void {
    this.#violation = violation;
    // On the parser's stack: what was just written goes out behind this event.
    this.#host.defer(() => {
      this.#pump();
      this.#finish("violation");
    });
  }

  onPong(sequence: number): void {
    this.#pings.acknowledged(sequence);
  }

  onOutput(): void {
    if (this.#pumpScheduled || !this.#speaksHttp2) return;
    this.#pumpScheduled = true;
    this.#host.defer(() => {
      this.#pumpScheduled = false;
      this.#pump();
    });
  }

  // --- below ---

  get #speaksHttp2(): boolean {
    return (
      (this.#options.until ?? "http2") === "http2" && (this.#phase.kind === "greeting" || this.#phase.kind === "open")
    );
  }

  #pump(): void {
    const way = this.#tls ?? this.#socket;
    if (way === undefined || !this.#speaksHttp2) return;
    const nowMs = this.nowMs();
    const room = socketBudgetBytes - way.writableLength;
    if (room > 0 && this.connection.take(room, this.#chunks, nowMs) > 0) {
      const chunks = this.#chunks.splice(0);
      for (const chunk of chunks) this.log.went(chunk, nowMs);
      way.write(chunks);
    }
    this.#armTick();
  }

  #armTick(): void {
    this.#tickTimer?.cancel();
    this.#tickTimer = undefined;
    const deadlineMs = this.connection.deadline();
    if (deadlineMs === Infinity) return;
    this.#tickTimer = this.#host.timer(Math.max(0, deadlineMs - this.nowMs()), () => {
      this.connection.tick(this.nowMs());
      this.#pump();
    });
  }

  #arm(delayMs: number, fire: () => void): void {
    this.#stageTimer?.cancel();
    this.#stageTimer = this.#host.timer(delayMs, fire);
  }

  #finish(kind: WireEnd["kind"], error?: SocketError): void {
    if (this.#end !== undefined) return;
    const before = this.#phase;
    this.#phase = { kind: "ended" };
    this.#stageTimer?.cancel();
    this.#tickTimer?.cancel();
    const violation = this.#violation;
    this.#end = {
      kind: violation === undefined || kind === "closed-by-us" ? kind : "violation",
      atMs: this.nowMs(),
      goaways: [...this.#goaways],
      lastReceivedAtMs: this.met.lastReceivedAtMs,
      ...(error === undefined ? {} : { error }),
      ...(violation === undefined ? {} : { violation }),
    };
    if (before.kind === "greeting") this.#settleOpened(failed(greetingFault(this.#end)));
    this.connection.end(this.nowMs());
    this.#pings.end();
    this.#tls?.destroy();
    this.#socket?.end();
    this.#socket?.destroy();
    this.#settleOpened(failed({ stage: "http2", kind: "error", message: "the connection ended" }));
    this.#settleEnded(this.#end);
  }

  #watchFrames({ onFrame }: WireOptions): void {
    if (onFrame !== undefined) this.log.on(onFrame);
    const stop = this.log.on((frame) => {
      if (frame.from !== "server" || frame.kind !== "settings" || (frame.flags & 1) !== 0) return;
      stop();
      const startedAtMs = this.#phase.kind === "greeting" ? this.#phase.startedAtMs : frame.atMs;
      this.met.settings = { values: frame.settings, tookMs: frame.atMs - startedAtMs };
    });
  }
}
