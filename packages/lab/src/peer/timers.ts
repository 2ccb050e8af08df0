/** Owns the timers of one connection, so that none of them outlives it. */

interface Pending {
  readonly timer: NodeJS.Timeout;
  readonly run: () => void;
  readonly atClose: "early" | "never";
}

export class Timers {
  readonly #pending = new Set<Pending>();
  #open = true;

  /**
   * Runs `run` after `delayMs`; at the connection's end what is still pending runs early, or never. Returns a function that
   * forgets it.
   */
  after(delayMs: number, run: () => void, atClose: "early" | "never"): () => void {
    if (!this.#open) {
      if (atClose === "early") run();
      return () => {};
    }
    const timer = setTimeout(() => {
      this.#pending.delete(pending);
      run();
    }, delayMs);
    const pending: Pending = { timer, run, atClose };
    this.#pending.add(pending);
    return () => {
      clearTimeout(timer);
      this.#pending.delete(pending);
    };
  }

  close(): void {
    this.#open = false;
    for (const pending of [...this.#pending]) {
      clearTimeout(pending.timer);
      this.#pending.delete(pending);
      if (pending.atClose === "early") pending.run();
    }
  }
}
