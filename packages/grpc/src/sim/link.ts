/**
 * The way between two hosts, each direction for itself: how long it takes, how much fits through, what goes wrong.
 * Owns the faults; what they do to a connection is told by `Lane` (the way) and `Endpoint` (the kernels).
 */

import type { Lane } from "./lane.ts";
import type { Random } from "./random.ts";

/** How one direction behaves. Everything can be changed while traffic flows; packets under way keep their time. */
export class Direction {
  readonly lanes = new Set<Lane>();
  readonly #random: Random;
  blocked = false;
  splitBytes = Infinity;
  coalesceMs = 0;
  forgetsIdle: { readonly afterMs: number; readonly word: "silent" | "rst" } | undefined;
  delayMs: number;
  #jitterMs = 0;
  #bytesPerMs = Infinity;
  #busyUntilMs = 0;

  constructor(random: Random, delayMs: number) {
    this.#random = random;
    this.delayMs = delayMs;
  }

  /** When a packet sent now arrives. */
  arrivalMs(nowMs: number, bytes: number): number {
    let atMs = nowMs;
    if (this.#bytesPerMs !== Infinity) {
      this.#busyUntilMs = Math.max(this.#busyUntilMs, nowMs) + bytes / this.#bytesPerMs;
      atMs = this.#busyUntilMs;
    }
    atMs += this.delayMs;
    if (this.#jitterMs > 0) atMs += this.#random() * this.#jitterMs;
    return this.coalesceMs > 0 ? Math.ceil(atMs / this.coalesceMs) * this.coalesceMs : atMs;
  }

  /** Each packet takes `ms`, and up to `jitterMs` more (uniformly; default 0). */
  delay(options: { readonly ms: number; readonly jitterMs?: number }): void {
    this.delayMs = options.ms;
    this.#jitterMs = options.jitterMs ?? 0;
  }

  /** All connections share this many bytes a second. Default: no limit. */
  bandwidth(bytesPerSecond: number): void {
    this.#bytesPerMs = bytesPerSecond / 1_000; // milliseconds in a second
  }

  /** Data arrives in pieces of at most so many bytes. `Infinity` (the default) leaves packets whole. */
  split(maxBytes: number): void {
    this.splitBytes = maxBytes;
  }

  /** What arrives within the same `ms` arrives at once, at its end. 0 (the default) turns it off. */
  coalesce(ms: number): void {
    this.coalesceMs = ms;
  }

  /** Swallows every packet without a word until `heal`. TCP sends them again, so they arrive late or time out. */
  blackHole(): void {
    this.blocked = true;
  }

  heal(): void {
    this.blocked = false;
    for (const lane of this.lanes) lane.healed();
  }
}

/**
 * Both directions between two hosts. Its methods act on both; `from(host)` gives one.
 */
export class Link {
  readonly #there: Direction;
  readonly #back: Direction;
  readonly #a: string;
  readonly #b: string;

  constructor(a: string, b: string, there: Direction, back: Direction) {
    this.#a = a;
    this.#b = b;
    this.#there = there;
    this.#back = back;
  }

  /** The direction of what this host sends. */
  from(host: string | { readonly name: string }): Direction {
    const name = typeof host === "string" ? host : host.name;
    if (name === this.#a) return this.#there;
    if (name === this.#b) return this.#back;
    throw new Error(`the link joins ${this.#a} and ${this.#b}, not ${name}`);
  }

  /** @see Direction.delay */
  delay(options: { readonly ms: number; readonly jitterMs?: number }): void {
    this.#both((direction) => direction.delay(options));
  }

  /** @see Direction.bandwidth */
  bandwidth(bytesPerSecond: number): void {
    this.#both((direction) => direction.bandwidth(bytesPerSecond));
  }

  /** @see Direction.split */
  split(maxBytes: number): void {
    this.#both((direction) => direction.split(maxBytes));
  }

  /** @see Direction.coalesce */
  coalesce(ms: number): void {
    this.#both((direction) => direction.coalesce(ms));
  }

  /** Nothing passes either way, and nobody is told. */
  partition(): void {
    this.#both((direction) => direction.blackHole());
  }

  heal(): void {
    this.#both((direction) => direction.heal());
  }

  /** RST to both ends of every connection over this link, now. */
  reset(): void {
    for (const lane of this.#lanes()) lane.to.arrive("rst", undefined);
  }

  /**
   * This host's kernel forgets its connections over the link without a word (its own processes hear ETIMEDOUT). The
   * next packet from the other side draws RST.
   */
  halfOpen(host: string | { readonly name: string }): void {
    const lanes = [...this.from(host).lanes];
    for (const lane of lanes) lane.from.die("ETIMEDOUT");
  }

  /**
   * A NAT or an L4 balancer that forgets connections after so long without a packet. From then on their packets are
   * swallowed (`silent`) or answered with RST (`rst`).
   */
  forgetIdleFlows(afterMs: number, options: { readonly then: "silent" | "rst" }): void {
    this.#both((direction) => {
      direction.forgetsIdle = { afterMs, word: options.then };
    });
  }

  #both(change: (direction: Direction) => void): void {
    change(this.#there);
    if (this.#back !== this.#there) change(this.#back);
  }

  #lanes(): Lane[] {
    return this.#back === this.#there ? [...this.#there.lanes] : [...this.#there.lanes, ...this.#back.lanes];
  }
}
