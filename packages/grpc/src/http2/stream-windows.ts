import type { Core } from "./connection-core.ts";
import { writeSettings } from "./frame/settings.ts";
import { settingId } from "./settings.ts";
import type { WindowOwner } from "./window-pool.ts";
import { ReceiveWindow } from "./windows.ts";

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
    core.window.grow(size * 2);
    this.#say(size);
    core.creditConnection(0);
  }

  /** Other connections need the memory. The connection's own window stays: it cannot be taken back, and holds nothing. */
  shrinkWindows(size: number): void {
    if (this.#core.over) return;
    for (const stream of this.#core.streams.all()) stream.window.lower(size);
    this.#say(size);
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
