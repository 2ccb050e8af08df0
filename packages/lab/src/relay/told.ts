/** Owns what faults did on a relay: counts for ever, and the newest doings one by one. */

export interface Doing {
  /** Since the relay began. */
  readonly atMs: number;
  readonly connection: number;
  /** The fault's id; `relay` for what the relay itself has to say. */
  readonly fault: string;
  readonly what: string;
}

/** Older doings are counted and let go. */
const maxKept = 1_000;

export class Told {
  readonly #counts = new Map<string, number>();
  readonly #newest: Doing[] = [];
  readonly #onDoing: (doing: Doing) => void;

  constructor(onDoing: (doing: Doing) => void = () => {}) {
    this.#onDoing = onDoing;
  }

  add(doing: Doing): void {
    const { fault } = doing;
    this.#counts.set(fault, (this.#counts.get(fault) ?? 0) + 1);
    this.#newest.push(doing);
    if (this.#newest.length > maxKept) this.#newest.shift();
    this.#onDoing(doing);
  }

  /** How often a fault did something. */
  count(fault: string): number {
    return this.#counts.get(fault) ?? 0;
  }

  /** By the faults' ids, those that did something. */
  get counts(): Readonly<Record<string, number>> {
    return Object.fromEntries(this.#counts);
  }

  /** At most 1,000, oldest first. */
  get newest(): readonly Doing[] {
    return this.#newest;
  }
}
