/** Owns what is counted of an arm of an experiment, and the rates made from it. */

/** Counts of one client in one arm. The three counts of survival are taken at the backends' journals and the client's lines. */
export interface ArmCount {
  readonly trials: number;
  /** Every call of the trial ended OK. */
  readonly survived: number;
  /** By the first failure's code of each trial that did not survive: gRPC's names. */
  readonly failed: Readonly<Record<string, number>>;
  /** Trials in which a call was executed more than once. */
  readonly executedTwice: number;
  /** Trials with a call that never settled. */
  readonly neverSettled: number;
  /** Trials whose world did not stand; they are in none of the other counts, and in no rate. */
  readonly broken: number;
  /** What the client printed, volatile parts (ports, ids, times) as `…`, with how often. At most 8. */
  readonly texts: readonly { readonly text: string; readonly count: number }[];
}
