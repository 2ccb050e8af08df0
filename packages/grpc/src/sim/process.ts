/**
 * One life of one process: what it has open, and whether it gets to run. Owns no behaviour of sockets or timers; when
 * it dies they are told to go, as the kernel does with the files of a dead process.
 */

import { Scheduled } from "./event-queue.ts";
import type { Loop, Unit } from "./loop.ts";

/** What a process holds and a test may find leaked. */
export interface Belonging {
  /** For people, for instance `socket client-1#2 to 10.0.0.2:443`. */
  describe(): string;
  /** The process died: go, and call nobody. */
  orphan(): void;
}

export class SimProcess {
  alive = true;
  /** The loop is blocked: nothing of this process runs. */
  stalled = false;
  readonly name: string;
  /** Sockets are numbered by process, so that the log names them. */
  nextSocket = 1;
  readonly belongings = new Set<Belonging>();
  readonly #loop: Loop;
  #stalledUntilMs = 0;
  #tasks: Unit[] = [];
  #timers: Unit[] = [];
  #polls: Unit[] = [];

  constructor(loop: Loop, name: string) {
    this.#loop = loop;
    this.name = name;
  }

  stall(ms: number): void {
    this.#stalledUntilMs = Math.max(this.#stalledUntilMs, this.#loop.nowMs + ms);
    this.stalled = true;
    this.#loop.at(new Wake(() => this.#wake()), this.#stalledUntilMs);
  }

  /** Keeps what came up during a stall. */
  park(unit: Unit): void {
    if (unit.phase === "task") this.#tasks.push(unit);
    else if (unit.phase === "timer") this.#timers.push(unit);
    else this.#polls.push(unit);
  }

  die(): void {
    this.alive = false;
    this.stalled = false;
    this.#tasks = [];
    this.#timers = [];
    this.#polls = [];
    for (const belonging of this.belongings) belonging.orphan();
    this.belongings.clear();
  }

  /** As a real loop that was blocked: first the timers, all of them, and only then a look at the sockets. */
  #wake(): void {
    if (!this.stalled || this.#loop.nowMs < this.#stalledUntilMs) return;
    this.stalled = false;
    for (const unit of this.#tasks) this.#loop.urgent(unit);
    for (const unit of this.#timers) this.#loop.urgent(unit);
    for (const unit of this.#polls) this.#loop.ready(unit);
    this.#tasks = [];
    this.#timers = [];
    this.#polls = [];
  }
}

class Wake extends Scheduled {
  readonly #wake: () => void;

  constructor(wake: () => void) {
    super();
    this.#wake = wake;
  }

  fire(): void {
    this.#wake();
  }
}
