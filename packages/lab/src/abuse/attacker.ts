/**
 * Owns what every attack does: open connections, send within the bounds of time and octets, come back when it is thrown out,
 * and keep what it was told. Which octets are sent is each attack's own (`abuses.ts`).
 */

import { setTimeout as sleep } from "node:timers/promises";
import { RawConnection, type RawOptions, type Told } from "./raw-connection.ts";

export interface Bounds {
  readonly forMs: number;
  readonly maxBytes: number;
  /** Including those that come back after the server closed one. */
  readonly maxConnections: number;
}

/** Loopback brings what was said in far less. */
const lastWordsMs = 150;

export class Attacker {
  readonly #port: number;
  readonly #ca: string | undefined;
  readonly #bounds: Bounds;
  readonly #endMs: number;
  readonly #connections: RawConnection[] = [];
  /** No more connections could be made. */
  refused = 0;

  constructor(port: number, ca: string | undefined, bounds: Bounds) {
    this.#port = port;
    this.#ca = ca;
    this.#bounds = bounds;
    this.#endMs = performance.now() + bounds.forMs;
  }

  get isOver(): boolean {
    const { maxBytes, maxConnections } = this.#bounds;
    const cameBackTooOften =
      this.#connections.length >= maxConnections && this.#connections.every((one) => !one.isOpen);
    return performance.now() >= this.#endMs || this.sentBytes >= maxBytes || cameBackTooOften;
  }

  get sentBytes(): number {
    return this.#connections.reduce((sum, one) => sum + one.sentBytes, 0);
  }

  get told(): readonly Told[] {
    return this.#connections.map(({ told }) => told);
  }

  /** Undefined when there may be no more, or the server refuses. */
  async open(
    options: Omit<RawOptions, "port" | "ca"> & { readonly isPlain?: boolean } = {},
  ): Promise<RawConnection | undefined> {
    if (this.#connections.length >= this.#bounds.maxConnections) return undefined;
    const { isPlain = false, ...rest } = options;
    const secure = this.#ca === undefined || isPlain ? {} : { ca: this.#ca };
    try {
      const connection = await RawConnection.open({ port: this.#port, ...secure, ...rest });
      this.#connections.push(connection);
      return connection;
    } catch {
      this.refused++;
      return undefined;
    }
  }

  async openMany(count: number, options: Parameters<Attacker["open"]>[0] = {}): Promise<readonly RawConnection[]> {
    const connections: RawConnection[] = [];
    for (let n = 0; n < count && !this.isOver; n++) {
      const connection = await this.open(options);
      if (connection !== undefined) connections.push(connection);
    }
    return connections;
  }

  /** Sends what `next` makes as fast as it is taken, and comes back whenever the connection ends. */
  async flood(
    next: (connection: RawConnection) => Buffer,
    prepare: (connection: RawConnection) => Promise<void> | void = () => {},
    options: Parameters<Attacker["open"]>[0] = {},
  ): Promise<void> {
    while (!this.isOver) {
      const connection = await this.open(options);
      if (connection === undefined) return;
      await prepare(connection);
      // Once it is told to go, octets would only be thrown away.
      while (connection.isOpen && connection.told.goaway === undefined && !this.isOver) {
        connection.write(next(connection));
        await this.room(connection);
      }
    }
  }

  /** Does something to all of them at an even pace, until the end. */
  async trickle(
    connections: readonly RawConnection[],
    everyMs: number,
    step: (one: RawConnection) => void,
  ): Promise<void> {
    while (!this.isOver && connections.some(({ isOpen }) => isOpen)) {
      for (const one of connections) if (one.isOpen) step(one);
      await sleep(everyMs);
    }
  }

  /** Settles when what was written is with the kernel, or the attack is over. */
  async room(connection: RawConnection): Promise<void> {
    await connection.room(Math.max(0, this.#endMs - performance.now()));
  }

  /** Nothing more is sent; what is open stays open until the end. */
  async hold(): Promise<void> {
    while (!this.isOver && this.#connections.some(({ isOpen }) => isOpen)) await sleep(20);
  }

  /** Reads what was left unread, so that the last words are heard. */
  async listen(): Promise<void> {
    for (const one of this.#connections) one.readAgain();
    await sleep(lastWordsMs);
  }

  close(): void {
    for (const one of this.#connections) one.destroy();
  }
}
