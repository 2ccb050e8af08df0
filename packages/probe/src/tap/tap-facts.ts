/**
 * What a tap has seen of one connection, and what follows when it ends. Pure: bytes and times in, frames and an ending out.
 * Owns the counts and the last frames; who ended it and whom to suspect is judged by the report room, from the client's
 * seat, because it is the client that asks why.
 */

import { errorCode, type FrameNote } from "@holdfast/grpc/http2";
import { type ConnectionEnd, createTerminationReport, type GoawaySeen } from "@holdfast/grpc/report";
import {
  ConnectionWatcher,
  type FrameSender,
  StreamBook,
  type UnfinishedFrame,
  type WatchedFrame,
} from "@holdfast/grpc/watch";
import type { TapAct, TapEnding } from "./tap-event.ts";

export interface TapFactsOptions {
  readonly connection: number;
  /** `10.0.3.4:443` */
  readonly server: string;
  readonly startedAtMs: number;
  /** Each frame with the path of its stream, if that is known. */
  onFrame(frame: WatchedFrame, path: string | undefined): void;
  /** A side does not speak HTTP/2: it is relayed, and no more of it is decoded. */
  onStranger(from: FrameSender, words: string): void;
  /** For a comparison with other tools; see `ConnectionWatcher`. */
  readonly secrets?: "masked" | "shown";
}

/** As many as a flight record has. */
const keptFrames = 80;
/** GOAWAYs come in twos or threes; a flood of them must not grow the facts. */
const keptActs = 16;

export class TapFacts {
  readonly #options: TapFactsOptions;
  readonly #watcher: ConnectionWatcher;
  readonly #book = new StreamBook();
  readonly #frames: FrameNote[] = [];
  readonly #acts: TapAct[] = [];
  readonly #goaways: GoawaySeen[] = [];
  readonly #counts = { client: { frames: 0, octets: 0 }, server: { frames: 0, octets: 0 } };
  #goawaySent: ConnectionEnd["goawaySent"];
  #readyAtMs: number | undefined = undefined;
  #lastFromServerMs: number | undefined = undefined;
  /** As they were when the end began. */
  #atEnd: Pick<TapEnding, "streamsOpen" | "openStreams"> | undefined = undefined;
  #hasSpoken = false;

  constructor(options: TapFactsOptions) {
    this.#options = options;
    this.#watcher = new ConnectionWatcher({
      secrets: options.secrets ?? "masked",
      onFrame: (frame) => this.#note(frame),
      onStranger: (from, words) => options.onStranger(from, words),
    });
  }

  bytes(from: FrameSender, bytes: Uint8Array, nowMs: number): void {
    this.#counts[from].octets += bytes.length;
    if (from === "server") this.#lastFromServerMs = nowMs;
    this.#watcher.push(from, bytes, nowMs);
  }

  /** Something other than bytes: a FIN, a break. */
  act(act: Exclude<TapAct, { kind: "goaway" }>): void {
    this.#atEnd ??= { streamsOpen: this.#book.openCount, openStreams: this.#book.openIds(10) };
    this.#add(act);
    if (act.kind === "fin") this.#watcher.end(act.by);
  }

  /** All that is to be said at the end. */
  ending(endedAtMs: number): TapEnding {
    const { connection, startedAtMs } = this.#options;
    const facts = this.#facts(endedAtMs);
    const { suspects, endedBy, frames } = createTerminationReport(facts);
    const { streamsOpen, openStreams } = this.#atEnd ?? { streamsOpen: 0, openStreams: [] };
    const unfinished = { ...this.#unfinished("client"), ...this.#unfinished("server") };
    return {
      connection,
      durationMs: endedAtMs - startedAtMs,
      acts: this.#acts,
      // From the client's seat: `local` is the client itself.
      endedBy: endedBy === "local" && this.#firstBreak()?.by !== "tap" ? "client" : endedBy,
      spokeHttp2: this.#hasSpoken,
      client: this.#counts.client,
      server: this.#counts.server,
      streamsOpen,
      openStreams,
      streamsEver: this.#book.everOpened,
      ...(Object.keys(unfinished).length === 0 ? {} : { unfinished }),
      suspects,
      lastFrames: frames,
    };
  }

  #facts(endedAtMs: number): ConnectionEnd {
    const { connection, server, startedAtMs } = this.#options;
    const first = this.#firstBreak();
    return {
      connectionId: connection,
      role: "client",
      peer: server,
      startedAtMs,
      ...(this.#readyAtMs === undefined ? {} : { readyAtMs: this.#readyAtMs }),
      endedAtMs: first?.atMs ?? endedAtMs,
      ...(this.#lastFromServerMs === undefined ? {} : { lastReceivedAtMs: this.#lastFromServerMs }),
      socket: first?.by === "server" ? socketOf(first) : "closed-by-us",
      ...(first?.by === "server" ? {} : { localReason: "closed" as const }),
      goaways: this.#goaways,
      ...(this.#goawaySent === undefined ? {} : { goawaySent: this.#goawaySent }),
      streamsOpen: this.#atEnd?.streamsOpen ?? 0,
      streamsEver: this.#book.everOpened,
      frames: this.#frames,
      longestStallMs: 0,
    };
  }

  #firstBreak(): Exclude<TapAct, { kind: "goaway" }> | undefined {
    return this.#acts.find((act) => act.kind !== "goaway");
  }

  #unfinished(from: FrameSender): Partial<Record<FrameSender, UnfinishedFrame>> {
    const frame = this.#watcher.unfinished(from);
    return frame === undefined ? {} : { [from]: frame };
  }

  #note(frame: WatchedFrame): void {
    this.#hasSpoken = true;
    this.#counts[frame.from].frames++;
    if (frame.from === "server" && frame.kind === "settings") this.#readyAtMs ??= frame.atMs;
    if (frame.kind === "goaway") this.#noteGoaway(frame);
    this.#frames.push(noteOf(frame));
    if (this.#frames.length > keptFrames) this.#frames.shift();
    // A stream is in the book from its first frame on, and no more after its last.
    const before = this.#book.pathOf(frame.streamId);
    const told = this.#book.note(frame);
    const path = before ?? this.#book.pathOf(frame.streamId) ?? told?.path;
    this.#options.onFrame(frame, path === "" ? undefined : path);
  }

  #noteGoaway(frame: Extract<WatchedFrame, { kind: "goaway" }>): void {
    const { from, atMs, lastStreamId, debugData, code } = frame;
    const seen = { code: codeNumber(code), lastStreamId, debugData };
    // What is said behind the first FIN is an answer to it, and ended nothing.
    const counts = this.#atEnd === undefined;
    if (counts && from === "client") this.#goawaySent = seen;
    if (counts && from === "server") {
      if (this.#goaways.length === 8) this.#goaways.splice(4, 1); // as a transport keeps them
      this.#goaways.push({ ...seen, atMs });
    }
    this.#add({ kind: "goaway", by: from, atMs, code, lastStreamId, debugData });
  }

  #add(act: TapAct): void {
    if (this.#acts.length === keptActs) this.#acts.splice(keptActs / 2, 1);
    this.#acts.push(act);
  }
}

function socketOf(act: Exclude<TapAct, { kind: "goaway" }>): ConnectionEnd["socket"] {
  switch (act.kind) {
    case "fin":
      return "fin";
    case "broken":
      if (act.error === "ECONNRESET" || act.error === "EPIPE") return "rst";
      return act.error === "ETIMEDOUT" ? "timeout" : "error";
    case "unreachable":
      return "connect-failed";
    case "stopped":
      return "closed-by-us";
  }
}

function noteOf(frame: WatchedFrame): FrameNote {
  const { atMs, from, type, streamId, length, flags } = frame;
  const direction = from === "server" ? "in" : "out";
  return { atMs, direction, type, streamId, length, flags, value: valueOf(frame) };
}

function valueOf(frame: WatchedFrame): number {
  if (frame.kind === "window-update") return frame.increment;
  return frame.kind === "goaway" || frame.kind === "rst-stream" ? codeNumber(frame.code) : 0;
}

/** `CANCEL` is 8, and `0x1f` is 31. */
function codeNumber(name: string): number {
  return (errorCode as Readonly<Record<string, number>>)[name] ?? Number(name);
}
