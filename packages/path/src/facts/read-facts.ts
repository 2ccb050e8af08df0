/** Turns what was typed into facts: texts by the name of the fact, defaults for the rest. */

import { parseHops } from "./parse-hops.ts";
import type { PathFacts } from "./path-facts.ts";
import {
  type FactName,
  questions,
  readCount,
  readDuration,
  readSize,
  readWord,
  readYes,
  unknown,
} from "./questions-table.ts";

export type TypedFacts = Partial<Record<FactName, string>>;

/** What the silence is when nobody says, and calls are endless. */
const endlessSilenceMs = 300_000; // 5 min: what Envoy allows unless told otherwise

/** @throws FactFault for the first fact that cannot be meant. */
export function readFacts(typed: TypedFacts): PathFacts {
  const textOf = (fact: FactName): string =>
    (typed[fact] ?? questions.find((question) => question.fact === fact)?.otherwise ?? "").trim();
  const longestCallMs = readDuration("longest-call", textOf("longest-call"), ["endless", Infinity]);
  return {
    ...parseHops(textOf("hops")),
    idleMs: readDuration("idle", textOf("idle"), ["never", Infinity]),
    longestCallMs,
    longestSilenceMs: readSilence(typed["longest-silence"]?.trim(), longestCallMs),
    deploys: readWord("deploys", textOf("deploys"), ["rolling", "at-once", "never"]),
    drainLimitMs: readDuration("drain-limit", textOf("drain-limit")),
    messageBytes: readSize("message-size", textOf("message-size")),
    metadataBytes: readSize("metadata-size", textOf("metadata-size")),
    calls: readCount("calls", textOf("calls")),
    roundTripMs: readDuration("round-trip", textOf("round-trip")),
    replicas: readCount("replicas", textOf("replicas")),
    repeatable: readYes("repeatable", textOf("repeatable")),
    tls: readYes("tls", textOf("tls")),
    ...told("bytesPerS", textOf("stream-rate"), (text) => readSize("stream-rate", text)),
    ...told("cancelsPerS", textOf("cancels"), (text) => readCount("cancels", text)),
    ...told("restartMs", textOf("restart-time"), (text) => readDuration("restart-time", text)),
    ...told("failoverMs", textOf("failover"), (text) => readDuration("failover", text)),
  };
}

/** Nothing, where nobody told. */
function told<const Name extends string>(
  name: Name,
  text: string,
  read: (text: string) => number,
): { readonly [Each in Name]?: number } {
  return text === unknown ? {} : ({ [name]: read(text) } as { readonly [Each in Name]: number });
}

/** A call cannot be silent for longer than it lasts. */
function readSilence(text: string | undefined, longestCallMs: number): number {
  const otherwiseMs = longestCallMs === Infinity ? endlessSilenceMs : longestCallMs;
  if (text === undefined || text === "") return otherwiseMs;
  return Math.min(readDuration("longest-silence", text), longestCallMs);
}
