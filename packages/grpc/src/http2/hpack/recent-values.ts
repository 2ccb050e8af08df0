/**
 * Values that went out lately as literals, to notice one that comes again. A guess for the indexing rules, nothing more:
 * it may forget, and two names with the same value share a place.
 */

// 64: a client that goes round more methods than that would not keep them all in a table of 4,096 octets either.
const maxValues = 64;
// A longer value takes too much of the table to be worth it; with the above, 16 KiB a connection at most.
const maxValueLength = 256;

export class RecentValues {
  readonly #nameByValue = new Map<string, string>();

  /** Whether this pair came lately; notes it otherwise. */
  repeats(name: string, value: string): boolean {
    if (value.length > maxValueLength) return false;
    if (this.#nameByValue.get(value) === name) return this.#nameByValue.delete(value);
    if (this.#nameByValue.size >= maxValues) this.#nameByValue.clear();
    this.#nameByValue.set(value, name);
    return false;
  }
}
