/**
 * One process of the world behind the `Host` contract, and the hand that plays tricks on it: stall, kill, restart, skew,
 * signal. Owns the way in; the work is done by `SimProcess`, `Machine`, `SimSocket` and `SimListener`.
 */

import { nodeCompress, nodeDecompress } from "../host/node/zip.ts";
import { isIP } from "./ip.ts";
import type {
  ConnectOptions,
  Host,
  Listener,
  ListenerEvents,
  ListenOptions,
  LookupResult,
  SignalName,
  Socket,
  SocketError,
  SocketEvents,
  Timer,
} from "../host/host.ts";
import type { Dns } from "./dns.ts";
import { Scheduled } from "./event-queue.ts";
import { SimListener } from "./listener.ts";
import type { Loop, Unit } from "./loop.ts";
import type { Machine } from "./machine.ts";
import { SimProcess, type Belonging } from "./process.ts";
import { createRandom, type Random } from "./random.ts";
import { addressText, SimSocket } from "./socket.ts";
import { ClientHandshake } from "./tls-handshake.ts";

/** 2026-01-01T00:00:00Z: when every world begins, in milliseconds since the Unix epoch. */
export const worldBeginsMs = 1_767_225_600_000;

/** A process of the world: the contract for the code under test, the rest for the test. */
export interface SimHost extends Host {
  readonly name: string;
  /** Its IP address, for instance `10.0.0.1`. */
  readonly address: string;
  readonly alive: boolean;
  /** Blocks its event loop: nothing runs for so long; then all due timers fire before a socket is looked at. */
  stall(ms: number): void;
  /**
   * Ends the process as SIGKILL does: its code hears nothing; its kernel sends RST where bytes were unread, FIN
   * elsewhere, and refuses new connections. `machine: true` cuts the power instead: nobody is told, packets vanish.
   */
  kill(options?: { readonly machine?: boolean }): void;
  /** A new, empty process (and power, if it was off). What the old one had stays dead. */
  restart(): void;
  /** Moves the wall clock away from the world's; the monotonic clock stays. */
  skew(options: { readonly wallMs: number }): void;
  /** Delivers a signal to whoever listens by `onSignal`. */
  signal(name: SignalName): void;
  /** The variables of its environment; every life of the process has them. */
  readonly environment: Map<string, string>;
  /** Lines the process logged. */
  readonly logged: readonly string[];
  /** What it has open: sockets, listeners, timers that are not in the background. For leak checks. */
  open(): string[];
}

export class SimulatedHost implements SimHost {
  readonly name: string;
  readonly environment = new Map<string, string>();
  readonly logged: string[] = [];
  readonly #loop: Loop;
  readonly #machine: Machine;
  readonly #dns: Dns;
  readonly #random: Random;
  #process: SimProcess;
  #signals = new Map<SignalName, Set<() => void>>();
  #skewMs = 0;

  constructor(loop: Loop, machine: Machine, dns: Dns) {
    this.name = machine.name;
    this.#loop = loop;
    this.#machine = machine;
    this.#dns = dns;
    // A stream of its own: what one process draws does not change what another gets. 2^32 is the seed's range.
    this.#random = createRandom(Math.floor(loop.random() * 4_294_967_296));
    this.#process = new SimProcess(loop, machine.name);
  }

  get address(): string {
    return this.#machine.address;
  }

  get alive(): boolean {
    return this.#process.alive;
  }

  nowMs(): number {
    return this.#loop.nowMs;
  }

  wallMs(): number {
    return worldBeginsMs + this.#loop.nowMs + this.#skewMs;
  }

  timer(delayMs: number, fire: () => void, options?: { readonly background?: boolean }): Timer {
    const timer = new SimTimer(this.#loop, this.#process, fire, options?.background === true);
    if (this.#process.alive) timer.start(delayMs);
    return timer;
  }

  defer(task: () => void): void {
    if (this.#process.alive) this.#loop.defer(this.#process, task);
  }

  random(): number {
    return this.#random();
  }

  lookup(name: string, done: (result: LookupResult) => void): void {
    const result: LookupResult = isIP(name) ? { kind: "found", addresses: [name] } : this.#dns.resolve(name);
    const delayMs = isIP(name) ? 0 : this.#dns.delayMs;
    if (this.#process.alive) new Later(this.#loop, this.#process, () => done(result)).start(delayMs);
  }

  connect(options: ConnectOptions, events: SocketEvents): Socket {
    const process = this.#process;
    const dialled = process.alive ? this.#machine.dial(options.address) : "ENETUNREACH";
    const endpoint = typeof dialled === "string" ? undefined : dialled;
    const socket = new SimSocket(this.#loop, process, endpoint, options.address, true);
    if (typeof dialled === "string") {
      socket.fail({ kind: dialled, message: `connect ${dialled} ${addressText(options.address)}` });
    }
    const { tls } = options;
    if (tls === undefined) {
      socket.attach(events);
      return socket;
    }
    const handshake = new ClientHandshake(socket, tls, {
      done: () => events,
      failed: (error) => finish(socket, events, error),
    });
    socket.attach(handshake);
    return socket;
  }

  listen(options: ListenOptions, events: ListenerEvents): Listener {
    if (!this.#process.alive) return { close: () => {} };
    const timer = (delayMs: number, fire: () => void): Timer => this.timer(delayMs, fire, { background: true });
    return new SimListener(this.#loop, this.#machine, this.#process, options, events, timer);
  }

  onSignal(name: SignalName, heard: () => void): () => void {
    const all = this.#signals.get(name) ?? new Set();
    this.#signals.set(name, all);
    const entry = (): void => heard();
    all.add(entry);
    return () => all.delete(entry);
  }

  env(name: string): string | undefined {
    return this.environment.get(name);
  }

  log(line: string): void {
    this.logged.push(line);
    this.#note(`log ${line}`);
  }

  /** Octets in, octets out: nothing that a world would have to imitate. */
  readonly compress = nodeCompress;
  readonly decompress = nodeDecompress;

  stall(ms: number): void {
    if (!this.#process.alive) return;
    this.#note("stall", ms);
    this.#process.stall(ms);
  }

  kill(options?: { readonly machine?: boolean }): void {
    const machine = options?.machine === true;
    this.#note(machine ? "power off" : "kill");
    // First the power: a machine without it cannot send the FINs of its dying processes.
    if (machine) this.#machine.powerOff();
    this.#process.die();
    this.#signals = new Map();
  }

  restart(): void {
    if (this.#process.alive) this.kill();
    this.#note("restart");
    const { nextSocket } = this.#process;
    this.#process = new SimProcess(this.#loop, this.name);
    this.#process.nextSocket = nextSocket;
    if (!this.#machine.up) this.#machine.powerOn();
  }

  skew(options: { readonly wallMs: number }): void {
    this.#note("skew", options.wallMs);
    this.#skewMs = options.wallMs;
  }

  signal(name: SignalName): void {
    this.#note(name);
    for (const heard of this.#signals.get(name) ?? []) new Later(this.#loop, this.#process, heard).start(0);
  }

  open(): string[] {
    return [...this.#process.belongings].map((belonging) => belonging.describe()).filter((text) => text !== "");
  }

  #note(what: string, amount?: number): void {
    this.#loop.log.add(this.#loop.nowMs, this.name, what, amount);
  }
}

/** Closes a socket whose handshake failed, and tells the application why. */
function finish(socket: SimSocket, events: SocketEvents, error: SocketError | undefined): void {
  if (socket.isClosed || error === undefined) events.closed(error);
  else {
    socket.attach(events);
    socket.fail(error);
  }
}

class SimTimer extends Scheduled implements Timer, Unit, Belonging {
  readonly phase = "timer";
  readonly process: SimProcess;
  readonly #loop: Loop;
  readonly #fire: () => void;
  readonly #background: boolean;
  #done = false;

  constructor(loop: Loop, process: SimProcess, fire: () => void, background: boolean) {
    super();
    this.#loop = loop;
    this.process = process;
    this.#fire = fire;
    this.#background = background;
  }

  start(delayMs: number): void {
    // Node's timers wait at least 1 ms.
    this.#loop.at(this, this.#loop.nowMs + Math.max(1, delayMs));
    this.process.belongings.add(this);
  }

  cancel(): void {
    if (this.#done) return;
    this.#done = true;
    this.process.belongings.delete(this);
    this.#loop.cancel(this);
  }

  fire(): void {
    if (this.process.stalled) this.process.park(this);
    else this.step();
  }

  step(): void {
    if (this.#done || !this.process.alive) return;
    this.#done = true;
    this.process.belongings.delete(this);
    this.#loop.log.add(this.#loop.nowMs, this.process.name, "timer");
    this.#fire();
  }

  describe(): string {
    return this.#background ? "" : `timer of ${this.process.name} at ${this.atMs.toFixed(3)} ms`;
  }

  orphan(): void {
    this.#done = true;
    this.#loop.cancel(this);
  }
}

/** Something that comes to a process from outside, after a while. */
class Later extends Scheduled implements Unit {
  readonly phase = "poll";
  readonly process: SimProcess;
  readonly #loop: Loop;
  readonly #run: () => void;

  constructor(loop: Loop, process: SimProcess, run: () => void) {
    super();
    this.#loop = loop;
    this.process = process;
    this.#run = run;
  }

  start(delayMs: number): void {
    this.#loop.at(this, this.#loop.nowMs + delayMs);
  }

  fire(): void {
    this.#loop.ready(this);
  }

  step(): void {
    if (this.process.alive) this.#run();
  }
}
