/**
 * Where the parser's stack ends and code of the user begins: what became ready while bytes were read runs later, all of
 * it in one deferred task of the host.
 */

import type { Host } from "../host/host.ts";

export interface Runnable {
  run(): void;
}

export class ReadyQueue {
  readonly #host: Host;
  #waiting: Runnable[] = [];
  #running: Runnable[] = [];
  #next = 0;

  constructor(host: Host) {
    this.#host = host;
  }

  add(task: Runnable): void {
    if (this.#waiting.push(task) === 1) this.#host.defer(this.#run);
  }

  /** What is added meanwhile belongs to the next turn, so that answers of this one get to the socket first. */
  readonly #run = (): void => {
    if (this.#next === this.#running.length) {
      const spent = this.#running;
      spent.length = 0;
      this.#running = this.#waiting;
      this.#waiting = spent;
      this.#next = 0;
    }
    try {
      while (this.#next < this.#running.length) this.#running[this.#next++]?.run();
    } finally {
      // A task threw: the host tells the process, and the others still get their turn.
      if (this.#next < this.#running.length) this.#host.defer(this.#run);
    }
  };
}
