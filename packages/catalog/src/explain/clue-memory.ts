/** Remembers clues: lines that stand near a failure and make an entry likelier. */

/** A clue speaks for a failure at most this far behind it. */
const maxLines = 200;
const maxAgeMs = 120_000; // two minutes: a drain's grace and what follows it

/** More clues than this within reach say nothing any more. */
const maxClues = 200;

interface Clue {
  readonly entry: number;
  readonly line: number;
  readonly timeMs: number | undefined;
}

export class ClueMemory {
  #clues: Clue[] = [];

  add(entry: number, line: number, timeMs: number | undefined): void {
    this.#clues.push({ entry, line, timeMs });
    if (this.#clues.length > maxClues) this.#clues = this.#clues.slice(-maxClues / 2);
  }

  get isEmpty(): boolean {
    return this.#clues.length === 0;
  }

  /** Entries with a clue in reach of this line. */
  near(line: number, timeMs: number | undefined): ReadonlySet<number> {
    const found = new Set<number>();
    for (const clue of this.#clues) {
      const isFar = line - clue.line > maxLines;
      const isOld = timeMs !== undefined && clue.timeMs !== undefined && timeMs - clue.timeMs > maxAgeMs;
      if (!isFar && !isOld) found.add(clue.entry);
    }
    return found;
  }
}
