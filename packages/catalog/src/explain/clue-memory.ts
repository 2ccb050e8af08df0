/** Remembers clues: lines that stand near a failure and make an entry likelier. */

/** A clue speaks for a failure at most this far behind it. */
const maxLines = 200;
const maxAgeMs = 120_000; // two minutes: a drain's grace and what follows it

interface Clue {
  readonly line: number;
  readonly timeMs: number | undefined;
}

export class ClueMemory {
  /** The latest for each entry: an earlier one reaches no further. */
  readonly #clues = new Map<number, Clue>();

  add(entry: number, line: number, timeMs: number | undefined): void {
    this.#clues.set(entry, { line, timeMs });
  }

  get isEmpty(): boolean {
    return this.#clues.size === 0;
  }

  /** Entries with a clue in reach of this line. */
  near(line: number, timeMs: number | undefined): ReadonlySet<number> {
    const found = new Set<number>();
    for (const [entry, clue] of this.#clues) {
      const isFar = line - clue.line > maxLines;
      const isOld = timeMs !== undefined && clue.timeMs !== undefined && timeMs - clue.timeMs > maxAgeMs;
      if (!isFar && !isOld) found.add(entry);
    }
    return found;
  }
}
