/**
 * The contract of a measure: plan → act → evidence → finding. A plan says beforehand how long it takes and how many
 * connections it needs; acting yields evidence that is plain data; judging is pure. Owns the words of all measures together.
 */

import type { MeasuredId } from "../steps/step.ts";
import type { Surroundings } from "./surroundings.ts";

/** In the order in which they are shown. */
export const measureIds = ["level", "streams", "idle", "age", "pings"] as const;

export type MeasureId = (typeof measureIds)[number];

/** 10 min: the timeouts of ALB (60 s), nginx (75 s), Azure (240 s) and NLB (350 s), and gRPC's 5 min between PINGs. */
export const defaultForMs = 600_000;
/** Less says nothing about any timer that people set; ms. */
export const leastForMs = 5_000;

/** What a measure is allowed. */
export interface Bounds {
  /** How long it may take from its beginning, ms. */
  readonly forMs: number;
}

export interface Plan {
  /** It is over by then whatever happens, ms. Mostly it is over sooner. */
  readonly atMostMs: number;
  /** Connections that are open at the same time, at most. */
  readonly connections: number;
  /** What it is going to do to the server, one sentence. */
  readonly does: string;
}

export interface Measure<P extends Plan, E> {
  readonly id: MeasureId;
  /** For instance `Idle timeout`. */
  readonly title: string;
  plan(bounds: Bounds): P;
  /** Ends by itself, at `atMostMs` at the latest, and leaves nothing open. */
  act(plan: P, surroundings: Surroundings): Promise<E>;
  /** @param others What the other measures came to: `level` is judged last. */
  judge(evidence: E, plan: P, others: readonly Finding[]): Finding;
}

/** What a measure came to. */
export interface Finding {
  readonly id: MeasuredId;
  readonly title: string;
  /** `doubtful`: measured, and it will hurt clients with common settings. `skipped`: it could not be measured. */
  readonly verdict: "well" | "doubtful" | "failed" | "skipped";
  /** What was found, one or two sentences. */
  readonly words: string;
  /** The same for programs: names with their units. */
  readonly facts: Readonly<Record<string, string | number | boolean>>;
  /** What was seen that the words rest on, one line each. */
  readonly evidence: readonly string[];
  /** What it means for the settings of a client, or of a hop in front. */
  readonly advice: readonly string[];
  /** The catalog's entry on it. */
  readonly catalogId?: string;
}
