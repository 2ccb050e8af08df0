/**
 * The search itself: new inputs, and changed ones of a corpus. An input enters the corpus when two things follow each other in
 * it that were never seen in a row. Owns no clock: it is asked for one execution after another.
 */

import { Dice } from "./dice.ts";
import type { FuzzInput } from "./input.ts";
import { type Judgement, judge, kindOf, shrink } from "./judge.ts";
import { makeInput } from "./make/input.ts";
import { mutate } from "./make/mutate.ts";

/** Of one role; when there are more, the search goes on with those that came first. */
const maxCorpus = 4_000;

type Broken = Extract<Judgement, { kind: "finding" }>;

export interface Finding {
  readonly what: string;
  readonly input: FuzzInput;
  /** How often the same was found. */
  count: number;
}

export class Fuzz {
  readonly #seed: number;
  readonly #corpus: FuzzInput[];
  readonly #features = new Map<FuzzInput["role"], Set<string>>();
  readonly findings = new Map<string, Finding>();
  /** Something was found that stands in the way of more. */
  isOver = false;
  executions = 0;
  bytes = 0;

  /** @param start Inputs to begin with: recordings, and what was found before. */
  constructor(seed: number, start: readonly FuzzInput[]) {
    this.#seed = seed;
    this.#corpus = [...start];
    for (const input of start) this.#try(input, 0);
  }

  get corpusSize(): number {
    return this.#corpus.length;
  }

  get featureCount(): number {
    return [...this.#features.values()].reduce((sum, { size }) => sum + size, 0);
  }

  /** One input: a new one, or one of the corpus with changes. */
  execute(): void {
    const dice = new Dice(this.#seed * 1_000_003 + this.executions); // a prime: neighbouring seeds share no inputs
    const isNew = this.#corpus.length === 0 || dice.chance(0.3);
    const input = isNew ? makeInput(dice) : this.#changed(dice);
    if (this.#try(input, dice.below(1_000_000)) && this.#corpus.length < maxCorpus) this.#corpus.push(input);
  }

  #changed(dice: Dice): FuzzInput {
    const input = dice.pick(this.#corpus);
    const alike = this.#corpus.filter(({ role }) => role === input.role);
    return mutate(dice, input, dice.pick(alike));
  }

  /** True when something new was seen. */
  #try(input: FuzzInput, cutSeed: number): boolean {
    this.executions++;
    const judgement = judge(input, cutSeed);
    if (judgement.kind === "finding") {
      this.#found(input, judgement, cutSeed);
      return false;
    }
    const { features, bytesIn } = judgement.outcome;
    this.bytes += bytesIn;
    const seen = this.#features.get(input.role) ?? new Set();
    this.#features.set(input.role, seen);
    const before = seen.size;
    for (const feature of features) seen.add(feature);
    return seen.size > before;
  }

  #found(input: FuzzInput, { what, isEndless }: Broken, cutSeed: number): void {
    const known = this.findings.get(kindOf(what));
    if (known !== undefined) {
      known.count++;
      return;
    }
    // Each attempt to shrink what does not end would take as long again, and so would the search.
    this.isOver ||= isEndless === true;
    const smallest = isEndless === true ? input : shrink(input, what, cutSeed);
    this.findings.set(kindOf(what), { what, input: smallest, count: 1 });
  }
}
