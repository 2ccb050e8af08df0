/**
 * The world's event loop: virtual time, and the order in which things happen at one moment. Owns neither network nor
 * processes; those schedule events (`at`) and make units ready.
 *
 * A step is one callback into one process, or one packet's arrival. Steps that ran deferred tasks are followed by all
 * promise reactions they caused; no other step is, because by the contract of `Host.defer` no other step settles any.
 */

import { EventLog } from "./event-log.ts";
import { EventQueue, type Scheduled } from "./event-queue.ts";
import type { SimProcess } from "./process.ts";
import type { Random } from "./random.ts";
import { settle } from "./settle.ts";

/** Something a process can do now: hear a socket, a timer, a task. One `step` is at most one callback. */
export interface Unit {
  readonly process: SimProcess;
  /** A real loop runs deferred tasks first, then timers that are due, then looks at its sockets. */
  readonly phase: "task" | "timer" | "poll";
  step(): void;
}

export interface LoopOptions {
  readonly random: Random;
  readonly permuteEqualTimes: boolean;
  readonly keepLog: boolean;
}

export class Loop {
  nowMs = 0;
  readonly random: Random;
  readonly log: EventLog;
  readonly #permutes: boolean;
  readonly #queue: EventQueue;
  /** Before anything that is ready: what a process does first when it wakes from a stall. */
  #urgent: Unit[] = [];
  #ready: Unit[] = [];
  #firstReady = 0;
  #tasks: Task[] = [];
  #interruptions: (() => void)[] = [];
  #mustSettle = false;
  #running = false;
  /** Steps so far, for benchmarks. */
  steps = 0;

  constructor(options: LoopOptions) {
    this.random = options.random;
    this.#permutes = options.permuteEqualTimes;
    this.#queue = new EventQueue(options.permuteEqualTimes ? options.random : undefined);
    this.log = new EventLog(options.keepLog);
  }

  at(entry: Scheduled, atMs: number): void {
    this.#queue.push(entry, atMs > this.nowMs ? atMs : this.nowMs);
  }

  cancel(entry: Scheduled): void {
    this.#queue.cancel(entry);
  }

  ready(unit: Unit): void {
    this.#ready.push(unit);
  }

  /** For what real systems do one way or the other: the worse way, or with equal times shuffled either of them. */
  worseWay(): boolean {
    return !this.#permutes || this.random() < 0.5;
  }

  urgent(unit: Unit): void {
    this.#urgent.push(unit);
  }

  /** Before the next step of anybody. */
  interrupt(act: () => void): void {
    this.#interruptions.push(act);
  }

  defer(process: SimProcess, run: () => void): void {
    this.#tasks.push(new Task(process, run));
  }

  /** The present step runs code of the test, which may settle promises. */
  settleAfterStep(): void {
    this.#mustSettle = true;
  }

  /** Runs until `done` or until nothing is left to do by `limitMs`; then it is `limitMs`. Tells whether it was `done`. */
  async run(done: () => boolean, limitMs: number): Promise<boolean> {
    if (this.#running) throw new Error("the world is running already: await the first run");
    this.#running = true;
    try {
      // What the test did since the last run.
      await settle();
      for (;;) {
        if (this.#tasks.length > 0) await this.#runTasks();
        else if (this.#mustSettle) await this.#settle();
        else if (done()) return true;
        else if (!this.#step(limitMs)) break;
      }
      if (limitMs > this.nowMs && limitMs !== Infinity) this.nowMs = limitMs;
      return false;
    } finally {
      this.#running = false;
    }
  }

  #step(limitMs: number): boolean {
    if (this.#interruptions.length > 0) {
      this.steps++;
      for (const act of this.#interruptions.splice(0)) act();
      return true;
    }
    const unit = this.#nextUnit();
    if (unit !== undefined) {
      this.steps++;
      if (unit.process.stalled) unit.process.park(unit);
      else unit.step();
      return true;
    }
    const event = this.#queue.take(limitMs);
    if (event === undefined) return false;
    this.steps++;
    this.nowMs = event.atMs;
    event.fire();
    return true;
  }

  #nextUnit(): Unit | undefined {
    if (this.#urgent.length > 0) return this.#urgent.shift();
    const ready = this.#ready;
    const first = this.#firstReady;
    const count = ready.length - first;
    if (count === 0) return undefined;
    if (this.#permutes && count > 1) swap(ready, first, first + Math.floor(this.random() * count));
    const unit = ready[first];
    if (count === 1) {
      ready.length = 0;
      this.#firstReady = 0;
    } else {
      this.#firstReady = first + 1;
    }
    return unit;
  }

  async #settle(): Promise<void> {
    this.#mustSettle = false;
    await settle();
  }

  /** After the event's promise reactions, before theirs. A task that throws does not keep the others from running. */
  async #runTasks(): Promise<void> {
    await this.#settle();
    const tasks = this.#tasks;
    this.#tasks = [];
    const errors: unknown[] = [];
    for (const task of tasks) {
      this.steps++;
      try {
        if (task.process.stalled) task.process.park(task);
        else task.step();
      } catch (error) {
        errors.push(error);
      }
    }
    await this.#settle();
    if (errors.length > 0) throw errors[0];
  }
}

class Task implements Unit {
  readonly phase = "task";
  readonly process: SimProcess;
  readonly #run: () => void;

  constructor(process: SimProcess, run: () => void) {
    this.process = process;
    this.#run = run;
  }

  step(): void {
    if (this.process.alive) this.#run();
  }
}

function swap(units: Unit[], a: number, b: number): void {
  const first = units[a];
  const second = units[b];
  if (first === undefined || second === undefined) return;
  units[a] = second;
  units[b] = first;
}
