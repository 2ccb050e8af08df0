/** Owns what a number of calls came to, and what is said when that is more than was allowed. Does not own making them (`lab.ts`). */

import { statusName } from "@holdfast/grpc/rpc";
import type { CallEnd } from "./make-calls.ts";

/** The three counts that decide whether a client survives a fault. One that is left out may be 0 only. */
export interface AllowedCounts {
  /** Calls that ended with an error. */
  readonly failed?: number;
  /** Calls that the server executed more than once, whatever came back. */
  readonly executedTwice?: number;
  /** Calls that neither succeeded nor failed within the patience of the run. */
  readonly neverSettled?: number;
}

export interface CallCount extends Required<AllowedCounts> {
  readonly calls: number;
  readonly ok: number;
  /** Errors by gRPC's code, or by their name where they have none. */
  readonly codes: Readonly<Record<string, number>>;
  /** What the errors said, each once, with how often. */
  readonly texts: Readonly<Record<string, number>>;
  /** What the faults did meanwhile, by their ids. */
  readonly done: Readonly<Record<string, number>>;
  /** Throws an error that tells the whole story if a count is greater than allowed. */
  atMost(allowed?: AllowedCounts): void;
  /** Some lines for a person. */
  toString(): string;
}

export function countOf(
  ends: readonly CallEnd[],
  executions: (callId: number) => number,
  done: Readonly<Record<string, number>>,
): CallCount {
  const codes: Record<string, number> = {};
  const texts: Record<string, number> = {};
  for (const end of ends) {
    if (end.kind !== "failed") continue;
    const code = codeOf(end.error);
    const text = end.error instanceof Error ? end.error.message : String(end.error);
    codes[code] = (codes[code] ?? 0) + 1;
    texts[text] = (texts[text] ?? 0) + 1;
  }
  const ofKind = (kind: CallEnd["kind"]): number => ends.filter((end) => end.kind === kind).length;
  const counts = {
    calls: ends.length,
    ok: ofKind("ok"),
    failed: ofKind("failed"),
    executedTwice: ends.filter(({ id }) => executions(id) > 1).length,
    neverSettled: ofKind("never"),
    codes,
    texts,
    done,
  };
  const toString = (): string => inWords(counts);
  return {
    ...counts,
    toString,
    atMost: (allowed = {}) => {
      const over = excess(counts, allowed);
      if (over.length > 0) throw new Error(`${over.join("; ")}\n${toString()}`);
    },
  };
}

function excess(counts: Required<AllowedCounts>, allowed: AllowedCounts): readonly string[] {
  const names = { failed: "failed", executedTwice: "executed twice", neverSettled: "never settled" } as const;
  return Object.entries(names).flatMap(([key, name]) => {
    const count = counts[key as keyof typeof names];
    const most = allowed[key as keyof typeof names] ?? 0;
    return count > most ? [`${count} ${name}, at most ${most} expected`] : [];
  });
}

function inWords(counts: Omit<CallCount, "atMost" | "toString">): string {
  const { calls, ok, failed, executedTwice, neverSettled, texts } = counts;
  const done = Object.entries(counts.done).map(([fault, count]) => `${fault} ${count}`);
  return [
    `${calls} calls: ${ok} OK, ${failed} failed, ${executedTwice} executed twice, ${neverSettled} never settled`,
    ...Object.entries(texts).map(([text, count]) => `  ${count} x ${text}`),
    `  the faults did: ${done.length === 0 ? "nothing" : done.join(", ")}`,
  ].join("\n");
}

/** Clients in Node have gRPC's number; else the code as it is, else the error's name. */
function codeOf(error: unknown): string {
  if (typeof error !== "object" || error === null) return "unknown";
  const { code, name } = error as { readonly code?: unknown; readonly name?: unknown };
  if (typeof code === "number") return statusName(code) ?? String(code);
  return typeof code === "string" ? code : String(name);
}
