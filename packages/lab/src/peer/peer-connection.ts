/**
 * Owns one accepted connection of the scripted peer: it puts requests together, keeps the windows open, acknowledges, and
 * has one method for each thing that a script can do to a client. Does not own what to do when: that is the script's.
 */

import type { Socket } from "node:net";
import type { TLSSocket } from "node:tls";
import { warmUpCallId } from "../call-message.ts";
import type { CodeName } from "./frame.ts";
import * as wire from "./frame.ts";
import type { ReadFrame } from "./frame-reader.ts";
import { FrameReader } from "./frame-reader.ts";
import type { Ledger } from "./ledger.ts";
import { PeerCall } from "./peer-call.ts";
import type { LinkWatch } from "./link-watch.ts";
import { Timers } from "./timers.ts";

/** 16 MiB: larger than any body of the lab, so that a stream's window never needs credit. */
const streamWindowBytes = 0x100_0000;
/** RFC 9113 §6.9.2: what both connection windows start with. */
const initialWindowBytes = 65_535;
/** 1 MiB: how much is read before the connection window is filled up again; it starts at its 2 GiB maximum. */
const creditEveryBytes = 0x10_0000;

/** What an honest handler takes; in the churn of M2 too. */
const defaultAnswerMs = 5;

/** An empty message behind gRPC's prefix: not compressed, length 0. */
const emptyMessage = Buffer.alloc(5);

const answerFields = { ":status": "200", "content-type": "application/grpc" };

export interface PeerLink {
  /** Where bytes are read and written: the TCP socket itself, or TLS over it. */
  readonly stream: Socket | TLSSocket;
  /** The TCP socket, for a reset that TLS has no word for. */
  readonly tcp: Socket;
}

export class PeerConnection {
  /** 1 for the first connection that the peer accepted. */
  readonly ordinal: number;
  readonly #link: PeerLink;
  readonly #ledger: Ledger;
  readonly #note: (text: string) => void;
  readonly #watch: LinkWatch | undefined;
  readonly #timers = new Timers();
  readonly #calls = new Map<number, PeerCall>();
  readonly #waitingForCredit: PeerCall[] = [];
  readonly #waitingForAck: (() => void)[] = [];
  readonly #waitingForIdle: (() => void)[] = [];
  /** `mute`: nothing is answered or executed any more, though bytes may still be read. */
  #life: "serving" | "mute" | "closed" = "serving";
  #onOpened: (call: PeerCall) => void = () => {};
  #onFrame: (frame: ReadFrame) => "drop" | void = () => {};
  #onWhole: (call: PeerCall) => void = (call) => this.finish([call]);
  #newestStreamId = 0;
  #lastStreamId = wire.maxUint31;
  #sendWindowBytes = initialWindowBytes;
  #uncreditedBytes = 0;

  constructor(link: PeerLink, ordinal: number, ledger: Ledger, note: (text: string) => void, watch?: LinkWatch) {
    this.#link = link;
    this.#watch = watch;
    this.ordinal = ordinal;
    this.#ledger = ledger;
    this.#note = note;
    const reader = new FrameReader((frame) => this.#receive(frame));
    link.stream.on("data", (chunk: Buffer) => {
      watch?.bytes("client", chunk);
      if (reader.push(chunk)) return;
      note(`connection ${ordinal}: the client does not speak HTTP/2`);
      link.tcp.destroy();
    });
    // A client may reset or break off at any time; the close that follows is all that matters here.
    link.stream.on("error", () => {});
    link.tcp.on("error", (error: NodeJS.ErrnoException) => {
      if (error.code === "ECONNRESET") watch?.ended("client", "RST");
    });
    link.stream.on("end", () => watch?.ended("client", "FIN"));
    link.stream.on("close", () => this.#closed());
  }

  /** The newest stream that the client has opened; 0 before the first. */
  get newestStreamId(): number {
    return this.#newestStreamId;
  }

  get isClosed(): boolean {
    return this.#life === "closed";
  }

  /** Sends SETTINGS and opens the connection window as wide as it goes. */
  greet(settings: { readonly maxConcurrentStreams?: number } = {}): void {
    const values = new Map<number, number>([[wire.setting.INITIAL_WINDOW_SIZE, streamWindowBytes]]);
    if (settings.maxConcurrentStreams !== undefined) {
      values.set(wire.setting.MAX_CONCURRENT_STREAMS, settings.maxConcurrentStreams);
    }
    this.#write(wire.settingsFrame(values), wire.windowUpdateFrame(0, wire.maxUint31 - initialWindowBytes));
  }

  /** Calls `handle` at the first HEADERS of each request that is accepted: its body may still be on its way. */
  onOpened(handle: (call: PeerCall) => void): void {
    this.#onOpened = handle;
  }

  /** Calls `hear` with each frame before anything is made of it; `drop`: nothing is. */
  onFrame(hear: (frame: ReadFrame) => "drop" | void): void {
    this.#onFrame = hear;
  }

  /** Gives every whole request to `handle`, in place of an answer; not the warm-up. */
  onCall(handle: (call: PeerCall) => void | Promise<void>): void {
    this.#onWhole = (call) => void handle(call);
  }

  /**
   * Holds requests back until `wanted` of them are whole, or until `patienceMs` (3 s) have passed; a note then says how many
   * there were. Requests after those are answered, unless a GOAWAY has excluded them.
   */
  calls(wanted: number, patienceMs = 3_000): Promise<readonly PeerCall[]> {
    const held: PeerCall[] = [];
    return new Promise((resolve) => {
      const enough = (): void => {
        cancel();
        this.#onWhole = (call) => this.finish([call]);
        if (held.length < wanted) this.#note(`the event came with ${held.length} of ${wanted} calls in flight`);
        resolve(held);
      };
      const cancel = this.#timers.after(patienceMs, enough, "early");
      this.#onWhole = (call) => {
        if (held.push(call) === wanted) enough();
      };
    });
  }

  /** Executes calls and answers them after `afterMs`; with its default this is what happens to every call that no script takes. */
  finish(calls: readonly PeerCall[], afterMs = defaultAnswerMs): void {
    this.execute(calls);
    this.#timers.after(afterMs, () => calls.forEach((call) => this.answer(call)), "never");
  }

  /** Counts calls as executed, without an answer: the handler ran, the client does not know. */
  execute(calls: readonly PeerCall[]): void {
    for (const call of calls) if (call.id !== undefined) this.#ledger.execute(call.id);
  }

  /** An empty message and status OK, in one write, so that a cut finds an answer whole or not begun. Waits for credit if need be. */
  answer(call: PeerCall): void {
    if (this.#life !== "serving" || call.state !== "whole") return;
    if (this.#sendWindowBytes < emptyMessage.byteLength) {
      this.#waitingForCredit.push(call);
      return;
    }
    this.#sendWindowBytes -= emptyMessage.byteLength;
    this.#write(
      wire.headersFrame(call.streamId, answerFields, false),
      wire.dataFrame(call.streamId, emptyMessage, false),
      wire.headersFrame(call.streamId, { "grpc-status": "0" }, true),
    );
    this.#done(call);
  }

  /** Response headers and nothing after them. */
  answerHeaders(call: PeerCall): void {
    this.#write(wire.headersFrame(call.streamId, answerFields, false));
  }

  /** One empty message behind the headers; the stream stays open. */
  answerMessage(call: PeerCall): void {
    this.#write(wire.dataFrame(call.streamId, emptyMessage, false));
  }

  /** A status without a message: as trailers where the headers are out, else as the only block (“trailers-only”). */
  answerStatus(call: PeerCall, status: number, message: string, begun: "headers-sent" | "not-begun"): void {
    if (this.#life !== "serving" || call.state === "done") return;
    const trailers = { "grpc-status": String(status), "grpc-message": message };
    this.#write(
      wire.headersFrame(call.streamId, begun === "headers-sent" ? trailers : { ...answerFields, ...trailers }, true),
    );
    this.#done(call);
  }

  /** A page, as a proxy or a load balancer in between makes it. */
  answerHtml(call: PeerCall, httpStatus: number): void {
    const page = Buffer.from(`<html><body><h1>${httpStatus}</h1></body></html>\n`);
    this.#write(
      wire.headersFrame(call.streamId, { ":status": String(httpStatus), "content-type": "text/html" }, false),
      wire.dataFrame(call.streamId, page, true),
    );
    this.#done(call);
  }

  /** RST_STREAM on each of the calls. */
  resetStreams(calls: readonly PeerCall[], code: CodeName): void {
    for (const call of calls) {
      this.#write(wire.rstStreamFrame(call.streamId, wire.code[code]));
      this.#done(call);
    }
  }

  /**
   * GOAWAY with any last id, code and debug text. Requests above the id are dropped from now on; a later GOAWAY with a
   * greater id is written as it stands, though the RFC forbids it.
   */
  goaway(code: CodeName, lastStreamId: number, debug = ""): void {
    this.#write(wire.goawayFrame(lastStreamId, wire.code[code], debug));
    this.#lastStreamId = lastStreamId;
    for (const call of [...this.#calls.values()]) if (call.streamId > lastStreamId) this.#done(call);
  }

  /** PING; settles with its ACK, or with the end of the connection. */
  ping(): Promise<void> {
    this.#write(wire.pingFrame(Buffer.alloc(8)));
    return new Promise((resolve) => {
      if (this.#life === "closed") resolve();
      else this.#waitingForAck.push(resolve);
    });
  }

  /** Writes frames, or bytes that are none, as they stand: for what has no method here. */
  write(...frames: readonly Buffer[]): void {
    this.#write(...frames);
  }

  /** Settles when no accepted request is unanswered, or with the end of the connection. */
  idle(): Promise<void> {
    return new Promise((resolve) => {
      if (this.#calls.size === 0 || this.#life === "closed") resolve();
      else this.#waitingForIdle.push(resolve);
    });
  }

  /** Settles after `delayMs`, or with the end of the connection. */
  pause(delayMs: number): Promise<void> {
    return new Promise((resolve) => this.#timers.after(delayMs, resolve, "early"));
  }

  /** FIN. What the client still sends is read and thrown away, so that no RST follows (RFC 9293 §3.6 is about both halves). */
  fin(): void {
    this.#life = "mute";
    this.#watch?.ended("server", "FIN");
    this.#link.stream.end();
  }

  /** TCP RST. */
  reset(): void {
    this.#life = "mute";
    this.#watch?.ended("server", "RST");
    this.#link.tcp.resetAndDestroy();
  }

  /** Stops reading and answering; TCP stays up, as behind a machine that is gone without a word. */
  blackHole(): void {
    this.#life = "mute";
    this.#link.stream.pause();
  }

  /** Neither reads nor writes for a while, as a process that is stopped; then all that has waited goes its way. */
  freeze(forMs: number): void {
    const { stream } = this.#link;
    stream.pause();
    stream.cork();
    const thaw = (): void => {
      stream.uncork();
      stream.resume();
    };
    this.#timers.after(forMs, thaw, "never");
  }

  /** Ends the connection at the end of a run. */
  destroy(): void {
    this.#link.stream.destroy();
    this.#link.tcp.destroy();
  }

  #receive(frame: ReadFrame): void {
    if (this.#onFrame(frame) === "drop") return;
    switch (frame.type) {
      case wire.frameType.HEADERS:
        return this.#receiveHeaders(frame);
      case wire.frameType.DATA:
        return this.#receiveData(frame);
      case wire.frameType.RST_STREAM:
        return this.#done(this.#calls.get(frame.streamId));
      case wire.frameType.SETTINGS:
        if ((frame.flags & wire.flag.ACK) === 0) this.#write(wire.settingsAckFrame());
        return;
      case wire.frameType.PING:
        if ((frame.flags & wire.flag.ACK) === 0) this.#write(wire.pingFrame(frame.payload, wire.flag.ACK));
        else this.#waitingForAck.shift()?.();
        return;
      case wire.frameType.WINDOW_UPDATE:
        return this.#receiveCredit(frame);
      default:
        // CONTINUATION holds headers, which the lab does not read; the rest has no meaning for it.
        return;
    }
  }

  #receiveHeaders(frame: ReadFrame): void {
    if (frame.streamId > this.#newestStreamId) this.#newestStreamId = frame.streamId;
    if (frame.streamId > this.#lastStreamId || this.#life !== "serving") return;
    let call = this.#calls.get(frame.streamId);
    if (call === undefined) {
      call = new PeerCall(frame.streamId);
      this.#calls.set(frame.streamId, call);
      this.#onOpened(call);
    }
    if ((frame.flags & wire.flag.END_STREAM) !== 0) this.#whole(call);
  }

  #receiveData(frame: ReadFrame): void {
    this.#uncreditedBytes += frame.payload.byteLength;
    if (this.#uncreditedBytes >= creditEveryBytes) {
      this.#write(wire.windowUpdateFrame(0, this.#uncreditedBytes));
      this.#uncreditedBytes = 0;
    }
    const call = this.#calls.get(frame.streamId);
    if (call === undefined || call.state !== "arriving") return;
    call.receive(unpadded(frame));
    if ((frame.flags & wire.flag.END_STREAM) !== 0) this.#whole(call);
  }

  #whole(call: PeerCall): void {
    if (this.#life !== "serving") return;
    call.state = "whole";
    if (call.id === warmUpCallId) this.answer(call);
    else this.#onWhole(call);
  }

  #receiveCredit(frame: ReadFrame): void {
    if (frame.streamId !== 0) return;
    this.#sendWindowBytes += frame.payload.readUInt32BE(0);
    for (const call of this.#waitingForCredit.splice(0)) this.answer(call);
  }

  #done(call: PeerCall | undefined): void {
    if (call === undefined) return;
    call.state = "done";
    this.#calls.delete(call.streamId);
    if (this.#calls.size === 0) for (const resolve of this.#waitingForIdle.splice(0)) resolve();
  }

  #write(...frames: readonly Buffer[]): void {
    const { stream } = this.#link;
    if (this.#life !== "serving" || !stream.writable) return;
    const bytes = Buffer.concat(frames);
    this.#watch?.bytes("server", bytes);
    stream.write(bytes);
  }

  #closed(): void {
    this.#life = "closed";
    this.#calls.clear();
    this.#timers.close();
    for (const resolve of this.#waitingForAck.splice(0)) resolve();
    for (const resolve of this.#waitingForIdle.splice(0)) resolve();
  }
}

/** RFC 9113 §6.1: with PADDED the first byte says how many bytes at the end are not data. */
function unpadded(frame: ReadFrame): Buffer {
  if ((frame.flags & wire.flag.PADDED) === 0) return frame.payload;
  return frame.payload.subarray(1, frame.payload.byteLength - frame.payload.readUInt8(0));
}
