import type { Core } from "./connection-core.ts";
import { writeSettings } from "./frame/settings.ts";
import { settingId } from "./settings.ts";
import type { WindowOwner } from "./window-pool.ts";
import { BandwidthEstimate, ReceiveWindow } from "./windows.ts";

/** How much larger the connection's window is than a stream's. */
const connectionFactor = 4;

/**
 * How large the receive windows of a connection's streams are: as the pool lends it, larger as the bandwidth asks for it,
 * smaller as others need the memory. Owns what the peer was told of it by SETTINGS_INITIAL_WINDOW_SIZE, RFC 9113 §6.9.2.
 */
export class StreamWindows implements WindowOwner {
  /** Octets, of a stream that begins now. */
  size: number;
  readonly #core: Core;
  /** The largest size that the peer may still go by. */
  #allowed: number;
  /** SETTINGS of ours that are on their way; the first are the connection preface. */
  #unacknowledged = 1;

  constructor(core: Core, wanted: number) {
    this.#core = core;
    this.size = this.#allowed = core.budget.windows.enter(this, wanted);
  }

  /** For a stream that begins now. */
  make(): ReceiveWindow {
    return new ReceiveWindow(this.#allowed, this.size);
  }

  /** The peer fills what it was allowed: more, if there is memory. */
  grow(wanted: number): void {
    const core = this.#core;
    if (wanted <= this.size || core.budget.tight || core.over) return;
    const size = core.budget.windows.grow(this, wanted);
    if (size <= this.size) return;
    for (const stream of core.streams.all()) stream.window.raise(size);
    core.window.grow(size * connectionFactor);
    this.#say(size);
    core.creditConnection(0);
  }

  /** Other connections need the memory. The connection's own window stays: it cannot be taken back, and holds nothing. */
  shrinkWindows(size: number): void {
    if (this.#core.over) return;
    const streams = this.#core.streams.all();
    for (const stream of streams) stream.window.lower(size);
    this.#say(size);
    // What was not worth a frame of a large window may be all of a small one.
    for (const stream of streams) this.#core.creditStream(stream, 0);
  }

  /**
   * A message of so many octets is on its way. It will be held whole anyway, so while there is plenty of memory it may come
   * without being asked for in pieces: for a message of 1 MB that spares both ends a dozen writes (bench row `upload-1mb`).
   */
  fit(bytes: number): void {
    if (bytes <= this.size || !this.#core.budget.windows.generous) return;
    // By powers of two: a slightly larger message is not worth more SETTINGS.
    this.grow(Math.min(BandwidthEstimate.maxWindow, 2 ** Math.ceil(Math.log2(bytes))));
  }

  /** Once all are, the peer goes by the last. */
  settingsAcknowledged(): void {
    if (this.#unacknowledged > 0) this.#unacknowledged--;
    if (this.#unacknowledged === 0) this.#allowed = this.size;
  }

  /** The connection is gone. */
  end(): void {
    this.#core.budget.windows.leave(this);
  }

  #say(size: number): void {
    const core = this.#core;
    this.size = size;
    this.#allowed = Math.max(this.#allowed, size);
    this.#unacknowledged++;
    core.local.initialWindowSize = size;
    writeSettings(core.out, [[settingId.INITIAL_WINDOW_SIZE, size]]);
    core.record.sent(core.nowMs, 0x4, 0, 0, 6, 0);
    core.wantOutput();
  }
}
