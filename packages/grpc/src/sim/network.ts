/** Which machine has which address, and the links between them. Owns the wiring; faults live in `Link`. */

import { Direction, Link } from "./link.ts";
import { isLoopback, type Machine } from "./machine.ts";
import type { Random } from "./random.ts";

// A quarter of a millisecond each way: two machines in one data centre.
const betweenMachinesMs = 0.25;
// Loopback: a few microseconds of kernel.
const withinMachineMs = 0.01;

export class Network {
  readonly #random: Random;
  readonly #machines = new Map<string, Machine>();
  readonly #directions = new Map<string, Direction>();

  constructor(random: Random) {
    this.#random = random;
  }

  add(machine: Machine): void {
    this.#machines.set(machine.address, machine);
  }

  /** Whom a packet for this address reaches. */
  machineAt(address: string, from: Machine): Machine | undefined {
    return isLoopback(address) || address === "0.0.0.0" || address === "::" ? from : this.#machines.get(address);
  }

  direction(from: Machine, to: Machine): Direction {
    const key = `${from.name} ${to.name}`;
    let direction = this.#directions.get(key);
    if (direction === undefined) {
      direction = new Direction(this.#random, from === to ? withinMachineMs : betweenMachinesMs);
      this.#directions.set(key, direction);
    }
    return direction;
  }

  link(a: Machine, b: Machine): Link {
    return new Link(a.name, b.name, this.direction(a, b), this.direction(b, a));
  }

  /** This machine is there again: what others sent it meanwhile is sent again. */
  healTowards(machine: Machine): void {
    for (const direction of this.#directions.values()) {
      for (const lane of direction.lanes) if (lane.to.machine === machine) lane.healed();
    }
  }
}
