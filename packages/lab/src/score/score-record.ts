/** Owns what the scoreboard knows of one client in one row, and how it looks as a line of JSON. */

import type { FailedCall } from "../clients/run-client.ts";

export type TableId = "M1" | "M2";

export interface ScoreRecord {
  readonly table: TableId;
  /** `E`, `E/tls`, `single/10KB`. */
  readonly row: string;
  readonly client: string;
  readonly calls: number;
  readonly ok: number;
  readonly failed: number;
  /** Calls that the peer executed more than once. */
  readonly executedTwice: number;
  readonly neverSettled: number;
  /** Failed calls by code. */
  readonly codes: Readonly<Record<string, number>>;
  /** Each failed call of a client that says what became of it (`processed`); absent if there is none. */
  readonly failures?: readonly FailedCall[];
}

/** A record, or the reason why there is none. */
export type ScoreResult =
  | { readonly kind: "scored"; readonly record: ScoreRecord; readonly notes: readonly string[] }
  | { readonly kind: "skipped"; readonly row: string; readonly client: string; readonly why: string };

export function countCodes(failed: readonly FailedCall[]): Record<string, number> {
  const codes: Record<string, number> = {};
  for (const { code } of failed) codes[code] = (codes[code] ?? 0) + 1;
  return codes;
}
