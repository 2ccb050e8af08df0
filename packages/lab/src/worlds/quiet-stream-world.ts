/**
 * Owns the world of a hop of layer 7 with an idle timer for each stream: it answers PING by itself, and counts HEADERS and DATA
 * only. The peer plays the hop and the server behind it.
 */

import type { Trial } from "../experiment/experiment.ts";
import type { World } from "../experiment/world.ts";
import * as wire from "../peer/frame.ts";
import type { PeerCall } from "../peer/peer-call.ts";
import type { PeerConnection } from "../peer/peer-connection.ts";
import { peerWorld } from "./peer-world.ts";

export interface ImpatientHop {
  readonly idleMs: number;
  /** How long the server works on each call. */
  readonly workMs: number;
  /** What the hop does to a stream that has been quiet for too long. */
  readonly cut: "rst-internal-error" | "rst-no-error" | "fin";
  /** The server answers in pieces, so far apart. Default: once, at the end. */
  readonly messageEveryMs?: number;
  /** The hop itself sends a PING so often. Default: never. */
  readonly pingEveryMs?: number;
}

export function quietStreamWorld(trial: Trial, hop: ImpatientHop): Promise<World> {
  return peerWorld(trial, () => ({ play: (connection) => play(connection, hop) }));
}

function play(connection: PeerConnection, hop: ImpatientHop): void {
  const streams = new Map<number, QuietStream>();
  connection.onFrame(({ type, streamId }) => {
    if (type === wire.frameType.DATA || type === wire.frameType.HEADERS) streams.get(streamId)?.heard();
  });
  connection.onCall((call) => streams.get(call.streamId)?.whole());
  connection.onOpened((call) => streams.set(call.streamId, new QuietStream(connection, call, hop)));
  if (hop.pingEveryMs !== undefined) void keepPinging(connection, hop.pingEveryMs);
}

/** One stream at the hop: when it was last heard of, and what the server behind makes of it. */
class QuietStream {
  readonly #connection: PeerConnection;
  readonly #call: PeerCall;
  readonly #hop: ImpatientHop;
  #newestMs = performance.now();
  #over = false;

  constructor(connection: PeerConnection, call: PeerCall, hop: ImpatientHop) {
    this.#connection = connection;
    this.#call = call;
    this.#hop = hop;
    void this.#watch();
  }

  heard(): void {
    this.#newestMs = performance.now();
  }

  /** The request is whole: the server works, and answers. */
  async whole(): Promise<void> {
    const { workMs, messageEveryMs } = this.#hop;
    this.#connection.execute([this.#call]);
    if (messageEveryMs !== undefined) await this.#answerInPieces(workMs, messageEveryMs);
    else await this.#connection.pause(workMs);
    if (this.#over) return;
    this.#over = true;
    if (messageEveryMs === undefined) this.#connection.answer(this.#call);
    else this.#connection.answerStatus(this.#call, 0, "", "headers-sent");
  }

  async #answerInPieces(workMs: number, everyMs: number): Promise<void> {
    this.#connection.answerHeaders(this.#call);
    for (let sentMs = 0; sentMs < workMs && !this.#over; sentMs += everyMs) {
      this.#connection.answerMessage(this.#call);
      this.heard();
      await this.#connection.pause(everyMs);
    }
  }

  async #watch(): Promise<void> {
    const { idleMs, cut } = this.#hop;
    for (let restMs = idleMs; restMs > 0; restMs = idleMs - (performance.now() - this.#newestMs)) {
      await this.#connection.pause(restMs);
      if (this.#over || this.#call.state === "done") return;
    }
    this.#over = true;
    if (cut === "fin") this.#connection.fin();
    else this.#connection.resetStreams([this.#call], cut === "rst-no-error" ? "NO_ERROR" : "INTERNAL_ERROR");
  }
}

async function keepPinging(connection: PeerConnection, everyMs: number): Promise<void> {
  while (!connection.isClosed) {
    await connection.pause(everyMs);
    await connection.ping();
  }
}
