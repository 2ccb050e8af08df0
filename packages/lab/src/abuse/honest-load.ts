/**
 * Owns the calls of honest clients beside an attack: sent at an even pace over connections of their own, each answered,
 * refused or lost, and counted. Also measures what an honest call costs the server when nobody attacks.
 */

import type { ReadFrame } from "../peer/frame-reader.ts";
import * as wire from "../peer/frame.ts";
import { call, requestBlock } from "./octets.ts";
import { RawConnection, type RawOptions } from "./raw-connection.ts";
import { echoPath } from "./subjects/order.ts";

const connectionCount = 4;
/** So many calls a second, evenly spread: a load that every server here carries with one per cent of its time. */
const perSecond = 200;
const tickMs = 10;
/** A call that has no answer after so long is lost, ms. */
const patienceMs = 2_000;

export interface HonestCount {
  readonly sent: number;
  readonly answered: number;
  /** Of those that were answered. */
  readonly slowestMs: number;
}

/** A call in flight; an answer with DATA is one of the handler. */
interface Waiting {
  readonly sentMs: number;
  hasData: boolean;
}

const block = requestBlock(echoPath);
// 100 octets behind gRPC's prefix, as the benches send.
const message = Buffer.alloc(105);
message.writeUInt32BE(100, 1);

export class HonestLoad {
  #sent = 0;
  #answered = 0;
  #slowestMs = 0;
  sentBytes = 0;
  readonly #options: RawOptions;
  readonly #lines: Line[] = [];

  private constructor(options: RawOptions) {
    this.#options = options;
  }

  static async connect(options: RawOptions): Promise<HonestLoad> {
    const load = new HonestLoad(options);
    for (let n = 0; n < connectionCount; n++) load.#lines.push(await load.#line());
    return load;
  }

  get count(): HonestCount {
    return { sent: this.#sent, answered: this.#answered, slowestMs: this.#slowestMs };
  }

  forget(): void {
    this.#sent = this.#answered = this.#slowestMs = 0;
  }

  /** As many calls as given, 64 at once, as fast as they are answered. */
  async rush(calls: number): Promise<void> {
    const endMs = performance.now() + 10_000; // a server that answers nothing must not hold the run
    const target = this.#answered + calls;
    for (let left = calls; this.#answered < target && performance.now() < endMs;) {
      while (left > 0 && this.#inFlight < 64) {
        this.#send();
        left--;
      }
      await new Promise((resolve) => setImmediate(resolve));
    }
  }

  /** Sends at the pace until `until` settles, then waits for what is on its way. */
  async pace(until: Promise<unknown>): Promise<void> {
    let due = 0;
    const startMs = performance.now();
    const timer = setInterval(() => {
      // A late tick sends what it missed, up to a tenth of a second: the attacker shares this process's time.
      const elapsed = performance.now() - startMs;
      due = Math.max(due, Math.floor((elapsed * perSecond) / 1_000) - perSecond / 10);
      for (; due < (elapsed * perSecond) / 1_000; due++) this.#send();
    }, tickMs);
    await until;
    clearInterval(timer);
    const endMs = performance.now() + patienceMs;
    while (this.#inFlight > 0 && performance.now() < endMs) {
      await new Promise((resolve) => setTimeout(resolve, tickMs));
    }
  }

  close(): void {
    for (const { connection } of this.#lines) connection.destroy();
  }

  get #inFlight(): number {
    return this.#lines.reduce((sum, { waiting }) => sum + waiting.size, 0);
  }

  #send(): void {
    const line = this.#lines[this.#sent % this.#lines.length] as Line;
    this.#sent++;
    // A connection that is gone is made anew; until then its calls are lost.
    if (!line.connection.isOpen) return void this.#mend(line);
    const { connection, waiting } = line;
    const id = connection.nextStreamId;
    connection.nextStreamId += 2;
    const bytes = call(id, block, message);
    waiting.set(id, { sentMs: performance.now(), hasData: false });
    this.sentBytes += bytes.length;
    connection.write(bytes);
  }

  async #mend(line: Line): Promise<void> {
    if (line.isMending) return;
    line.isMending = true;
    try {
      const { connection } = await this.#line(line);
      line.connection = connection;
    } catch {
      // The server refuses; the next call tries again.
    } finally {
      line.isMending = false;
    }
  }

  async #line(old?: Line): Promise<Line> {
    const connection = await RawConnection.open(this.#options);
    const line = old ?? { connection, waiting: new Map<number, Waiting>(), isMending: false };
    line.waiting.clear();
    connection.onFrame = (frame) => this.#heard(line, frame);
    connection.onClosed = () => line.waiting.clear();
    return line;
  }

  #heard({ waiting }: Line, { type, flags, streamId }: ReadFrame): void {
    const one = waiting.get(streamId);
    if (one === undefined) return;
    if (type === wire.frameType.DATA) one.hasData = true;
    const isEnd = type === wire.frameType.RST_STREAM || (flags & wire.flag.END_STREAM) !== 0;
    if (!isEnd) return;
    waiting.delete(streamId);
    if (type === wire.frameType.RST_STREAM || !one.hasData) return;
    this.#answered++;
    this.#slowestMs = Math.max(this.#slowestMs, performance.now() - one.sentMs);
  }
}

interface Line {
  connection: RawConnection;
  readonly waiting: Map<number, Waiting>;
  isMending: boolean;
}
