/** What running an input came to, whatever was run. */

/** A promise that was not kept, in words. */
export class BrokenPromise extends Error {
  override readonly name = "BrokenPromise";
}

export interface Outcome {
  /** What was heard, bodies joined: the same however the bytes were cut. */
  readonly heard: readonly string[];
  /** What kinds of things happened, in pairs: what a corpus is chosen by. */
  readonly features: ReadonlySet<string>;
  readonly bytesIn: number;
}
