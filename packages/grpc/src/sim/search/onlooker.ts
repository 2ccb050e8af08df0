/**
 * Asks clients and servers of a world how they stand, at moments that are its own, and judges the answers: they must come,
 * and be plain. It takes no part in the world: its chance is not the world's, and it causes no event.
 */

import type { Invariants } from "../invariants.ts";
import { createRandom, type Random } from "../random.ts";

/** Who can be asked; undefined while there is nobody. */
export interface Inspected {
  inspect(): object | undefined;
}

/** Of as many steps of a world, one is looked at: some hundred looks at a usual world. */
const looksEvery = 400;

export class Onlooker {
  readonly #chance: Random;
  readonly #book: Invariants;
  looks = 0;

  constructor(seed: number, book: Invariants) {
    this.#chance = createRandom(seed);
    this.#book = book;
  }

  /** Another step of the world is done. */
  stepped(all: () => Iterable<Inspected>): void {
    if (this.#chance() * looksEvery >= 1) return;
    for (const one of all()) this.#look(one);
  }

  #look(one: Inspected): void {
    this.looks++;
    try {
      const fault = faultIn(one.inspect(), "");
      if (fault !== undefined) this.#book.found("threw", `inspect handed out what JSON does not keep: ${fault}`);
    } catch (error) {
      this.#book.found("threw", `inspect threw: ${error instanceof Error ? (error.stack ?? "") : String(error)}`);
    }
  }
}

/** Where something is that would not survive JSON: a number without end, a property without value, a thing of a class. */
function faultIn(value: unknown, where: string): string | undefined {
  if (value === undefined) return where === "" ? undefined : `${where} is undefined`;
  if (typeof value === "number") return Number.isFinite(value) ? undefined : `${where} is ${value}`;
  if (typeof value === "string" || typeof value === "boolean" || value === null) return undefined;
  if (typeof value !== "object") return `${where} is a ${typeof value}`;
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype !== Object.prototype && prototype !== Array.prototype) return `${where} is of a class`;
  for (const [name, each] of Object.entries(value)) {
    const fault = faultIn(each, `${where}.${name}`);
    if (fault !== undefined) return fault;
  }
  return undefined;
}
