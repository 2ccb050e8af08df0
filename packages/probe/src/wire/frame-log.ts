/** Every frame of one connection, both ways, with its time: the first ones and the last ones, and how many there were. */

import type { FrameContent, FrameHead } from "./frame-content.ts";
import { FrameSight } from "./frame-sight.ts";

export interface FrameSeen extends FrameHead {
  /** 1 for the first frame of the connection, either way. */
  readonly ordinal: number;
  /** On the host's monotonic clock: when it was whole (in), or handed to the socket (out). */
  readonly atMs: number;
  readonly direction: "in" | "out";
  readonly content: FrameContent;
}

export type OnFrame = (frame: FrameSeen) => void;

/** What is kept: a connection that is watched for an hour must not fill the memory. */
const keptFirst = 200;
const keptLast = 800;

export class FrameLog {
  readonly #first: FrameSeen[] = [];
  readonly #last: FrameSeen[] = [];
  readonly #hearers = new Set<OnFrame>();
  readonly #in: FrameSight;
  readonly #out: FrameSight;
  #nowMs = 0;
  #count = 0;
  #received = 0;

  constructor() {
    this.#in = new FrameSight("server", (head, content) => this.#add("in", head, content));
    this.#out = new FrameSight("client", (head, content) => this.#add("out", head, content));
  }

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
  get unfinished(): { readonly head: FrameHead; readonly bytes: number } | undefined {
    return this.#in.unfinished;
  }

  /** Calls `hear` for each frame from now on, until the returned function is called. Nothing may be thrown inside. */
  on(hear: OnFrame): () => void {
    this.#hearers.add(hear);
    return () => void this.#hearers.delete(hear);
  }

  came(bytes: Uint8Array, nowMs: number): void {
    this.#nowMs = nowMs;
    this.#in.push(bytes);
  }

  went(bytes: Uint8Array, nowMs: number): void {
    this.#nowMs = nowMs;
    this.#out.push(bytes);
  }

  #add(direction: "in" | "out", head: FrameHead, content: FrameContent): void {
    const frame: FrameSeen = { ordinal: ++this.#count, atMs: this.#nowMs, direction, ...head, content };
    if (direction === "in") this.#received++;
    if (this.#first.length < keptFirst) this.#first.push(frame);
    else if (this.#last.push(frame) > keptLast) this.#last.shift();
    for (const hear of this.#hearers) hear(frame);
  }
}
