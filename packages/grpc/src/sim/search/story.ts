/** What happened in a world, in order, for a person to read. Owns the lines; keeps none unless somebody will read them. */
export class Story {
  readonly lines: string[] = [];
  readonly told: boolean;
  readonly #nowMs: () => number;

  /** @param told False keeps nothing. */
  constructor(told: boolean, nowMs: () => number) {
    this.told = told;
    this.#nowMs = nowMs;
  }

  tell(who: string, what: string): void {
    if (this.told) this.lines.push(`${this.#nowMs().toFixed(3).padStart(12)}  ${who.padEnd(10)} ${what}`);
  }
}
