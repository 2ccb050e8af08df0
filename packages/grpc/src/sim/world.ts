/**
 * A simulated network of processes: virtual time, one seed, the same run every time. Owns the putting together; time is
 * `Loop`, packets are `Lane`, kernels are `Machine` and `Endpoint`, processes are `SimHost`.
 */

import { issueCertificate, type CertificateOptions, type CertificateText } from "./certificate.ts";
import { Dns } from "./dns.ts";
import { Scheduled } from "./event-queue.ts";
import { SimulatedHost, type SimHost } from "./host.ts";
import type { Link } from "./link.ts";
import { Loop } from "./loop.ts";
import { Machine, type KernelOptions } from "./machine.ts";
import { Network } from "./network.ts";
import { createRandom } from "./random.ts";

export interface WorldOptions extends KernelOptions {
  /** Decides everything that is left to chance. Its lower 32 bits count. */
  readonly seed: number;
  /**
   * True: events of the same moment come in an order drawn from the seed, except that one direction of one connection
   * stays in order. Default: the order in which they were caused.
   */
  readonly permuteEqualTimes?: boolean;
  /** False keeps no event log, which saves memory in long searches. Default: true. */
  readonly log?: boolean;
}

/** How long to run: until a moment, or until something is so but at most until a moment (in `World.nowMs`). */
export type RunLimit = number | { readonly until: () => boolean; readonly limitMs: number };

export interface World {
  /** Virtual milliseconds since the world began. */
  readonly nowMs: number;
  /** Every event that any process heard, one line each. Same seed, same lines. */
  readonly log: readonly string[];
  /** Steps so far: packets, callbacks, timers. */
  readonly steps: number;
  readonly dns: Dns;
  /** The process of this name, made at its first mention, on a machine of its own. */
  host(name: string): SimHost;
  /** The way between two hosts; within one for twice the same. */
  link(a: string | SimHost, b: string | SimHost): Link;
  /** A number in [0, 1) from the seed, for tests that choose. */
  random(): number;
  /** Text for the `cert`, `key` and `ca` of TLS options. */
  certificate(options: CertificateOptions): CertificateText;
  /** Calls `act` at a moment, between two events: the place to pull cables. */
  at(ms: number, act: () => void): void;
  /** Calls `act` now, or right behind the event that is being heard: before whatever else is due. */
  next(act: () => void): void;
  /**
   * Lets time pass. With a number: until then. With `until`: until it is true; throws if that does not come to pass by
   * `limitMs`. Rejects with what a callback threw.
   */
  run(limit: RunLimit): Promise<void>;
  /** What processes have open, by host name; hosts with nothing open are left out. */
  open(): Record<string, string[]>;
}

/** Makes an empty world at 0 ms. */
export function createWorld(options: WorldOptions): World {
  return new SimulatedWorld(options);
}

class SimulatedWorld implements World {
  readonly dns = new Dns();
  readonly #options: WorldOptions;
  readonly #loop: Loop;
  readonly #network: Network;
  readonly #machines = new Map<string, Machine>();
  readonly #hosts = new Map<string, SimulatedHost>();
  #certificates = 0;

  constructor(options: WorldOptions) {
    this.#options = options;
    this.#loop = new Loop({
      random: createRandom(options.seed),
      permuteEqualTimes: options.permuteEqualTimes === true,
      keepLog: options.log !== false,
    });
    this.#network = new Network(this.#loop.random);
  }

  get nowMs(): number {
    return this.#loop.nowMs;
  }

  get log(): readonly string[] {
    return this.#loop.log.lines();
  }

  get steps(): number {
    return this.#loop.steps;
  }

  host(name: string): SimHost {
    const known = this.#hosts.get(name);
    if (known !== undefined) return known;
    const host = new SimulatedHost(this.#loop, this.#machine(name), this.dns);
    this.#hosts.set(name, host);
    return host;
  }

  link(a: string | SimHost, b: string | SimHost): Link {
    return this.#network.link(this.#machine(nameOf(a)), this.#machine(nameOf(b)));
  }

  random(): number {
    return this.#loop.random();
  }

  certificate(options: CertificateOptions): CertificateText {
    this.#certificates++;
    return issueCertificate(options, this.#certificates);
  }

  at(ms: number, act: () => void): void {
    const deed = new Deed(() => {
      this.#loop.settleAfterStep();
      act();
    });
    this.#loop.at(deed, ms);
  }

  next(act: () => void): void {
    this.#loop.interrupt(() => {
      this.#loop.settleAfterStep();
      act();
    });
  }

  async run(limit: RunLimit): Promise<void> {
    if (typeof limit === "number") {
      await this.#loop.run(never, limit);
      return;
    }
    const done = await this.#loop.run(limit.until, limit.limitMs);
    if (!done) throw new Error(`what the run waited for had not happened by ${limit.limitMs} ms of virtual time`);
  }

  open(): Record<string, string[]> {
    const all: Record<string, string[]> = {};
    for (const [name, host] of this.#hosts) {
      const open = host.open();
      if (open.length > 0) all[name] = open;
    }
    return all;
  }

  #machine(name: string): Machine {
    const known = this.#machines.get(name);
    if (known !== undefined) return known;
    const number = this.#machines.size + 1;
    // 10.0.0.1, 10.0.0.2, … 10.0.1.0: sixteen bits are enough for any test.
    const address = `10.0.${number >> 8}.${number & 0xff}`;
    const machine = new Machine(this.#loop, this.#network, name, address, this.#options);
    this.#machines.set(name, machine);
    this.#network.add(machine);
    this.dns.set(name, [address]);
    return machine;
  }
}

class Deed extends Scheduled {
  readonly #act: () => void;

  constructor(act: () => void) {
    super();
    this.#act = act;
  }

  fire(): void {
    this.#act();
  }
}

function nameOf(host: string | SimHost): string {
  return typeof host === "string" ? host : host.name;
}

function never(): boolean {
  return false;
}
