/**
 * A client and a server of the engine joined by a wire with latency that cuts bytes into random pieces, in virtual time
 * and from one seed. A referee reads along, knows RFC 9113 §6.9 by itself, and throws when either side sends DATA that
 * the other had not allowed.
 */
import { type ConnectionOptions, Http2Connection } from "../../src/http2/connection.ts";
import { createRandom, type Random } from "../../src/sim/random.ts";
import { flag, frameType } from "./frames.ts";
import { FrameReader, type ReadFrame } from "./frame-reader.ts";
import { Recorder } from "./recorder.ts";

type EndOptions = Partial<Omit<ConnectionOptions, "role" | "sink" | "nowMs">>;

export interface PairOptions {
  readonly seed?: number;
  /** One way, ms. Default 1. */
  readonly latencyMs?: number;
  /** The longest piece that arrives at once, octets. Default 65,536. */
  readonly pieceBytes?: number;
  readonly client?: EndOptions;
  readonly server?: EndOptions;
}

export class JoinedPair {
  readonly client: Http2Connection;
  readonly server: Http2Connection;
  readonly clientHears = new Recorder();
  readonly serverHears = new Recorder();
  readonly random: Random;
  nowMs = 0;
  readonly #latencyMs: number;
  readonly #lanes: readonly [Lane, Lane];

  constructor({ seed = 1, latencyMs = 1, pieceBytes = 65_536, client, server }: PairOptions = {}) {
    this.random = createRandom(seed);
    this.#latencyMs = latencyMs;
    this.client = new Http2Connection({ ...client, role: "client", sink: this.clientHears, nowMs: 0 });
    this.server = new Http2Connection({ ...server, role: "server", sink: this.serverHears, nowMs: 0 });
    this.clientHears.connection = this.client;
    this.serverHears.connection = this.server;
    const toServer = new Allowance("client");
    const toClient = new Allowance("server");
    this.#lanes = [
      new Lane(this.client, this.server, toServer, toClient, pieceBytes),
      new Lane(this.server, this.client, toClient, toServer, pieceBytes),
    ];
  }

  /** Moves bytes and time until nobody has anything to say, at most for so many virtual ms. */
  settle(limitMs = 60_000): void {
    const endMs = this.nowMs + limitMs;
    for (;;) {
      for (const lane of this.#lanes) {
        for (let turns = Math.floor(this.random() * 8); turns >= 0; turns--) {
          lane.take(this.nowMs, this.#latencyMs, this.random);
        }
      }
      const nextMs = Math.min(...this.#lanes.map((lane) => lane.nextArrivalMs));
      if (nextMs === Infinity) return;
      if (nextMs > endMs) {
        this.nowMs = endMs;
        return;
      }
      this.nowMs = Math.max(this.nowMs, nextMs);
      for (const lane of this.#lanes) lane.deliver(this.nowMs);
    }
  }

  /** Puts octets on the wire that the engine at this end never wrote. */
  say(from: "client" | "server", bytes: Uint8Array): void {
    this.#lanes[from === "client" ? 0 : 1].put(bytes, this.nowMs + this.#latencyMs);
  }

  /** DATA octets that crossed, padding too. */
  get dataBytes(): { readonly toServer: number; readonly toClient: number } {
    return { toServer: this.#lanes[0].dataBytes, toClient: this.#lanes[1].dataBytes };
  }
}

/** One direction of the wire. */
class Lane {
  dataBytes = 0;
  readonly #from: Http2Connection;
  readonly #to: Http2Connection;
  /** What `from` may send. */
  readonly #allowance: Allowance;
  /** What `to` may send: this direction carries its credit. */
  readonly #back: Allowance;
  readonly #pieceBytes: number;
  readonly #sent: FrameReader;
  readonly #delivered: FrameReader;
  readonly #flying: { readonly atMs: number; readonly bytes: Uint8Array }[] = [];

  constructor(from: Http2Connection, to: Http2Connection, allowance: Allowance, back: Allowance, pieceBytes: number) {
    this.#from = from;
    this.#to = to;
    this.#allowance = allowance;
    this.#back = back;
    this.#pieceBytes = pieceBytes;
    this.#sent = new FrameReader(allowance.who);
    this.#delivered = new FrameReader(allowance.who);
  }

  get nextArrivalMs(): number {
    return this.#flying[0]?.atMs ?? Infinity;
  }

  take(nowMs: number, latencyMs: number, random: Random): void {
    const chunks: Uint8Array[] = [];
    const budgetBytes = 1 + Math.floor(random() * 65_536);
    const taken = this.#from.take(budgetBytes, chunks, nowMs);
    if (chunks.reduce((sum, chunk) => sum + chunk.length, 0) !== taken) throw new Error("take miscounts");
    this.#from.wrote(taken, nowMs);
    for (const chunk of chunks) {
      for (const frame of this.#sent.read(chunk)) this.#referee(frame);
      for (let at = 0; at < chunk.length;) {
        const end = Math.min(chunk.length, at + 1 + Math.floor(random() * this.#pieceBytes));
        this.#flying.push({ atMs: nowMs + latencyMs, bytes: Buffer.from(chunk.subarray(at, end)) });
        at = end;
      }
    }
  }

  put(bytes: Uint8Array, atMs: number): void {
    this.#flying.push({ atMs, bytes: bytes.slice() });
  }

  deliver(nowMs: number): void {
    while (this.nextArrivalMs <= nowMs) {
      const piece = this.#flying.shift();
      if (piece === undefined) return;
      for (const frame of this.#delivered.read(piece.bytes)) this.#back.allow(frame);
      this.#to.receive(piece.bytes, nowMs);
      // Bytes are lent: whoever looks at them later sees this.
      piece.bytes.fill(0xee);
    }
    this.#to.tick(nowMs);
  }

  #referee(frame: ReadFrame): void {
    if (frame.type !== frameType.DATA) return;
    this.dataBytes += frame.payload.length;
    this.#allowance.spend(frame.streamId, frame.payload.length);
  }
}

/** What one side may send, as far as it has heard, RFC 9113 §6.9.2. */
class Allowance {
  readonly who: "client" | "server";
  #connection = 65_535;
  #initial = 65_535;
  readonly #streams = new Map<number, number>();

  constructor(who: "client" | "server") {
    this.who = who;
  }

  spend(streamId: number, bytes: number): void {
    this.#connection -= bytes;
    const left = this.#of(streamId) - bytes;
    this.#streams.set(streamId, left);
    if (bytes > 0 && (left < 0 || this.#connection < 0)) {
      throw new Error(
        `${this.who} sent ${bytes} octets too many: stream ${streamId} ${left}, connection ${this.#connection}`,
      );
    }
  }

  allow({ type, flags, streamId, payload }: ReadFrame): void {
    const view = new DataView(payload.buffer, payload.byteOffset, payload.byteLength);
    if (type === frameType.WINDOW_UPDATE) {
      const increment = view.getUint32(0);
      if (streamId === 0) this.#connection += increment;
      else this.#streams.set(streamId, this.#of(streamId) + increment);
    }
    if (type !== frameType.SETTINGS || (flags & flag.ACK) !== 0) return;
    for (let i = 0; i < payload.length; i += 6) {
      if (view.getUint16(i) !== 0x4) continue;
      const change = view.getUint32(i + 2) - this.#initial;
      this.#initial += change;
      for (const [id, left] of this.#streams) this.#streams.set(id, left + change);
    }
  }

  #of(streamId: number): number {
    return this.#streams.get(streamId) ?? this.#initial;
  }
}
