/** Owns the channels of one trial: side by side and used by turns, which is what an application's pool is. */

import type { TrialChannel } from "./trial-client.ts";

export class ChannelPool {
  readonly #open: () => TrialChannel;
  readonly #channels: TrialChannel[];
  #turn = 0;

  constructor(open: () => TrialChannel, size: number) {
    this.#open = open;
    this.#channels = Array.from({ length: size }, open);
  }

  get all(): readonly TrialChannel[] {
    return this.#channels;
  }

  /** The place of the channel whose turn it is. */
  next(): number {
    return this.#turn++ % this.#channels.length;
  }

  at(place: number): TrialChannel {
    const channel = this.#channels[place];
    if (channel === undefined) throw new RangeError(`the pool has no channel ${place}`);
    return channel;
  }

  /** A new channel in the place of `old`, unless another call has put one there. */
  replace(place: number, old: TrialChannel): void {
    if (this.#channels[place] !== old) return;
    this.#channels[place] = this.#open();
    close(old);
  }

  close(): void {
    this.#channels.forEach(close);
  }
}

/** Whatever the client does at the end of a trial is not the trial's. */
function close(channel: TrialChannel): void {
  void (async () => channel.close())().catch(() => {});
}
