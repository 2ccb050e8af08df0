/**
 * Owns one fault on one connection: the verbs it was given, its timers, its chance, and that all of them end when it is taken
 * off. Does not own what the verbs do (`relay-link.ts`).
 */

import type { Direction, Fault, FaultHooks, RelayedConnection } from "../fault/fault.ts";
import { Timers } from "../peer/timers.ts";

/** What a connection does for its faults. */
export interface LinkVerbs {
  readonly ordinal: number;
  readonly isOver: boolean;
  inject(direction: Direction, frame: Uint8Array): void;
  cut(direction: Direction, how: "fin" | "reset"): void;
  /** Returns what ends the silence. */
  silence(direction: Direction): () => void;
  take(streamId: number): void;
  isTaken(streamId: number): boolean;
  tell(fault: string, what: string): void;
}

export class Attachment {
  readonly hooks: FaultHooks;
  readonly #timers = new Timers();
  readonly #silences = new Map<Direction, () => void>();
  #isOn = true;

  constructor(fault: Fault, link: LinkVerbs, random: () => number) {
    const act = (run: () => void): void => {
      if (this.#isOn && !link.isOver) run();
    };
    const connection: RelayedConnection = {
      ordinal: link.ordinal,
      random,
      after: (delayMs, run) => void this.#timers.after(delayMs, () => act(run), "never"),
      inject: (direction, frame) => act(() => link.inject(direction, frame)),
      fin: (direction) => act(() => link.cut(direction, "fin")),
      reset: (direction) => act(() => link.cut(direction, "reset")),
      silence: (direction, forMs) => act(() => this.#silence(direction, link, forMs)),
      take: (streamId) => act(() => link.take(streamId)),
      isTaken: (streamId) => link.isTaken(streamId),
      tell: (what) => link.tell(fault.id, what),
    };
    this.hooks = fault.attach(connection);
  }

  #silence(direction: Direction, link: LinkVerbs, forMs: number | undefined): void {
    if (this.#silences.has(direction)) return;
    const speak = link.silence(direction);
    this.#silences.set(direction, speak);
    if (forMs === undefined) return;
    const goOn = (): void => {
      this.#silences.delete(direction);
      speak();
    };
    this.#timers.after(forMs, goOn, "never");
  }

  /** The connection is over: nothing of the fault runs any more. */
  close(): void {
    this.#isOn = false;
    this.#timers.close();
  }

  /** The fault is taken off a connection that lives on. */
  takeOff(): void {
    this.close();
    for (const end of this.#silences.values()) end();
  }
}
