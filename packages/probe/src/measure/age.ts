/** Measures the connection age: calls go on on several connections until they are told to go. Judged by `age-policy.ts`. */

import { ageDecided, type AgeHabit, ageHabits, type AgeLife, judgeAge } from "./age-policy.ts";
import { ageFinding } from "./age-words.ts";
import type { HeldWire } from "./held-wire.ts";
import type { CallSeen } from "./life.ts";
import type { Measure, Plan } from "./measure.ts";
import type { Surroundings } from "./surroundings.ts";

export interface AgePlan extends Plan {
  readonly habits: readonly AgeHabit[];
  /** How long a stream is looked at behind the GOAWAY that tells its connection to go, ms. */
  readonly graceLookMs: number;
}

export interface AgeEvidence {
  readonly lives: readonly AgeLife[];
}

/** A minute: above the grace of 30 s that orchestrators give. */
const graceLookMs = 60_000;

export const age: Measure<AgePlan, AgeEvidence> = {
  id: "age",
  title: "Connection age",
  plan({ forMs }) {
    const habits = ageHabits(forMs);
    return {
      atMostMs: forMs,
      connections: habits.length,
      does: `makes up to ${Math.round(habits.reduce((sum, { everyMs }) => sum + 1_000 / everyMs, 0))} health checks a second until its connections are told to go`,
      habits,
      graceLookMs: Math.min(graceLookMs, forMs / 4),
    };
  },
  act: (plan, surroundings) => new AgeRun(plan, surroundings).run(),
  judge: ({ lives }, plan) => ageFinding(judgeAge(lives, plan.graceLookMs), lives),
};

interface Held {
  readonly habit: AgeHabit;
  readonly wire: HeldWire;
  /** The stream that is held open, as it is now. */
  stream: { endedMs?: number; outcome?: string } | undefined;
}

class AgeRun {
  readonly #plan: AgePlan;
  readonly #surroundings: Surroundings;
  readonly #held: Held[] = [];
  readonly #startedAtMs: number;
  #missing = 0;
  #over = false;

  constructor(plan: AgePlan, surroundings: Surroundings) {
    this.#plan = plan;
    this.#surroundings = surroundings;
    this.#startedAtMs = surroundings.nowMs();
  }

  async run(): Promise<AgeEvidence> {
    const { habits, atMostMs, graceLookMs } = this.#plan;
    const running = habits.map((habit) => this.#live(habit));
    const untilMs = this.#startedAtMs + atMostMs - 1_500; // closing takes a second
    const lookEveryMs = Math.min(1_000, atMostMs / 200);
    while (this.#surroundings.nowMs() < untilMs && !this.#surroundings.stopped) {
      await this.#surroundings.wait(lookEveryMs);
      if (ageDecided(this.#lives, habits.length - this.#missing, graceLookMs) && this.#missing < habits.length) break;
      if (this.#missing === habits.length) break;
    }
    this.#over = true;
    const lives = this.#lives;
    await Promise.all(this.#held.map(({ wire }) => wire.close()));
    await Promise.all(running);
    return { lives };
  }

  get #lives(): AgeLife[] {
    return this.#held.map(({ habit, wire, stream }) => ({
      habit,
      life: wire.life,
      ...(stream === undefined ? {} : { held: { ...stream } }),
    }));
  }

  async #live(habit: AgeHabit): Promise<void> {
    await this.#surroundings.wait(habit.startMs);
    if (this.#over || this.#surroundings.stopped) return;
    const wire = await this.#surroundings.open();
    if (wire === undefined) {
      this.#missing++;
      return;
    }
    const held: Held = { habit, wire, stream: undefined };
    this.#held.push(held);
    if (habit.holds) await this.#hold(held);
    while (!this.#over && !wire.isLeaving) {
      const { outcome }: CallSeen = await wire.check();
      // A connection that answers nothing any more is found by the next frame of the kernel, or never.
      if (outcome === "timed-out" && !wire.isLeaving) await wire.ping();
      await this.#surroundings.wait(habit.everyMs, wire.warned);
    }
  }

  async #hold(held: Held): Promise<void> {
    const watch = held.wire.watch();
    if (!(await watch.begun)) return;
    const stream: { endedMs?: number; outcome?: string } = {};
    held.stream = stream;
    void watch.done.then(({ endedMs, outcome }) => {
      if (endedMs !== undefined) stream.endedMs = endedMs;
      if (outcome !== undefined) stream.outcome = outcome;
    });
  }
}
