/**
 * A `Host` of which the test is the kernel: it says when bytes come, when written ones are taken, and when time passes.
 * For tests of the order of things; whole conversations are `sim`'s business.
 */
import type {
  ConnectOptions,
  Host,
  Socket,
  SocketError,
  SocketEvents,
  Timer,
  TlsSession,
} from "../../src/host/host.ts";

interface FakeTimer {
  readonly dueMs: number;
  readonly fire: () => void;
}

export class FakeHost implements Host {
  now = 0;
  /** The socket that was dialled last. */
  socket: FakeSocket | undefined = undefined;
  /** What happened, in order: writes, FINs, closes. */
  readonly deeds: string[] = [];
  #timers: FakeTimer[] = [];
  #tasks: (() => void)[] = [];

  nowMs(): number {
    return this.now;
  }

  wallMs(): number {
    return this.now;
  }

  timer(delayMs: number, fire: () => void): Timer {
    const timer = { dueMs: this.now + delayMs, fire };
    this.#timers.push(timer);
    return { cancel: () => (this.#timers = this.#timers.filter((other) => other !== timer)) };
  }

  defer(task: () => void): void {
    this.#tasks.push(task);
  }

  random(): number {
    return 0.5;
  }

  lookup(): void {
    throw new Error("not in this host");
  }

  connect(_options: ConnectOptions, events: SocketEvents): Socket {
    this.socket = new FakeSocket(this, events);
    return this.socket;
  }

  listen(): never {
    throw new Error("not in this host");
  }

  onSignal(): () => void {
    return () => undefined;
  }

  env(): undefined {
    return undefined;
  }

  log(): void {}

  compress(_coding: unknown, bytes: Uint8Array): Uint8Array {
    return bytes;
  }

  decompress(_coding: unknown, bytes: Uint8Array): Uint8Array {
    return bytes;
  }

  /** Timers that are waiting. */
  get timers(): number {
    return this.#timers.length;
  }

  /** One event of the loop, and what was deferred by it. */
  event(happen: () => void): void {
    happen();
    for (let task = this.#tasks.shift(); task !== undefined; task = this.#tasks.shift()) task();
  }

  /** Lets time pass to then; what is due by then fires in order, each at its time, or at `lateMs` after it. */
  at(nowMs: number, lateMs = 0): void {
    for (;;) {
      const next = this.#timers.reduce<FakeTimer | undefined>(
        (first, timer) => (timer.dueMs <= nowMs && (first === undefined || timer.dueMs < first.dueMs) ? timer : first),
        undefined,
      );
      if (next === undefined) break;
      this.#timers = this.#timers.filter((timer) => timer !== next);
      this.now = Math.max(this.now, next.dueMs + lateMs);
      this.event(next.fire);
    }
    this.now = Math.max(this.now, nowMs);
  }

  /** Fires what is due by then, but not what these timers set for the same moment: a poll of the sockets comes between. */
  atBeforePoll(nowMs: number): void {
    this.now = nowMs;
    const due = this.#timers.filter((timer) => timer.dueMs <= nowMs);
    this.#timers = this.#timers.filter((timer) => timer.dueMs > nowMs);
    for (const { fire } of due) this.event(fire);
  }
}

export class FakeSocket implements Socket {
  readonly local = undefined;
  readonly remote = { kind: "tcp", host: "10.0.0.9", port: 443 } as const;
  writableLength = 0;
  /** Everything written, not yet looked at. */
  #written: Uint8Array[] = [];
  /** Whether the kernel takes what is written at once. */
  takes = true;
  isClosed = false;
  readonly #host: FakeHost;
  readonly #events: SocketEvents;

  constructor(host: FakeHost, events: SocketEvents) {
    this.#host = host;
    this.#events = events;
  }

  write(chunks: readonly Uint8Array[]): void {
    if (this.isClosed) return;
    const bytes = chunks.reduce((sum, chunk) => sum + chunk.length, 0);
    this.#host.deeds.push(`write ${bytes}`);
    this.#written.push(...chunks.map((chunk) => chunk.slice()));
    this.writableLength += bytes;
    if (this.takes) this.#host.defer(() => this.flush(bytes));
  }

  end(): void {
    if (!this.isClosed) this.#host.deeds.push("FIN");
  }

  destroy(): void {
    this.#close("close");
  }

  reset(): void {
    this.#close("RST");
  }

  pause(): void {}

  resume(): void {}

  /** What was written since the last call. */
  written(): Uint8Array {
    return new Uint8Array(Buffer.concat(this.#written.splice(0)));
  }

  // --- the kernel's side ---

  connected(session?: TlsSession): void {
    this.#host.event(() => this.#events.connected?.(session));
  }

  arrives(...parts: readonly Uint8Array[]): void {
    for (const part of parts) this.#host.event(() => (this.isClosed ? undefined : this.#events.data(part)));
  }

  flush(bytes: number): void {
    this.writableLength -= bytes;
    if (!this.isClosed) this.#events.flushed(bytes);
  }

  finArrives(): void {
    this.#host.event(() => (this.isClosed ? undefined : this.#events.end()));
  }

  fails(kind: SocketError["kind"]): void {
    this.isClosed = true;
    this.#host.event(() => this.#events.closed({ kind, message: `told ${kind}` }));
  }

  #close(deed: string): void {
    if (this.isClosed) return;
    this.isClosed = true;
    this.#host.deeds.push(deed);
    this.#host.defer(() => this.#events.closed(undefined));
  }
}
