/** Measures the ping policy: provokes it on connections of its own. What to send and what it means is `pings-policy.ts`. */

import { durationText } from "@holdfast/grpc/report";
import { endText } from "./end-text.ts";
import type { HeldWire } from "./held-wire.ts";
import { wasStruck } from "./life.ts";
import type { Measure, Plan } from "./measure.ts";
import { firstGaps, nextGaps, rapidPings, type RapidSeen, spacingBracket, type Trial } from "./pings-policy.ts";
import { pingsFinding } from "./pings-words.ts";
import type { Surroundings } from "./surroundings.ts";

export interface PingsPlan extends Plan {
  readonly gapsMs: readonly number[];
}

export interface PingsEvidence {
  readonly bare: Situation | undefined;
  /** Absent: no call could be held open. */
  readonly held: Situation | undefined;
  /** Whether an answer of the server wipes the slate; absent: not seen. */
  readonly answerWipes: boolean | undefined;
  /** Why there is less than there should be. */
  readonly lacking: readonly string[];
}

export interface Situation {
  readonly rapid: RapidSeen;
  readonly trials: readonly Trial[];
  /** How the connection of the rapid PINGs ended. */
  readonly ending: string;
}

/** How long to look, behind the answer to a PING, for the GOAWAY that it drew, ms; plus two round trips. */
const settleMs = 25;
/** How long a server may take to turn a call away, ms; plus four times what the connection took. */
const refusalMs = 100;
/** How long an answer is waited for, ms. */
const answerMs = 2_000;

export const pings: Measure<PingsPlan, PingsEvidence> = {
  id: "pings",
  title: "Ping policy",
  plan({ forMs }) {
    const gapsMs = firstGaps(forMs - 2 * answerMs);
    return {
      atMostMs: forMs,
      connections: 2 * gapsMs.length,
      does: "sends PINGs faster than is usual until a GOAWAY tells it to stop, on connections of its own",
      gapsMs,
    };
  },
  act: (plan, surroundings) => new PingsRun(plan, surroundings).run(),
  judge: (evidence) => pingsFinding(evidence),
};

/** A connection with a call held open on it, or without one. */
interface Ready {
  readonly wire: HeldWire;
  /** Whether it is still as it should be. */
  readonly isFit: () => boolean;
}

class PingsRun {
  readonly #plan: PingsPlan;
  readonly #surroundings: Surroundings;
  readonly #untilMs: number;
  readonly #lacking: string[] = [];

  constructor(plan: PingsPlan, surroundings: Surroundings) {
    this.#plan = plan;
    this.#surroundings = surroundings;
    this.#untilMs = surroundings.nowMs() + plan.atMostMs - 2 * answerMs;
  }

  async run(): Promise<PingsEvidence> {
    const [bare, held] = await Promise.all([this.#situation(false), this.#situation(true)]);
    const answerWipes = await this.#answerWipes(bare ?? held, bare === undefined);
    return { bare, held, answerWipes, lacking: this.#lacking };
  }

  async #situation(withCall: boolean): Promise<Situation | undefined> {
    const first = await this.#ready(withCall);
    if (first === undefined) return undefined;
    const rapid = await this.#rapid(first.wire);
    // What the server says behind its GOAWAY belongs to the evidence.
    if (rapid.struckAt !== undefined) await this.#surroundings.wait(1_000, first.wire.ended);
    const ending = endText(first.wire.life);
    await first.wire.close();
    if (rapid.struckAt === undefined) return { rapid, trials: [], ending };
    const forgiven = rapid.struckAt - 1;
    const trials: Trial[] = [];
    // Without calls only the order of magnitude matters, unless there is nothing else to go by.
    const passes = withCall || this.#lacking.length > 0 ? 4 : 1;
    let gaps = [...this.#plan.gapsMs];
    for (let pass = 0; pass < passes && gaps.length > 0 && this.#remainingMs > 0; pass++) {
      trials.push(...(await this.#tryAll(gaps, forgiven, withCall)));
      gaps = nextGaps(spacingBracket(trials), this.#remainingMs);
      if (gaps.length > 0 && pass + 1 < passes) {
        this.#surroundings.tell(`pings: trying ${gaps.length} spacings around ${durationText(gaps[3] ?? 0)}`);
      }
    }
    return { rapid, trials, ending };
  }

  get #remainingMs(): number {
    return this.#surroundings.stopped ? 0 : this.#untilMs - this.#surroundings.nowMs();
  }

  async #ready(withCall: boolean): Promise<Ready | undefined> {
    const wire = await this.#surroundings.open();
    if (wire === undefined) {
      this.#lacking.push("a connection did not come up");
      return undefined;
    }
    if (!withCall) return { wire, isFit: () => true };
    const { isOpen, done } = wire.holdCheck();
    // A server without health says so at once; no PING can ask, for PINGs are what is counted.
    await this.#surroundings.wait(refusalMs + 4 * connectMs(wire), done);
    if (isOpen()) return { wire, isFit: isOpen };
    this.#lacking.push("no call could be held open: the server has no health service");
    await wire.close();
    return undefined;
  }

  async #rapid(wire: HeldWire): Promise<RapidSeen> {
    let sent = 0;
    let answered = 0;
    while (sent < rapidPings && !wire.isLeaving) {
      sent++;
      const ping = await this.#ping(wire);
      if (ping === undefined) break;
      answered++;
    }
    const { pings: all } = wire.life;
    const spacingMs = all.length < 2 ? 0 : ((all.at(-1)?.sentMs ?? 0) - (all[0]?.sentMs ?? 0)) / (all.length - 1);
    const struck = wire.isLeaving && wasStruck(wire.life) ? { struckAt: sent, struckBy: endText(wire.life) } : {};
    return { sent, answered, spacingMs, ...struck };
  }

  /** One PING, and the time for a GOAWAY behind its answer; undefined: no answer came. */
  async #ping(wire: HeldWire): Promise<number | undefined> {
    const { sentMs, answeredMs } = await wire.ping(answerMs);
    const roundTripMs = answeredMs === undefined ? answerMs : answeredMs - sentMs;
    if (!wire.isLeaving) await this.#surroundings.wait(settleMs + 2 * Math.min(roundTripMs, answerMs), wire.warned);
    return answeredMs;
  }

  /** All at once; it ends as soon as those that are left can say nothing new. */
  async #tryAll(gaps: readonly number[], forgiven: number, withCall: boolean): Promise<Trial[]> {
    const trials: Trial[] = [];
    const enough = new Enough();
    await Promise.all(
      gaps.map(async (gapMs) => {
        const trial = await this.#try(gapMs, forgiven, withCall, enough);
        if (trial === undefined) return;
        trials.push(trial);
        // A longer spacing than one that is tolerated is tolerated.
        if (trial.met === "tolerated") enough.below(trial.gapMs);
      }),
    );
    return trials;
  }

  async #try(gapMs: number, forgiven: number, withCall: boolean, enough: Enough): Promise<Trial | undefined> {
    const ready = await this.#ready(withCall);
    if (ready === undefined) return undefined;
    const { wire, isFit } = ready;
    let lastSentMs = 0;
    for (let sent = 0; sent < forgiven; sent++) {
      lastSentMs = wire.ageMs;
      if ((await wire.ping(answerMs)).answeredMs === undefined) break;
    }
    await this.#surroundings.wait(gapMs - (wire.ageMs - lastSentMs), Promise.race([wire.warned, enough.beyond(gapMs)]));
    const sentMs = wire.ageMs;
    const pausedMs = sentMs - lastSentMs;
    // Ended before its time, or not worth it any more.
    if (wire.isLeaving || !isFit() || pausedMs < gapMs - 1 || this.#surroundings.stopped) {
      await wire.close();
      return undefined;
    }
    const answeredMs = await this.#ping(wire);
    const struck = wasStruck(wire.life);
    const met = struck ? "struck" : answeredMs === undefined ? "lost" : "tolerated";
    const otherwise = wire.isLeaving && !struck;
    await wire.close();
    return otherwise ? undefined : { gapMs: pausedMs, met };
  }

  /** All that is forgiven, a call, and one more PING: is it one too many? */
  async #answerWipes(situation: Situation | undefined, withCall: boolean): Promise<boolean | undefined> {
    const struckAt = situation?.rapid.struckAt;
    if (struckAt === undefined || this.#surroundings.stopped) return undefined;
    const ready = await this.#ready(withCall);
    if (ready === undefined) return undefined;
    const { wire } = ready;
    for (let sent = 1; sent < struckAt; sent++) await wire.ping(answerMs);
    const { outcome } = await wire.check(answerMs);
    if (wire.isLeaving || outcome === "timed-out") return undefined;
    await this.#ping(wire);
    const wiped = !wasStruck(wire.life);
    await wire.close();
    return wiped;
  }
}

function connectMs({ wire }: HeldWire): number {
  return wire.met.attempts.at(-1)?.tookMs ?? 0;
}

/** Tells trials that their spacing is known by a shorter one. */
class Enough {
  #belowMs = Infinity;
  readonly #waiting: { readonly gapMs: number; readonly tell: () => void }[] = [];

  below(gapMs: number): void {
    this.#belowMs = Math.min(this.#belowMs, gapMs);
    for (const { gapMs: waiting, tell } of this.#waiting) if (waiting > this.#belowMs) tell();
  }

  beyond(gapMs: number): Promise<void> {
    return new Promise((tell) => this.#waiting.push({ gapMs, tell }));
  }
}
