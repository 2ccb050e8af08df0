/** Draws from a seed in the shapes that plans need. Owns no numbers of its own. */

import { createRandom, type Random } from "../random.ts";

export class Dice {
  readonly #random: Random;

  constructor(seed: number) {
    this.#random = createRandom(seed);
  }

  /** True with probability `p`. */
  chance(p: number): boolean {
    return this.#random() < p;
  }

  /** A whole number from `least` to `most`, both included. */
  whole(least: number, most: number): number {
    return least + Math.floor(this.#random() * (most - least + 1));
  }

  /** Every order of magnitude from `least` (above 0) to `most` is as likely as any other. */
  scale(least: number, most: number): number {
    return Math.round(least * (most / least) ** this.#random());
  }

  pick<T>(list: readonly T[]): T {
    return list[Math.floor(this.#random() * list.length)] as T;
  }

  /** So many of `make()`. */
  many<T>(count: number, make: (index: number) => T): T[] {
    return Array.from({ length: count }, (_, index) => make(index));
  }
}
