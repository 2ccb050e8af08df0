/**
 * One connection of the engine in memory, and a peer that a test writes line by line: `send` frames (true or false ones),
 * `sent` to see what the engine wrote, `heard` to see what its application was told. Time stands still unless `at` moves
 * it. `kit.test.ts` is a walk through it.
 */
import { type ConnectionOptions, Http2Connection } from "../../src/http2/connection.ts";
import type { Http2Stream } from "../../src/http2/stream.ts";
import { FrameReader, FrameText, type ReadFrame } from "./frame-reader.ts";
import { clientPreface, settings, settingsAck } from "./frames.ts";
import { Recorder } from "./recorder.ts";

export type PeerOptions = Partial<Omit<ConnectionOptions, "role" | "sink">>;

export class ScriptedPeer {
  readonly connection: Http2Connection;
  readonly recorder = new Recorder();
  /** The frames behind the lines that `sent` returned last. */
  frames: ReadFrame[] = [];
  nowMs: number;
  readonly #role: "client" | "server";
  readonly #reader: FrameReader;
  readonly #text = new FrameText();

  /** @param role That of the engine; the peer plays the other one. */
  constructor(role: "client" | "server", options: PeerOptions = {}) {
    this.nowMs = options.nowMs ?? 0;
    this.connection = new Http2Connection({ nowMs: 0, ...options, role, sink: this.recorder });
    this.recorder.connection = this.connection;
    this.#role = role;
    this.#reader = new FrameReader(role);
  }

  /** A peer whose greetings are over: both SETTINGS are acknowledged and forgotten. */
  static ready(
    role: "client" | "server",
    options: PeerOptions = {},
    ...pairs: readonly [number, number][]
  ): ScriptedPeer {
    const peer = new ScriptedPeer(role, options);
    peer.greet(...pairs);
    return peer;
  }

  greet(...pairs: readonly [id: number, value: number][]): void {
    if (this.#role === "server") this.send(clientPreface);
    this.send(settings(...pairs), settingsAck());
    this.sent();
    this.heard();
  }

  /** Each part arrives by itself. */
  send(...parts: readonly Uint8Array[]): void {
    for (const part of parts) this.connection.receive(part, this.nowMs);
  }

  /** Arrives in pieces of so many octets. */
  sendInPieces(pieceBytes: number, bytes: Uint8Array): void {
    for (let at = 0; at < bytes.length; at += pieceBytes) this.send(bytes.subarray(at, at + pieceBytes));
  }

  /** What the engine has to write now, all of it, a line for each frame; the kernel takes it at once. */
  sent(): string[] {
    this.frames = this.#reader.read(this.take());
    return this.frames.map((frame) => this.#text.of(frame));
  }

  /** As `sent`, as bytes, and not necessarily all. */
  take(budgetBytes = Infinity): Uint8Array {
    const chunks: Uint8Array[] = [];
    const taken = this.connection.take(budgetBytes, chunks, this.nowMs);
    this.connection.wrote(taken, this.nowMs);
    const bytes = new Uint8Array(taken);
    let at = 0;
    for (const chunk of chunks) {
      bytes.set(chunk, at);
      at += chunk.length;
    }
    return bytes;
  }

  /** What the application was told since the last call. */
  heard(): string[] {
    return this.recorder.heard();
  }

  /** Lets time pass, as a driver does: one tick at the new time. */
  at(nowMs: number): void {
    this.nowMs = nowMs;
    this.connection.tick(nowMs);
  }

  /** Opens a stream; the engine is a client and may do so. */
  open(list: readonly string[] = request, endStream = false): Http2Stream {
    const stream = this.recorder.open(list, endStream);
    if (stream === undefined) throw new Error("no stream may be opened");
    return stream;
  }

  stream(id: number): Http2Stream {
    return this.recorder.stream(id);
  }
}

export const request = [":method", "POST", ":scheme", "http", ":path", "/a", ":authority", "x"];
export const requestText = ":method=POST :scheme=http :path=/a :authority=x";
export const response = [":status", "200"];
