/**
 * Owns the contract with a client's driver: a program of any language that is given one order as its only argument (JSON),
 * makes the trials in it, and prints a JSON line for each call that settles. Does not own the programs (`../drivers`).
 */

import type { ClientSetup } from "./client-setup.ts";
import type { CallPlan } from "./experiment.ts";

/** A trial as a driver sees it: a channel of its own, closed when its calls have settled. */
export interface OrderedTrial {
  readonly trial: number;
  readonly target: string;
  readonly caPem?: string;
  readonly serverName?: string;
  /** Numbers that this trial's calls put into their messages (`call-message.ts`); as many as the plan has calls. */
  readonly callIds: readonly number[];
}

export interface ClientOrder {
  readonly setup: ClientSetup;
  /** Every field filled in. */
  readonly plan: Required<CallPlan>;
  /** How many trials at once. */
  readonly atOnce: number;
  /** In this order. */
  readonly trials: readonly OrderedTrial[];
}

/** The lines that a driver prints. */
export type ClientLine =
  /** First of all: what runs, for the result file. */
  | { readonly kind: "versions"; readonly versions: Readonly<Record<string, string>> }
  /** The client has no such setting; nothing is run. `setting` is the name in `ClientSetup`. */
  | { readonly kind: "unsupported"; readonly setting: string; readonly why: string }
  /** The driver cannot run here, and says why. */
  | { readonly kind: "skipped"; readonly why: string }
  | { readonly kind: "ok"; readonly trial: number; readonly id: number; readonly tookMs: number }
  | {
      readonly kind: "failed";
      readonly trial: number;
      readonly id: number;
      readonly tookMs: number;
      /** gRPC's name of the code where the client has one, else its error's name or code. */
      readonly code: string;
      /** As the client prints it: what a user would paste. */
      readonly text: string;
      /** Only of clients that say so. */
      readonly processed?: string;
    }
  /** The trial's warm-up failed: the world did not stand. The trial counts as broken, not as failed. */
  | { readonly kind: "broken"; readonly trial: number; readonly why: string }
  /** Every call has settled, or had its time: deadline (if any) and 5 s. A call without a line never settled. */
  | { readonly kind: "done" };
