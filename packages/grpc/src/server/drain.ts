/** Acts on what `drain-state.ts` decides: keeps the state, the deadline and the counts of one server's leaving. */

import type { Host, Timer } from "../host/host.ts";
import { StatusError } from "../report/status-error.ts";
import type { Roster } from "../http2/roster.ts";
import { debugLogOf } from "../transport/debug-log.ts";
import type { OpenCall } from "./call-scope.ts";
import { drainDeadline, type DrainInput, type DrainState, step } from "./drain-state.ts";

/** How many calls there were, and how they ended. */
export interface DrainResult {
  /** Open when the warning went out, or come after it; ended by themselves. */
  readonly finished: number;
  /** Open when the warning went out. */
  readonly warned: number;
  /** Cut at the end of the grace. */
  readonly cut: number;
}

/** What of a server a drain moves. */
export interface Drainable {
  readonly connections: ReadonlySet<DrainableConnection>;
  readonly listeners: ReadonlySet<DrainListener>;
  stopListening(): void;
}

/** Hears of its server's leaving, in the same turn and before any client does. What it throws is logged. */
export interface DrainListener {
  /** The server is going to leave. With `lameDuckMs` it serves on for so long. Also at a `close` without a drain. */
  announced?(): void;
  /** Clients are told to go now: a call that would never end by itself should end. */
  warned?(): void;
}

export interface DrainableConnection {
  readonly calls: Pick<Roster<OpenCall>, "size" | "all">;
  drain(): void;
  /** Takes no more streams. */
  leave(): void;
  close(reason: "closed" | "drain-cut"): void;
}

export class Drain {
  /** Settles when nothing of the server is left. */
  readonly done: Promise<DrainResult>;
  readonly #host: Host;
  readonly #server: Drainable;
  readonly #settle: (result: DrainResult) => void;
  readonly #cutCalls = new Set<OpenCall>();
  #state: DrainState = { kind: "serving" };
  #timer: Timer | undefined;
  #warned = 0;
  #late = 0;

  constructor(host: Host, server: Drainable) {
    this.#host = host;
    this.#server = server;
    let settle: (result: DrainResult) => void = () => {};
    this.done = new Promise((resolve) => (settle = resolve));
    this.#settle = settle;
  }

  get kind(): DrainState["kind"] {
    return this.#state.kind;
  }

  get started(): boolean {
    return this.#state.kind !== "serving";
  }

  /** New connections are told to go at once. */
  get warning(): boolean {
    return this.started && this.#state.kind !== "lame-duck";
  }

  start(graceMs: number, lameDuckMs: number): void {
    this.#take({ kind: "drain", graceMs, lameDuckMs });
  }

  close(): void {
    this.#take({ kind: "close" });
  }

  callOpened(): void {
    if (this.warning) this.#late++;
  }

  connectionEnded(): void {
    if (this.started) this.#take({ kind: "connection-ended" });
  }

  #take(input: DrainInput): void {
    const [next, effects] = step(this.#state, input, this.#host.nowMs(), this.#server.connections.size);
    const before = this.#state;
    this.#state = next;
    if (next.kind !== before.kind) this.#note(before.kind, next.kind);
    for (const effect of effects) {
      switch (effect) {
        case "announce":
          this.#tell("announced");
          break;
        case "warn":
          this.#warn();
          break;
        case "stop-listening":
          this.#server.stopListening();
          break;
        case "cut":
          this.#cut();
          break;
        case "close":
          this.#close(before.kind === "cutting" ? "drain-cut" : "closed");
          break;
        case "settle":
          this.#settleSoon(this.#result());
          break;
      }
    }
    this.#armTimer();
  }

  /** At once: the health must have turned before a client is told anything. */
  #tell(what: keyof DrainListener): void {
    for (const listener of [...this.#server.listeners]) {
      try {
        listener[what]?.();
      } catch (error) {
        this.#host.log(
          `holdfast: onDrain failed: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`,
        );
      }
    }
  }

  #note(before: DrainState["kind"], next: DrainState["kind"]): void {
    const { size } = this.#server.connections;
    debugLogOf(this.#host)?.say(
      "server",
      `drain: ${before}, now ${next}; ${size} ${size === 1 ? "connection" : "connections"} open`,
    );
  }

  #warn(): void {
    this.#tell("warned");
    for (const connection of this.#server.connections) {
      this.#warned += connection.calls.size;
      connection.drain();
    }
    // A socket event between two timers: in it the host hands over every connection that was in the kernel's queue.
    this.#host.timer(0, () => this.#host.timer(0, () => this.#take({ kind: "queue-emptied" })));
  }

  #cut(): void {
    const reason = StatusError.of("DRAIN_CUT", "the server is going away and could not wait any longer");
    for (const { calls } of this.#server.connections) {
      for (const call of calls.all()) if (call.cut(reason)) this.#cutCalls.add(call);
    }
    for (const connection of [...this.#server.connections]) connection.leave();
  }

  #close(reason: "closed" | "drain-cut"): void {
    for (const connection of [...this.#server.connections]) {
      for (const call of connection.calls.all()) this.#cutCalls.add(call);
      connection.close(reason);
    }
  }

  /** Promises settle in tasks of the host, like everything that makes code of the user run. */
  #settleSoon(result: DrainResult): void {
    this.#host.defer(() => this.#settle(result));
  }

  #result(): DrainResult {
    const cut = this.#cutCalls.size;
    return { finished: this.#warned + this.#late - cut, warned: this.#warned, cut };
  }

  #armTimer(): void {
    this.#timer?.cancel();
    const dueMs = drainDeadline(this.#state);
    if (dueMs === Infinity) return;
    this.#timer = this.#host.timer(Math.max(0, dueMs - this.#host.nowMs()), () => this.#take({ kind: "tick" }));
  }
}
