/** Measures the idle timeout: holds connections with different habits and waits. What it means is `idle-policy.ts`. */

import type { HeldWire } from "./held-wire.ts";
import {
  forgetBracket,
  type Habit,
  idleDecided,
  idleHabits,
  type IdleLife,
  type IdleVerdict,
  judgeIdle,
  nextSilences,
} from "./idle-policy.ts";
import { idleFinding } from "./idle-words.ts";
import { gapsOf } from "./life.ts";
import type { Measure, Plan } from "./measure.ts";
import type { Surroundings } from "./surroundings.ts";

export interface IdlePlan extends Plan {
  readonly habits: readonly Habit[];
  /** How long a PING's answer is waited for, ms. */
  readonly answerMs: number;
}

export interface IdleEvidence {
  readonly lives: readonly IdleLife[];
  /** Connections that did not come up. */
  readonly missing: number;
}

/** How long a peer is given to close what it said GOAWAY on, ms. */
const farewellMs = 1_000;

export const idle: Measure<IdlePlan, IdleEvidence> = {
  id: "idle",
  title: "Idle timeout",
  plan({ forMs }) {
    const habits = idleHabits(forMs);
    return {
      atMostMs: forMs,
      connections: habits.length,
      does: "holds connections that are not used, and some that are, until they are closed",
      habits,
      // A fifth of what a PING may take by default is enough where the whole takes seconds.
      answerMs: Math.max(1_000, Math.min(5_000, forMs / 20)),
    };
  },
  act: (plan, surroundings) => new IdleRun(plan, surroundings).run(),
  judge: ({ lives, missing }) => idleFinding(judgeOf(lives, missing), lives),
};

function judgeOf(lives: readonly IdleLife[], missing: number): IdleVerdict {
  return lives.length === 0 ? { kind: "unknown", why: `none of ${missing} connections came up` } : judgeIdle(lives);
}

interface Held {
  readonly habit: Habit;
  readonly wire: HeldWire;
}

class IdleRun {
  readonly #plan: IdlePlan;
  readonly #surroundings: Surroundings;
  readonly #held: Held[] = [];
  readonly #untilMs: number;
  #missing = 0;
  /** What the first pass began ends with it. */
  #pass = 1;

  constructor(plan: IdlePlan, surroundings: Surroundings) {
    this.#plan = plan;
    this.#surroundings = surroundings;
    this.#untilMs = surroundings.nowMs() + plan.atMostMs - plan.answerMs - farewellMs;
  }

  async run(): Promise<IdleEvidence> {
    const habits = this.#plan.habits.map((habit) => this.#hold(habit));
    await this.#watch();
    this.#pass++;
    const closed = judgeIdle(this.#lives).kind;
    if (closed === "kept" || closed === "forgotten" || closed === "unknown") await this.#ask();
    await this.#narrow();
    // What follows a GOAWAY belongs to the evidence.
    const leaving = this.#held.filter(({ wire }) => wire.isLeaving).map(({ wire }) => wire.ended);
    await this.#surroundings.wait(farewellMs, Promise.all(leaving));
    const lives = this.#lives;
    await Promise.all(this.#held.map(({ wire }) => wire.close()));
    await Promise.all(habits);
    return { lives, missing: this.#missing };
  }

  get #lives(): IdleLife[] {
    return this.#held.map(({ habit, wire }) => ({ habit, life: wire.life }));
  }

  get #remainingMs(): number {
    return this.#surroundings.stopped ? 0 : this.#untilMs - this.#surroundings.nowMs();
  }

  async #hold(habit: Habit): Promise<void> {
    const wire = await this.#surroundings.open();
    if (wire === undefined) {
      this.#missing++;
      return;
    }
    this.#held.push({ habit, wire });
    const pass = this.#pass;
    const isOver = (): boolean => wire.isLeaving || pass !== this.#pass || this.#surroundings.stopped;
    switch (habit.kind) {
      case "silent":
        return;
      case "used":
        await wire.check();
        return;
      case "busy":
        while (!isOver()) {
          await wire.check();
          await this.#surroundings.wait(habit.everyMs, wire.warned);
        }
        return;
      case "pinged":
        await wire.check();
        for (const atMs of habit.atMs) {
          await this.#surroundings.wait(atMs - wire.ageMs, wire.warned);
          if (isOver()) return;
          const { answeredMs } = await wire.ping(this.#plan.answerMs);
          if (answeredMs === undefined) return;
        }
    }
  }

  /** Until enough was seen, or a connection turns out to be forgotten, or time is up. */
  async #watch(): Promise<void> {
    const lookEveryMs = Math.min(1_000, this.#plan.atMostMs / 100);
    while (this.#remainingMs > 0) {
      await this.#surroundings.wait(Math.min(lookEveryMs, this.#remainingMs));
      const lives = this.#lives;
      if (idleDecided(lives) || judgeIdle(lives).kind === "forgotten") return;
    }
  }

  /** Nobody closed anything: whether the connections are still there is known only to who asks. */
  async #ask(): Promise<void> {
    const quiet = this.#held.filter(({ habit, wire }) => habit.kind !== "busy" && !wire.isLeaving);
    await Promise.all(quiet.map(({ wire }) => wire.ping(this.#plan.answerMs)));
  }

  /** Where flows are forgotten in silence, the time is known only between two silences: tries more of them in between. */
  async #narrow(): Promise<void> {
    for (;;) {
      const verdict = judgeIdle(this.#lives);
      if (verdict.kind !== "forgotten") return;
      const { aboveMs, below } = forgetBracket(this.#lives.flatMap(({ life }) => gapsOf(life)));
      const silences = below === undefined ? [] : nextSilences(aboveMs, below.silentMs, this.#remainingMs);
      if (silences.length === 0) return;
      this.#surroundings.tell(`idle: forgotten without a word; trying ${silences.length} silences in between`);
      // And one that is never silent for so long, and outlives the time: whether PINGs are what keeps a flow known.
      const kept = [0.8, 1.6, 2.4].map((times) => times * aboveMs).filter((atMs) => atMs < this.#remainingMs);
      const habits = [...silences.map((atMs) => [atMs]), kept].map((atMs): Habit => ({ kind: "pinged", atMs }));
      await Promise.all(habits.map((habit) => this.#hold(habit)));
    }
  }
}
