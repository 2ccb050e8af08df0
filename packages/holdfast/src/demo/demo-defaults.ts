/** Owns what `holdfast demo` does without flags. */

export const defaults = {
  /** Two shared cores carry it easily, clients and backends together. */
  ratePerS: 200,
  /** Fourteen restarts: every backend goes in both ways, twice. */
  forMs: 30_000,
} as const;
