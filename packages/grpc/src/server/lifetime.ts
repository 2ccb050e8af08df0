/** Acts on what `lifetime-state.ts` decides: keeps the state and the timer of one connection whose time is limited. */

import type { Host, Timer } from "../host/host.ts";
import type { Roster } from "../http2/roster.ts";
import { StatusError } from "../report/status-error.ts";
import type { OpenCall } from "./call-scope.ts";
import {
  begin,
  jittered,
  lifetimeDeadline,
  type LifetimeInput,
  type LifetimePolicy,
  type LifetimeState,
  step,
} from "./lifetime-state.ts";

/** What of a connection its lifetime moves. */
export interface MortalConnection {
  readonly calls: Pick<Roster<OpenCall>, "all" | "size">;
  /** @param why What GOAWAY tells the client. */
  drain(why: string): void;
  close(reason: "drain-cut"): void;
}

export class Lifetime {
  readonly #host: Host;
  readonly #connection: MortalConnection;
  readonly #policy: LifetimePolicy;
  #state: LifetimeState;
  /** Of use only while no call is open. */
  #touchedAtMs: number;
  #timer: Timer | undefined;

  /** @param policy `maxAgeMs` as the user gave it. */
  constructor(host: Host, connection: MortalConnection, policy: LifetimePolicy) {
    const nowMs = host.nowMs();
    this.#host = host;
    this.#connection = connection;
    const { maxAgeMs } = policy;
    this.#policy = maxAgeMs === Infinity ? policy : { ...policy, maxAgeMs: jittered(maxAgeMs, host.random()) };
    this.#state = begin(nowMs, this.#policy);
    this.#touchedAtMs = nowMs;
    this.#armTimer();
  }

  /** A request came, or the last call that was open ended. */
  touched(): void {
    if (this.#policy.maxIdleMs !== Infinity) this.#touchedAtMs = this.#host.nowMs();
  }

  lastIdSaid(): void {
    this.#take({ kind: "last-id-said" });
  }

  /** The connection is gone. */
  end(): void {
    this.#timer?.cancel();
    this.#state = { kind: "over" };
  }

  #take(input: LifetimeInput): void {
    const [next, effect] = step(this.#state, input, this.#host.nowMs(), this.#policy);
    this.#state = next;
    this.#armTimer();
    switch (effect) {
      case "drain-idle":
        this.#connection.drain("max_idle"); // gRFC A9's words
        break;
      case "drain-old":
        this.#connection.drain("max_age");
        break;
      case "cut":
        this.#cut();
        break;
      case "close":
        this.#connection.close("drain-cut");
        break;
      case undefined:
        break;
    }
  }

  #cut(): void {
    const reason = StatusError.of("DRAIN_CUT", "the connection is at its end and could not wait any longer");
    for (const call of this.#connection.calls.all()) call.cut(reason);
  }

  #armTimer(): void {
    this.#timer?.cancel();
    const dueMs = lifetimeDeadline(this.#state);
    if (dueMs === Infinity) return;
    const delayMs = Math.max(0, dueMs - this.#host.nowMs());
    this.#timer = this.#host.timer(delayMs, () => this.#tick(), { background: true });
  }

  #tick(): void {
    const idle = this.#connection.calls.size === 0;
    this.#take({ kind: "tick", idleSinceMs: idle ? this.#touchedAtMs : Infinity });
  }
}
