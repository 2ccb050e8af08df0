/**
 * Everything that any process of the world was told, in order. Two runs were the same if their logs are. Owns the
 * memory and the wording of lines; lines are only made when somebody reads them.
 */
export class EventLog {
  readonly #kept: boolean;
  readonly #atMs: number[] = [];
  readonly #who: string[] = [];
  readonly #what: string[] = [];
  readonly #amount: number[] = [];

  constructor(kept: boolean) {
    this.#kept = kept;
  }

  /** `amount` below zero: none. */
  add(atMs: number, who: string, what: string, amount = -1): void {
    if (!this.#kept) return;
    this.#atMs.push(atMs);
    this.#who.push(who);
    this.#what.push(what);
    this.#amount.push(amount);
  }

  /** One line an event: `12.250 client-1#3 data 139`. */
  lines(): string[] {
    return this.#atMs.map((atMs, i) => {
      const amount = this.#amount[i] ?? -1;
      return `${atMs.toFixed(3)} ${this.#who[i]} ${this.#what[i]}${amount < 0 ? "" : ` ${amount}`}`;
    });
  }
}
