/**
 * What a rule is: a condition over settled settings that must not hold, in words and as a function, with what is seen when it
 * does and where that is written. Rules are data; `check-path.ts` runs them, and the linter and the planner use the same ones.
 */

import type { HopKind } from "../hops/hop-kind.ts";
import type { Leg, RelayHop } from "../hops/legs.ts";
import type { Hop, Path, Workload } from "../hops/path.ts";
import type { SourceId } from "./sources-table.ts";

/**
 * `error`: breaks with these numbers. `warning`: breaks under a condition that comes sooner or later. `note`: hygiene, or
 * something to know.
 */
export type Severity = "error" | "warning" | "note";

/** A field of the path, such as `sender.pingEveryMs`, or a setting as typed, such as `written.grpc.keepalive_time_ms`. */
export type SettingName = string;

export interface Rule {
  /** Stable; never used for anything else. */
  readonly id: string;
  readonly severity: Severity;
  /** What it looks at: sides of a leg, kinds of hop, the platform, or the calls. */
  readonly concerns: readonly (HopKind | "sender" | "receiver" | "relay" | "wire" | "platform" | "calls" | "written")[];
  /** What must not be, in one line. */
  readonly says: string;
  /** What goes over the wire and what the caller sees. */
  readonly seen: string;
  readonly fix: string;
  readonly sources: readonly SourceId[];
  /** Facts without which it can neither pass nor fail. */
  readonly needs?: readonly (keyof Workload)[];
  readonly find: (view: PathView) => Iterable<Broken>;
}

/** One place where a rule is broken. */
export interface Broken {
  readonly hops: readonly Hop[];
  /** The settings that contradict each other, of those hops in that order. */
  readonly settings: readonly SettingName[];
  /** With the figures. */
  readonly says: string;
}

/** A settled path as rules see it. */
export interface PathView extends Path {
  readonly legs: readonly Leg[];
  readonly relays: readonly RelayHop[];
  readonly client: Hop;
  readonly server: Hop;
  /** Longest silence of the server inside a call, heartbeats considered; `undefined`: not known. */
  readonly silenceDownMs: number | undefined;
  readonly silenceUpMs: number | undefined;
}

/** Absent values prove nothing, so a comparison with one is false. */
export function below(a: number | undefined, b: number | undefined): boolean {
  return a !== undefined && b !== undefined && a < b;
}

export function atMost(a: number | undefined, b: number | undefined): boolean {
  return a !== undefined && b !== undefined && a <= b;
}

/** Set, and to an end: neither unknown nor never. */
export function ends(value: number | undefined): value is number {
  return value !== undefined && value < Infinity;
}
