/**
 * Owns what an experiment is: a failure that is made on purpose, with the clients that an entry names, and every workaround
 * and dead end of the entry as a treatment against the untreated control. Does not own how it is run (`run-experiment.ts`)
 * or counted (`outcome.ts`).
 */

import type { ClientSetup } from "./client-setup.ts";
import type { World } from "./world.ts";

/** Clients that trials are made with. Each has one driver; one that the machine cannot have is named as skipped. */
export const clientIds = [
  "grpc-js",
  "nice-grpc",
  "connect-node",
  "node-http2",
  "undici",
  "holdfast",
  "grpcio",
  "grpc-go",
  "grpc-java",
  "tonic",
] as const;
export type ClientId = (typeof clientIds)[number];

/**
 * A trial is one channel with its calls in a world of its own, so that trials are independent by construction: a rate of n
 * trials has the interval of n trials. It survived if every one of its calls ended OK.
 */
export interface Trial {
  /** From 1 in each arm. */
  readonly number: number;
  readonly client: ClientId;
  /** Its world records what happens on the wire (`World.frames`): true of the first trial of a control. */
  readonly recorded: boolean;
  /** In [0, 1), drawn from the seed, the entry, the client, the arm and the trial's number: the same in every run of a seed. */
  random(): number;
  /** A whole number from `from` to `to`, both included. */
  between(from: number, to: number): number;
}

export type MakeWorld = (trial: Trial) => Promise<World>;

/** What one trial asks of its channel. */
export interface CallPlan {
  /** Default: `unary`. Streaming kinds carry `messages` messages, `messageEveryMs` apart. */
  readonly kind?: "unary" | "server-streaming" | "client-streaming" | "bidi-streaming";
  /** How many counted calls a trial makes, all at once. Default: 1. */
  readonly calls?: number;
  /** Between the end of one call of a trial and the next, which then come one after another. Default: 0, all at once. */
  readonly everyMs?: number;
  /** A call before the counted ones, answered at once and not counted, so that the connection stands. Default: true. */
  readonly warmUp?: boolean;
  /** Idle time between the warm-up and the first counted call, in ms. Default: 0. */
  readonly idleMs?: number;
  /** Default: 100. */
  readonly requestBytes?: number;
  /** Default: 5,000. `none`: a call without a time limit; the trial waits 5 s for it. */
  readonly deadlineMs?: number | "none";
  /** The caller itself cancels each call so long after its first attempt began. Default: `never`. */
  readonly cancelAfterMs?: number | "never";
  /** The program closes its own channel so long after the first counted call began. Default: `never` before all have settled. */
  readonly closeChannelAfterMs?: number | "never";
  /**
   * Unary calls that the program makes on the same channel right before the counted ones and does not wait for: cancelled at
   * once, or left open for ever, without a deadline. They carry `asideCallId` and are not counted. Default: none.
   */
  readonly aside?: { readonly calls: number; readonly then: "cancel" | "leave-open" };
  /** Default: 10. */
  readonly messages?: number;
  /** Default: 20. */
  readonly messageEveryMs?: number;
}

/** What holds where neither the experiment nor the treatment says otherwise. */
export const defaultPlan: Required<CallPlan> = {
  kind: "unary",
  calls: 1,
  everyMs: 0,
  warmUp: true,
  idleMs: 0,
  requestBytes: 100,
  deadlineMs: 5_000,
  cancelAfterMs: "never",
  closeChannelAfterMs: "never",
  aside: { calls: 0, then: "cancel" },
  messages: 10,
  messageEveryMs: 20,
};

export interface Treatment {
  /** What was done, in words for a table; never longer than a line. */
  readonly says: string;
  /** Laid over the control's. */
  readonly client?: ClientSetup;
  /** Laid over the control's. */
  readonly plan?: CallPlan;
  /** Where the other side is what changes. */
  readonly world?: MakeWorld;
  /** Those that can do it. Default: all of the experiment. */
  readonly clients?: readonly ClientId[];
}

export interface Experiment {
  /** The catalog's id. */
  readonly entry: string;
  /** What is made to happen, in a sentence. */
  readonly says: string;
  /** `emulated`: a device that cannot be had here, imitated. */
  readonly tier: "reproduced" | "emulated";
  readonly clients: readonly ClientId[];
  /**
   * Entries whose texts the control may print besides those of `entry` and what is tied with it: a client has a text of its own
   * for such an end, or the entry is one that leads to them. Any other text fails the run.
   */
  readonly also?: readonly string[];
  readonly plan?: CallPlan;
  /** Settings of every arm. */
  readonly client?: ClientSetup;
  readonly world: MakeWorld;
  /** By the ids of the entry's workarounds and dead ends: what was tried of them. */
  readonly treatments: Readonly<Record<string, Treatment>>;
  /** Trials of each client in each arm. Default: 60. */
  readonly trials?: number;
  /** Trials at the same time. Default: 20. */
  readonly atOnce?: number;
  /** What must be on the machine besides Node and the clients: `nginx`, `haproxy`, `go`… Absent: the experiment is named as skipped. */
  readonly needs?: readonly string[];
}

/** Gives an experiment its type; a module of `experiments/<domain>/<slug>.ts` exports one as its default. */
export function experiment(definition: Experiment): Experiment {
  return definition;
}
