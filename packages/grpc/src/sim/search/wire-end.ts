/**
 * One end of a connection as a bystander at its socket sees it: the frames that this end wrote and read. Owns the books
 * of the connection's window and the rules that both our ends must keep whatever happens; what it finds it tells.
 */

import { errorCode, errorCodeName } from "../../http2/error-code.ts";
import { tooManyPings } from "../../http2/frame/ping.ts";
import { utf8 } from "../../http2/bytes.ts";
import type { Socket, SocketError } from "../../host/host.ts";
import { addressText } from "../../transport/address-text.ts";
import type { SocketWitness } from "../../transport/tapped-socket.ts";
import { socketBudgetBytes } from "../../transport/transport.ts";
import type { KeepaliveOptions } from "../../channel/keepalive-policy.ts";
import type { Invariants } from "../invariants.ts";
import { FrameScanner, prefaceBytes, readU32, type ScannedFrame } from "../../watch/frame-scanner.ts";
import { ConnectionWatcher } from "../../watch/connection-watcher.ts";
import { frameLine } from "../../watch/frame-line.ts";
import type { Story } from "./story.ts";
import type { ConnectionState } from "./world-plan.ts";
import { initialWindowSetting, maxFrameBytes, settingsIn, WireStreams } from "./wire-streams.ts";

/** Of a payload, octets: enough for SETTINGS of ten pairs, and for the words of a GOAWAY. */
const keptBytes = (): number => 64;
/** RFC 9113 §6.9.2. */
const firstWindow = 65_535;
/** NO_ERROR, REFUSED_STREAM, CANCEL: all that two honest ends have to say to each other about a stream. */
const honestResets = new Set([0x0, 0x7, 0x8]);

/** What one end may do that another may not. */
export interface WireRules {
  /** It may end a connection over its peer's PINGs. */
  readonly mayPolice: boolean;
  /** Its memory is small: it may ask half-received messages to give way. */
  readonly mayReclaim: boolean;
  /** Its network may break for so long that it ends a connection over half a frame. */
  readonly mayTire: boolean;
  /** For how long it may keep a connection on which nothing is read, calls or not, ms; Infinity for as long as it likes. */
  readonly silenceMs: number;
}

/**
 * Of an end that asks after `timeMs` and gives up `timeoutMs` later: each of them twice, because the kernel may have taken
 * nothing for a while before that, and a verdict that comes late is put off by one PING.
 */
export function longestSilenceMs({ timeMs = Infinity, timeoutMs = 20_000 }: KeepaliveOptions): number {
  return 2 * timeMs + 2 * timeoutMs + slackMs;
}

/** Timers and polls. */
const slackMs = 1_000;

/** How far a leave of two phases got, RFC 9113 §6.8: the warning, the PING behind it, its acknowledgement. */
type Farewell =
  | { readonly kind: "none" | "warned" }
  | { readonly kind: "asked"; readonly payload: string }
  | { readonly kind: "answered"; readonly atMs: number };

/** What the ends of connections have to do with. */
export interface WireWatch {
  readonly book: Invariants;
  readonly story: Story;
  /** An end is in another state than before. */
  changed(wire: WireEnd): void;
}

export class WireEnd implements SocketWitness {
  /** The name of its host. */
  readonly host: string;
  /** For people: the host, and which of its connections this is. */
  readonly who: string;
  readonly role: "client" | "server";
  /** Nothing more is to be judged: it is over, or about to be. */
  closed = false;
  /** The process has no socket any more. */
  gone = false;
  socket: Socket | undefined = undefined;
  /** What this end may still send, and what it may still be sent, on the connection. */
  sendWindow = firstWindow;
  receiveWindow = firstWindow;
  /** Octets of all kinds; what was written and not read is still on its way, or lost with a dead peer. */
  writtenBytes = 0;
  readBytes = 0;
  readonly #streams: WireStreams;
  #highestRequest = 0;
  #heardSettings = false;
  #heardGoaway = false;
  /** SETTINGS and PING frames that this end wrote and whose acknowledgement it has not read. */
  #settingsUnanswered = 0;
  #pingsUnanswered = 0;
  /** The connection's window is announced with the greeting, and later four times that of a stream at its largest. */
  #announcedWindow: number | undefined = undefined;
  #streamWindow = 0;
  #farewell: Farewell = { kind: "none" };
  /** The last id that this end said it will process. */
  #saidLastId = Infinity;
  #saidLastIdAtMs = Infinity;
  #lastIdWaitedMs = 0;
  /** Since when the socket takes no more. */
  #fullSinceMs: number | undefined = undefined;
  /** When something was read last; undefined before the first time, when other limits hold. */
  #heardAtMs: number | undefined = undefined;
  readonly #rules: WireRules;
  #lastState: ConnectionState | undefined = undefined;
  readonly #watch: WireWatch;
  readonly #book: Invariants;
  readonly #story: Story;
  readonly #out: FrameScanner;
  readonly #in: FrameScanner;
  /** Tells the story, where somebody will read it. */
  readonly #teller: ConnectionWatcher | undefined;

  constructor(host: string, number: number, role: "client" | "server", watch: WireWatch, rules: WireRules) {
    this.#rules = rules;
    const { book, story } = watch;
    this.host = host;
    this.who = `${host}#${number}`;
    this.#watch = watch;
    this.role = role;
    this.#book = book;
    this.#story = story;
    this.#teller = story.told ? this.#createTeller() : undefined;
    this.#streams = new WireStreams(role, (what) => this.#broken(what));
    this.#out = new FrameScanner(role === "client" ? prefaceBytes : 0, keptBytes, (frame) => this.#wrote(frame));
    this.#in = new FrameScanner(role === "client" ? 0 : prefaceBytes, keptBytes, (frame) => this.#read(frame));
  }

  over(socket: Socket): void {
    this.socket = socket;
    this.noteState();
  }

  wrote(chunks: readonly Uint8Array[]): void {
    for (const chunk of chunks) {
      this.writtenBytes += chunk.length;
      this.#teller?.push(this.role, chunk, this.#book.nowMs);
      this.#out.push(chunk);
    }
    this.noteState();
  }

  read(bytes: Uint8Array): void {
    this.judgeSilence();
    this.#heardAtMs = this.#book.nowMs;
    this.readBytes += bytes.length;
    this.#teller?.push(this.role === "client" ? "server" : "client", bytes, this.#book.nowMs);
    this.#in.push(bytes);
    this.noteState();
  }

  /** Something was handed to the socket, or left it. */
  noteRoom(): void {
    const full = (this.socket?.writableLength ?? 0) >= socketBudgetBytes;
    this.#fullSinceMs = full ? (this.#fullSinceMs ?? this.#book.nowMs) : undefined;
  }

  /** It closes its half, or heard that the other one is. */
  ended(): void {
    if (!this.closed) this.judgeSilence();
    this.closed = true;
    this.noteState();
  }

  dropped(): void {
    this.gone = true;
    this.ended();
  }

  finished(error: SocketError | undefined): void {
    this.dropped();
    this.#story.tell(this.who, error === undefined ? "is closed" : `is closed: ${error.kind}`);
  }

  get peer(): string | undefined {
    const remote = this.socket?.remote;
    return remote && addressText(remote);
  }

  /** Whether it has borne more silence than it said it would. */
  judgeSilence(): void {
    if (this.#heardAtMs === undefined || this.closed) return;
    const silentMs = this.#book.nowMs - this.#heardAtMs - this.#book.blockedMs(this.host, this.#heardAtMs);
    if (silentMs <= this.#rules.silenceMs) return;
    const words = `${this.who} heard nothing for ${silentMs.toFixed(3)} ms, and may bear ${this.#rules.silenceMs}`;
    this.#book.found("silent-peer-kept", words);
    this.#heardAtMs = undefined;
  }

  /** A call was cut on it because of its age or idleness: the grace begins with the real last stream id. */
  judgeCut(graceMs: number, callId: number): void {
    const passedMs = this.#book.nowMs - this.#saidLastIdAtMs;
    // It may have waited for room in the socket, or wait there still: it was said before it is seen here.
    if (passedMs >= graceMs - 100 - this.#lastIdWaitedMs) return;
    if (this.#saidLastIdAtMs === Infinity && this.#fullSinceMs !== undefined) return;
    const words = `${this.who} cut it ${passedMs.toFixed(3)} ms after its last id, the grace is ${graceMs}`;
    this.#book.found("cut-too-early", words, callId);
  }

  /** To be called when it may have changed. */
  noteState(): void {
    const { state } = this;
    if (state === this.#lastState) return;
    this.#lastState = state;
    if (!this.gone) this.#watch.changed(this);
  }

  get state(): ConnectionState {
    if (this.closed) return "closing";
    if (this.#heardGoaway || this.#saidLastId !== Infinity) return "leaving";
    if (!this.#heardSettings) return "dialling";
    return this.#streams.size > 0 ? "busy" : "idle";
  }

  /** The same for both ends of one connection. */
  get connection(): string {
    const { local, remote } = this.socket ?? {};
    const [client, server] = this.role === "client" ? [local, remote] : [remote, local];
    return `${client && addressText(client)} to ${server && addressText(server)}`;
  }

  /** Every question has its answer, and no stream is left of calls that are over. */
  #judgeRest(): void {
    if (this.#settingsUnanswered > 0)
      this.#broken(`waits for ${this.#settingsUnanswered} acknowledgements of SETTINGS`);
    if (this.#pingsUnanswered > 0) this.#broken(`waits for ${this.#pingsUnanswered} acknowledgements of PING`);
    if (this.#streams.size === 0) return;
    this.#book.found("stream-leaked", `${this.who} has ${this.#streams.size} streams: ${this.#streams.text}`);
  }

  /** When nothing moves: less than half a window may be owed to the peer, or it will stand still one day. */
  judgeCredit(): void {
    // The engine credits a frame piece by piece, the books here count it when it is whole: one may be counted twice.
    const window = this.#connectionWindow;
    if ((this.receiveWindow + maxFrameBytes) * 2 >= window) return;
    const text = `${this.who} left its peer ${this.receiveWindow} of ${window} octets of the connection's window`;
    this.#book.found("window-lost", text);
  }

  /** When nothing moves: both ends have the same books, and nothing is left to say. */
  judgeAgainst(peer: WireEnd): void {
    if (this.writtenBytes !== peer.readBytes || this.readBytes !== peer.writtenBytes) return;
    this.#judgeRest();
    peer.#judgeRest();
    if (this.sendWindow === peer.receiveWindow && this.receiveWindow === peer.sendWindow) return;
    const text =
      `${this.who} may send ${this.sendWindow} and receive ${this.receiveWindow}, ` +
      `${peer.who} may receive ${peer.receiveWindow} and send ${peer.sendWindow}`;
    this.#book.found("window-lost", text);
  }

  #wrote(frame: ScannedFrame): void {
    this.#streams.wrote(frame);
    const { type, flags, streamId, start, length } = frame;
    if (type === settingsType && (flags & 1) === 0) this.#growWindow(start);
    if (type === pingType && (flags & 1) === 0 && this.#farewell.kind === "warned") {
      this.#farewell = { kind: "asked", payload: text(start) };
    }
    if (type === settingsType) this.#settingsUnanswered += (flags & 1) === 0 ? 1 : 0;
    if (type === pingType) this.#pingsUnanswered += (flags & 1) === 0 ? 1 : 0;
    if (type === dataType) {
      this.sendWindow -= length;
      if (this.sendWindow < 0) this.#broken(`sent ${-this.sendWindow} octets more than the connection's window`);
    }
    if (type === windowUpdateType && streamId === 0) {
      this.receiveWindow += readU32(start, 0);
      // What the greeting adds is the window itself.
      this.#announcedWindow ??= this.receiveWindow;
      // A frame is credited when its header has come, and counted here when it is whole.
      const over = this.receiveWindow - this.#connectionWindow - maxFrameBytes;
      if (over > 0) this.#broken(`credited the connection with ${over} octets that it was not sent`);
    }
    if (type === resetType && !this.#mayResetWith(readU32(start, 0))) {
      this.#broken(`reset stream ${streamId} with ${errorCodeName(readU32(start, 0))}`);
    }
    if (type === goawayType) this.#said(readU32(start, 0), readU32(start, 4), start);
    if (type === headersType) this.#sentHeaders(streamId);
  }

  #read(frame: ScannedFrame): void {
    this.#streams.read(frame);
    this.#answered(frame);
    if (frame.type === dataType) this.receiveWindow -= frame.length;
    if (frame.type === windowUpdateType && frame.streamId === 0) this.sendWindow += readU32(frame.start, 0);
    if (frame.type === goawayType) this.#heardGoaway = true;
  }

  get #connectionWindow(): number {
    return Math.max(this.#announcedWindow ?? firstWindow, 4 * this.#streamWindow);
  }

  #mayResetWith(code: number): boolean {
    return honestResets.has(code) || (this.#rules.mayReclaim && code === errorCode.ENHANCE_YOUR_CALM);
  }

  #growWindow(start: Uint8Array): void {
    for (const [id, value] of settingsIn(start)) {
      if (id === initialWindowSetting) this.#streamWindow = Math.max(this.#streamWindow, value);
    }
  }

  #answered({ type, flags, start }: ScannedFrame): void {
    const farewell = this.#farewell;
    if (type === pingType && (flags & 1) === 1 && farewell.kind === "asked" && text(start) === farewell.payload) {
      this.#farewell = { kind: "answered", atMs: this.#book.nowMs };
    }
    if (type === settingsType && (flags & 1) === 0) this.#heardSettings = true;
    if (type === settingsType && (flags & 1) === 1) this.#settingsUnanswered--;
    if (type === pingType && (flags & 1) === 1) this.#pingsUnanswered--;
  }

  #said(lastId: number, code: number, start: Uint8Array): void {
    const why = utf8(start, 8);
    const polices = this.#rules.mayPolice && code === errorCode.ENHANCE_YOUR_CALM && why === tooManyPings;
    const tires = this.#rules.mayTire && why.startsWith("limit-header-block-time");
    if (code !== 0 && !polices && !tires) this.#broken(`said GOAWAY(${errorCodeName(code)}) "${why}"`);
    // RFC 9113 §6.8: an endpoint may lower the id, and must not raise it.
    if (lastId > this.#saidLastId) this.#broken(`raised its last stream id from ${this.#saidLastId} to ${lastId}`);
    if (lastId !== anyId && this.#saidLastIdAtMs === Infinity) {
      this.#saidLastIdAtMs = this.#book.nowMs;
      this.#lastIdWaitedMs = this.#book.nowMs - (this.#fullSinceMs ?? this.#book.nowMs);
    }
    this.#saidLastId = lastId;
    if (this.#farewell.kind === "answered") this.#book.leftAt(this.who, this.host, this.#farewell.atMs);
    this.#farewell = { kind: lastId === anyId ? "warned" : "none" };
  }

  #sentHeaders(streamId: number): void {
    if (this.role === "server") {
      if (streamId > this.#saidLastId)
        this.#broken(`answered stream ${streamId} above its last id ${this.#saidLastId}`);
      return;
    }
    if (streamId <= this.#highestRequest) return;
    this.#highestRequest = streamId;
    if (this.#heardGoaway) this.#broken(`opened stream ${streamId} after it had read GOAWAY`);
  }

  #createTeller(): ConnectionWatcher {
    return new ConnectionWatcher({
      onFrame: (frame) => {
        this.#story.tell(this.who, `${frame.from === this.role ? "writes" : "reads "} ${frameLine(frame)}`);
      },
    });
  }

  #broken(what: string): void {
    this.#book.found("frame-rule-broken", `${this.who} ${what}`);
  }
}

/** What a GOAWAY says that only warns, RFC 9113 §6.8. */
const anyId = 0x7fffffff;
const dataType = 0x0;
const headersType = 0x1;
const resetType = 0x3;
const settingsType = 0x4;
const pingType = 0x6;
const goawayType = 0x7;
const windowUpdateType = 0x8;

/** Of a PING's payload. */
function text(payload: Uint8Array): string {
  return payload.join(" ");
}
