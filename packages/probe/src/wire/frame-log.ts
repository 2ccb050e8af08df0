/** Every frame of one connection, both ways, with its time: the first ones and the last ones, and how many there were. */

import { ConnectionWatcher, type UnfinishedFrame, type WatchedFrame } from "@holdfast/grpc/watch";

/**
 * A frame as it was seen. `from` is `client` for ours; `atMs` is the host's monotonic clock: when the frame was whole (in),
 * or handed to the socket (out).
 */
export type FrameSeen = WatchedFrame & {
  /** 1 for the first frame of the connection, either way. */
  readonly ordinal: number;
};

export type OnFrame = (frame: FrameSeen) => void;

/** What is kept: a connection that is watched for an hour must not fill the memory. */
const keptFirst = 200;
const keptLast = 800;

export class FrameLog {
  readonly #first: FrameSeen[] = [];
  readonly #last: FrameSeen[] = [];
  readonly #hearers = new Set<OnFrame>();
  readonly #watcher = new ConnectionWatcher({ onFrame: (frame) => this.#add(frame) });
  #count = 0;
  #received = 0;

  /** Oldest first; between the first 200 and the last 800 some may be missing: see `ordinal`. */
  get frames(): readonly FrameSeen[] {
    return [...this.#first, ...this.#last];
  }

  /** How many frames there were. */
  get count(): number {
    return this.#count;
  }

  /** How many of them came from the peer. */
  get received(): number {
    return this.#received;
  }

  /** The frame that the peer began and has not finished. */
  get unfinished(): UnfinishedFrame | undefined {
    return this.#watcher.unfinished("server");
  }

  /** Calls `hear` for each frame from now on, until the returned function is called. Nothing may be thrown inside. */
  on(hear: OnFrame): () => void {
    this.#hearers.add(hear);
    return () => void this.#hearers.delete(hear);
  }

  came(bytes: Uint8Array, nowMs: number): void {
    this.#watcher.push("server", bytes, nowMs);
  }

  went(bytes: Uint8Array, nowMs: number): void {
    this.#watcher.push("client", bytes, nowMs);
  }

  #add(frame: WatchedFrame): void {
    const seen: FrameSeen = { ...frame, ordinal: ++this.#count };
    if (frame.from === "server") this.#received++;
    if (this.#first.length < keptFirst) this.#first.push(seen);
    else if (this.#last.push(seen) > keptLast) this.#last.shift();
    for (const hear of this.#hearers) hear(seen);
  }
}
