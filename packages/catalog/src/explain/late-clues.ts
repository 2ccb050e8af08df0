/**
 * Clues that stand behind a failure: a trace that is flushed later than the error, a connection's report after its calls'.
 * Owns which of them are in reach; what they change is the list's that holds the failures.
 */

/** Much nearer than in front: further down stands what the failure led to, and after that the next failure. */
const maxLines = 20;
const maxAgeMs = 2_000; // a trace is flushed within it; clients wait a second before they connect again
/** So many failures wait for clues at most; with more in so few lines, none can be told whose a clue is. */
const maxWaiting = 50;

export interface Tie {
  /** Indexes into the table's entries. */
  readonly tied: readonly number[];
  /** How often an occurrence had a clue behind it, by the entry that the clue speaks for. */
  readonly cluesBehind: Map<number, number>;
}

interface Waiting {
  readonly tie: Tie;
  readonly line: number;
  readonly timeMs: number | undefined;
  /** Those that were counted for this occurrence. */
  readonly entries: Set<number>;
}

export class LateClues {
  #waiting: Waiting[] = [];

  /** One that nothing is tied with needs no clue. */
  await(tie: Tie, line: number, timeMs: number | undefined): void {
    if (tie.tied.length < 2) return;
    if (this.#waiting.length >= maxWaiting) this.#waiting.shift();
    this.#waiting.push({ tie, line, timeMs, entries: new Set() });
  }

  add(entry: number, line: number, timeMs: number | undefined): void {
    if (this.#waiting.length === 0) return;
    this.#waiting = this.#waiting.filter((each) => line - each.line <= maxLines);
    for (const { tie, timeMs: before, entries } of this.#waiting) {
      const isOld = timeMs !== undefined && before !== undefined && timeMs - before > maxAgeMs;
      if (isOld || entries.has(entry) || !tie.tied.includes(entry)) continue;
      entries.add(entry);
      tie.cluesBehind.set(entry, (tie.cluesBehind.get(entry) ?? 0) + 1);
    }
  }
}
