/** Remembers which lines belong to failures already told, as far back as a group may reach. */

import { maxLinesAhead, maxLinesBack, maxLinesBetween } from "../read/group-lines.ts";

/** How far the first and the last line of a group can be apart: its lines, and those of others between each two. */
const reach = (maxLinesBack + maxLinesAhead) * maxLinesBetween;
/** More are held before they are looked through, so that this is seldom. */
const maxHeld = 4 * reach;

export class ToldLines {
  readonly #numbers = new Set<number>();

  has(number: number): boolean {
    return this.#numbers.has(number);
  }

  add(number: number): void {
    this.#numbers.add(number);
  }

  /** Groups of several containers stand among each other, so lines within a group's reach of `number` may still come. */
  forgetBefore(number: number): void {
    if (this.#numbers.size <= maxHeld) return;
    for (const told of this.#numbers) if (told < number - reach) this.#numbers.delete(told);
  }
}
