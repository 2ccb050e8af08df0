/** A place for one value: whoever reads slowly finds the latest, not all of them. Owns no order of several readers. */

export class Latest<Value> {
  #value: { readonly value: Value } | undefined;
  #isEnded = false;
  #wake: () => void = () => {};

  put(value: Value): void {
    this.#value = { value };
    this.#wake();
  }

  /** What is there is still read. */
  end(): void {
    this.#isEnded = true;
    this.#wake();
  }

  /** For one reader. */
  async *values(): AsyncGenerator<Value> {
    for (;;) {
      const there = this.#value;
      this.#value = undefined;
      if (there !== undefined) yield there.value;
      else if (this.#isEnded) return;
      else await new Promise<void>((resolve) => (this.#wake = resolve));
    }
  }
}
