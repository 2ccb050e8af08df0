import type { Core } from "./connection-core.ts";
import { type as dataType, writeDataHeader } from "./frame/data.ts";
import { closeHeaders, flagsOfFirst, openHeaders, type as headersType } from "./frame/headers.ts";
import { errorCode } from "./error-code.ts";
import type { HeaderList } from "./header-list.ts";
import { cleanSlate } from "./ping-policy.ts";
import { type Http2Stream, lowWaterBytes } from "./stream.ts";

/**
 * Frames to bytes, as late as possible: HEADERS are encoded and DATA is framed only when the driver asks for bytes, in
 * turns of one frame a stream. Control frames lie in `core.out` already and so come first. Small pieces are copied into
 * one run; large ones are handed out by reference.
 */

// Below this a copy costs less than one more element of a writev (measured at 2 to 8 KiB on Node 20).
const copyBelowBytes = 4_096;

/** One stream's turn: at most this many octets of DATA before the next stream is served. RFC 9113 §4.2's frame size. */
const turnBytes = 16_384;

export class Taker {
  readonly #core: Core;
  /** All octets ever handed out. */
  takenBytes = 0;

  constructor(core: Core) {
    this.#core = core;
  }

  /** Appends chunks of about `budgetBytes` in all to `into`; returns how many octets they hold. */
  take(budgetBytes: number, into: Uint8Array[]): number {
    const core = this.#core;
    const before = this.takenBytes;
    // While greeting a client may send requests, RFC 9113 §3.4; ours does not: a peer that never says SETTINGS must not
    // leave calls in doubt.
    while (core.phase === "ready" && this.takenBytes + core.out.length - before < budgetBytes) {
      const stream = core.turns.shift();
      if (stream === undefined) break;
      stream.place = "none";
      // Where more than this turn fits, the next one stands before this one's next turn; else see what is left over.
      const fitsMore = core.sendWindow > turnBytes;
      if (fitsMore) core.giveWaitingTurn();
      this.#serve(stream, into);
      if (!fitsMore) core.giveWaitingTurn();
    }
    core.answerBytes = 0;
    this.#flush(into);
    return this.takenBytes - before;
  }

  #serve(stream: Http2Stream, into: Uint8Array[]): void {
    if (stream.head !== undefined) this.#sendHead(stream, stream.head);
    if (stream.queuedBytes > 0) this.#sendData(stream, into);
    if (stream.queuedBytes === 0 && stream.trailers !== undefined && stream.state !== "closed") {
      this.#sendSection(stream, stream.trailers, true);
      stream.trailers = undefined;
      this.#ended(stream);
    } else if (stream.queuedBytes === 0 && stream.endQueued && isSending(stream)) {
      const flags = writeDataHeader(this.#core.out, stream.id, 0, true);
      this.#core.record.sent(this.#core.nowMs, dataType, flags, stream.id, 0, 0);
      this.#ended(stream);
    }
  }

  #sendHead(stream: Http2Stream, head: HeaderList): void {
    const endStream = stream.endQueued && stream.queuedBytes === 0 && stream.trailers === undefined;
    stream.head = undefined;
    stream.headSent = true;
    stream.move("send-headers");
    this.#sendSection(stream, head, endStream);
    if (endStream) this.#ended(stream);
  }

  #sendSection(stream: Http2Stream, list: HeaderList, endStream: boolean): void {
    const core = this.#core;
    const { out } = core;
    const start = openHeaders(out, stream.id, endStream);
    core.encoder.encode(list, out);
    const length = closeHeaders(out, start, stream.id, endStream, core.peer.maxFrameSize);
    core.record.sent(
      core.nowMs,
      headersType,
      flagsOfFirst(endStream, length, core.peer.maxFrameSize),
      stream.id,
      length,
      0,
    );
    core.pingSlate = cleanSlate;
  }

  /** One DATA frame, as large as both windows, the peer's frame size and the turn allow. */
  #sendData(stream: Http2Stream, into: Uint8Array[]): void {
    const core = this.#core;
    const length = Math.min(stream.queuedBytes, stream.sendWindow, core.sendWindow, core.peer.maxFrameSize, turnBytes);
    if (length <= 0) {
      // Without credit of its own, WINDOW_UPDATE on the stream brings it back.
      if (stream.sendWindow <= 0) return;
      core.waitForWindow(stream);
      return;
    }
    const last = length === stream.queuedBytes && stream.endQueued && stream.trailers === undefined;
    const flags = writeDataHeader(core.out, stream.id, length, last);
    core.record.sent(core.nowMs, dataType, flags, stream.id, length, 0);
    core.pingSlate = cleanSlate;
    stream.sendWindow -= length;
    core.sendWindow -= length;
    core.unread.sent(length, core.nowMs);
    for (let left = length; left > 0;) {
      const piece = stream.dequeue(left);
      left -= piece.length;
      if (piece.length < copyBelowBytes) core.out.bytes(piece);
      else {
        this.#flush(into);
        into.push(piece);
        this.takenBytes += piece.length;
      }
    }
    if (last) this.#ended(stream);
    else if (stream.queuedBytes > 0) core.giveTurn(stream);
    if (stream.aboveHighWater && stream.queuedBytes < lowWaterBytes) {
      stream.aboveHighWater = false;
      if (stream.state !== "closed") stream.events.onDrain();
    }
  }

  /** END_STREAM is out. A server that answered before the request was whole says so, RFC 9113 §8.1. */
  #ended(stream: Http2Stream): void {
    const core = this.#core;
    stream.move("send-end");
    if (stream.state === "half-closed-local" && core.role === "server") {
      core.sendReset(stream.id, errorCode.NO_ERROR);
      core.closeStream(stream, { kind: "complete" });
    } else if (stream.state === "closed") core.closeStream(stream, { kind: "complete" });
  }

  #flush(into: Uint8Array[]): void {
    const { out } = this.#core;
    if (out.length === 0) return;
    this.takenBytes += out.length;
    into.push(out.detach());
  }
}

function isSending(stream: Http2Stream): boolean {
  return stream.state === "open" || stream.state === "half-closed-remote";
}
