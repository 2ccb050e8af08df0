import type { Host, Timer } from "../host/host.ts";
import { perHost } from "../transport/per-host.ts";

// Longer than any process lives; it never fires.
const presenceMs = 1e12;

/**
 * Keeps the process alive while calls are open: connections and timers of a channel alone do not. One timer for all
 * channels of a process.
 */
class Presence {
  #holders = 0;
  #timer: Timer | undefined = undefined;

  hold(host: Host): void {
    if (this.#holders++ === 0) this.#timer = host.timer(presenceMs, () => undefined);
  }

  release(): void {
    if (--this.#holders === 0) this.#timer?.cancel();
  }
}

export const presenceOf = perHost(() => new Presence());
