/** Owns what a driver in Node says about its client, so that trials can be made with it. */

import type { ClientOrder, OrderedTrial } from "../experiment/client-order.ts";
import type { ClientSetup } from "../experiment/client-setup.ts";
import type { CallPlan } from "../experiment/experiment.ts";

/** One call as its client makes it. `id` stands at the head of each of its messages. */
export interface DrivenCall {
  readonly id: number;
  readonly kind: Required<CallPlan>["kind"];
  readonly plan: Required<CallPlan>;
  /** Undefined: the call has no deadline. */
  readonly deadlineMs: number | undefined;
  /** The caller's own cancel. */
  readonly signal: AbortSignal;
}

/** One channel of the client, or whatever it has in its place. */
export interface TrialChannel {
  /** Rejects if the call fails, with what the client gives its user. */
  call(call: DrivenCall): Promise<void>;
  close(): void | Promise<void>;
}

export interface CallFailure {
  /** gRPC's name of the code where the client has one, else its error's code or name. */
  readonly code: string;
  /** As the client prints it. */
  readonly text: string;
  /** Only of clients that say so. */
  readonly processed?: string;
}

export interface TrialClient {
  readonly versions: Readonly<Record<string, string>>;
  /** Settings that the client does not have, with the reason in words. */
  readonly cannot: Readonly<Partial<Record<keyof ClientSetup, string>>>;
  /** Opens what a user of the client would; throws `Unsupported` for a value that it cannot take. */
  open(trial: OrderedTrial, order: ClientOrder): TrialChannel;
  failureOf(error: unknown): CallFailure;
}

/** Thrown by `open`: the client has the setting, but not with this value. */
export class Unsupported extends Error {
  readonly setting: keyof ClientSetup;

  constructor(setting: keyof ClientSetup, why: string) {
    super(why);
    this.setting = setting;
  }
}

/** Why a client has no `session` habits. */
export const noSession = "the client keeps its sessions to itself";

/** The time limit and the caller's cancel as the one signal that clients of the web's kind take. */
export function stopSignal({ deadlineMs, signal }: DrivenCall): AbortSignal {
  return deadlineMs === undefined ? signal : AbortSignal.any([signal, AbortSignal.timeout(deadlineMs)]);
}
