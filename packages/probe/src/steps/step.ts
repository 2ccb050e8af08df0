/** The contract of a step: what it is given, what it says. Owns the words for a verdict; each step is a file of its own. */

import type { Network, Wire, WireTls } from "../wire/index.ts";
import type { FindingId } from "./finding-entries.ts";
import type { TxtResolver } from "./txt-resolver.ts";

/** Worst last: `skipped` means that there was nothing to look at, or nothing to look with. */
export type Verdict = "well" | "skipped" | "doubtful" | "failed";

/** Something that is not as it should be, or may not be. */
export interface Finding {
  readonly id: FindingId;
  readonly verdict: "doubtful" | "failed";
  /** What is so, with the figures; a sentence. */
  readonly text: string;
  /** What follows from it for a client, and what to do; a sentence or two. */
  readonly advice: string;
  /** The catalog's entry about it, if there is one. */
  readonly catalogId?: string;
}

/** A row of what was seen. Values of the peer are as they came: whoever prints them escapes them. */
export interface Fact {
  readonly name: string;
  readonly value: string;
}

export interface StepOutcome {
  /** One sentence: what there is. */
  readonly headline: string;
  readonly facts?: readonly Fact[];
  readonly findings?: readonly Finding[];
  /** Nothing could be looked at; not with findings. */
  readonly skipped?: true;
  readonly trace?: readonly TraceLine[];
}

/** A frame, or something else that one side did. */
export interface TraceLine {
  /** Since the first connection was begun, ms. */
  readonly atMs: number;
  /** 1 for the first connection. */
  readonly connection: number;
  readonly from: "client" | "server";
  /** Printable, whatever the peer wrote. */
  readonly text: string;
}

export interface Step {
  readonly id: StepId;
  readonly title: string;
  /** How long it may take at most, given how long one answer may, ms. A step that keeps its own limits never reaches it. */
  limitMs(answerMs: number): number;
  run(context: ProbeContext): Promise<StepOutcome>;
}

export type StepId = "dns" | "tcp" | "tls" | "http2" | "health" | "services" | "frames" | MeasuredId;

/** What is measured only when asked for: see `../measure`. */
export type MeasuredId = "level" | "streams" | "idle" | "age" | "pings" | "watch";

export interface StepResult extends StepOutcome {
  readonly id: StepId;
  readonly title: string;
  readonly verdict: Verdict;
  readonly facts: readonly Fact[];
  readonly findings: readonly Finding[];
  readonly tookMs: number;
}

/** What is to be looked at. */
export interface ProbeTarget {
  /** A name or an IP address, without brackets. */
  readonly host: string;
  readonly port: number;
  /** An IP address to use in place of what the name resolves to. */
  readonly resolve?: string;
  /** `:authority`, and the name that TLS asks for. Default: `host:port` and `host`. */
  readonly authority?: string;
  /** `auto` looks what the port speaks. */
  readonly security: "auto" | "plain" | "tls";
  /** PEM. */
  readonly ca?: string;
  readonly cert?: string;
  readonly key?: string;
  /** Whose health is asked; empty: the whole server's. */
  readonly service: string;
  /** How long one answer may take, ms. */
  readonly answerMs: number;
}

/** What steps are given, and what earlier ones have learnt. */
export interface ProbeContext {
  readonly target: ProbeTarget;
  readonly network: Network;
  readonly resolveTxt: TxtResolver;
  /** What the name resolves to; empty when it does not. */
  addresses: readonly string[];
  /** The address that takes connections. */
  address: string | undefined;
  /** What the port turned out to speak: TLS with these options, or plain text. */
  tls: WireTls | undefined;
  /** The connection that steps share; undefined: none came up. */
  wire: Wire | undefined;
  /** What the steps before have found. */
  readonly found: Finding[];
  /** Every connection that carried HTTP/2 or tried to, oldest first. */
  readonly wires: Wire[];
}
