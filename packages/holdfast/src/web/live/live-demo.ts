/** What the live page needs of a demo: the contract between it and the lab, so that tests can play one. */

import type { DemoPlan, DemoResult, DemoView, NamedFailure } from "@holdfast/lab/demo";

export interface LiveDemo {
  /** Ends when every call has settled. Rejects if it cannot be run. */
  run(): Promise<DemoResult>;
  /** No more calls; `run` ends when the open ones have settled. */
  stop(): void;
  /** `run` ends now. */
  abort(): void;
  view(): DemoView;
  /** In the order in which they were told; grows. */
  readonly failures: readonly NamedFailure[];
}

export type MakeDemo = (plan: DemoPlan) => Promise<LiveDemo>;

/** The real one: processes and sockets on loopback. */
export const makeDemo: MakeDemo = async (plan) => {
  const { Demo } = await import("@holdfast/lab/demo");
  return new Demo(plan);
};
