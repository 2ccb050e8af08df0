/**
 * Owns what viewers of the live demo are told: plain data, whole each time, so that a viewer who comes late or comes back
 * sees what the others see. Some 4 KB; how it is drawn is the page's.
 */

import type { ClientName, DemoPlan, DemoView, MethodName, MethodView, PromiseId, Restart } from "@holdfast/lab/demo";

export type LiveView =
  /** Nobody has started a run since the server began. */
  { readonly kind: "idle" } | RunView;

export interface RunView {
  readonly kind: "run";
  /** Counts the runs of this server, from 1. */
  readonly number: number;
  readonly plan: DemoPlan;
  readonly phase: DemoView["phase"];
  /** Of the load, ms; never more than the plan's. */
  readonly elapsedMs: number;
  readonly backends: DemoView["backends"];
  readonly restarts: readonly Restart[];
  readonly clients: readonly LiveClient[];
  /** The latest of each client, newest first. */
  readonly failures: readonly ToldFailure[];
  /** There when nothing goes on any more. */
  readonly ending?: LiveEnding;
}

/** Failed calls are counted by pieces of this length, and the picture is sent as often. */
export const pieceMs = 250;

export interface LiveClient {
  readonly client: ClientName;
  readonly methods: readonly MethodView[];
  readonly cpuUsPerCall?: number;
  /** Calls that had ended by a moment of the load, oldest first. */
  readonly ended: readonly (readonly [atMs: number, calls: number])[];
  /** Failed calls in each piece of the load; shorter than the load while nothing has failed. */
  readonly failedIn: Readonly<Record<MethodName, readonly number[]>>;
}

/** Failures of a client that read the same. */
export interface ToldFailure {
  readonly client: ClientName;
  readonly method: MethodName;
  /** gRPC's name of the status. */
  readonly code: string;
  readonly processed?: "no" | "maybe" | "yes";
  /** The termination report's summary, or what the client's error says. */
  readonly text: string;
  readonly count: number;
  /** Of the last of them, since the start of the load. */
  readonly atMs: number;
  /** What the catalog makes of it; absent while that is being looked up, and when it does not know. */
  readonly entry?: EntryLink;
}

export interface EntryLink {
  readonly id: string;
  readonly title: string;
  readonly titleZh: string;
  /** So many other entries fit the text as well. */
  readonly others: number;
}

export type LiveEnding =
  | { readonly kind: "finished" | "stopped"; readonly broken: readonly BrokenPromise[] }
  /** Cut off before it could be judged: everybody had left, or it had not begun. */
  | { readonly kind: "cut" }
  /** It could not be run. */
  | { readonly kind: "trouble"; readonly message: string };

export interface BrokenPromise {
  readonly promise: PromiseId;
  readonly calls: number;
}
