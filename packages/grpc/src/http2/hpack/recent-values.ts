/**
 * Values that went out lately as literals, to notice one that comes again. A guess for the indexing rules, nothing more:
 * it may forget, and two names with the same value share a place.
 */

// 64: a client that goes round more methods than that would not keep them all in a table of 4,096 octets either.
const maxValues = 64;
// A longer value takes too much of the table to be worth it; with the above, 16 KiB a connection at most.
const maxValueLength = 256;

export class RecentValues {
  /** Made for the second value: a connection of one long call has no other. */
  #nameByValue: Map<string, string> | undefined = undefined;
  #firstName: string | undefined = undefined;
  #firstValue = "";

  /** Whether this pair came lately; notes it otherwise. */
  repeats(name: string, value: string): boolean {
    if (value.length > maxValueLength) return false;
    let names = this.#nameByValue;
    if (names === undefined) {
      if (this.#firstName === undefined) {
        this.#firstName = name;
        this.#firstValue = value;
        return false;
      }
      names = this.#nameByValue = new Map([[this.#firstValue, this.#firstName]]);
    }
    if (names.get(value) === name) return names.delete(value);
    if (names.size >= maxValues) names.clear();
    names.set(value, name);
    return false;
  }
}
