/** Numbers the sources of one record in the order in which they are first leaned on; each is listed once. */

export class SourceNumbers {
  readonly #numbers = new Map<string, number>();

  of(sources: readonly string[]): readonly number[] {
    return sources.map((source) => {
      const number = this.#numbers.get(source) ?? this.#numbers.size + 1;
      this.#numbers.set(source, number);
      return number;
    });
  }

  /** In the order of their numbers, from 1. */
  get all(): readonly string[] {
    return [...this.#numbers.keys()];
  }
}
