/**
 * Owns what Holdfast promises about the tables, as data: the scoreboard's exit status is nothing but these. Other clients
 * promise nothing here.
 */

import type { ScoreRecord } from "./score-record.ts";

interface Promised {
  /** In words, for the line that says that it was broken. */
  readonly text: string;
  readonly about: (record: ScoreRecord) => boolean;
  readonly kept: (record: ScoreRecord) => boolean;
}

/** Rows whose calls were provably not processed, or whose answers come: no policy is needed. */
const rowsForAll = new Set(["A", "C", "D", "E", "F", "G", "H", "I", "P", "R"]);
/** Rows whose calls may have run: a policy on idempotent calls brings them home. */
const rowsWithPolicy = new Set(["J", "K", "U", "W", "X", "Y"]);
/** Rows in which a failure is right, and its code; S too with a policy, since response headers commit a call (gRFC A6). */
const codeOfRow: ReadonlyMap<string, string> = new Map([
  ["L", "RESOURCE_EXHAUSTED"],
  ["M", "CANCELLED"],
  ["N", "INTERNAL"],
  ["O", "INTERNAL"],
  ["S", "UNAVAILABLE"],
  ["T", "DEADLINE_EXCEEDED"],
]);
const goawayStyles = new Set(["two-phase", "single", "max-only", "enhance"]);
/** Reissues of what was provably not processed come on top of them. */
const policyAttempts = 5;
/** Of the calls of a churn that is cut without GOAWAY, the part that may use up all attempts; at least one call, where it is less. */
const lossLimit = 0.003;

const promises: readonly Promised[] = [
  {
    text: "no call stays unsettled",
    about: () => true,
    kept: ({ neverSettled }) => neverSettled === 0,
  },
  {
    text: "without a policy nothing is executed twice",
    about: ({ client }) => client === "holdfast",
    kept: ({ executedTwice }) => executedTwice === 0,
  },
  {
    text: "every call ends OK",
    about: (record) => isRow(record, rowsForAll) || (withPolicy(record) && isRow(record, rowsWithPolicy)),
    kept: ({ ok, calls }) => ok === calls,
  },
  {
    text: "every call fails with the code that belongs to the row",
    about: (record) => record.table === "M1" && codeOfRow.has(eventOf(record)),
    kept: (record) => record.codes[codeOfRow.get(eventOf(record)) ?? ""] === record.calls,
  },
  {
    text: "every failed call says that it may have been processed",
    about: ({ table, client }) => table === "M1" || client === "holdfast",
    kept: ({ failed, failures = [] }) =>
      failures.length === failed && failures.every(({ processed }) => processed === "maybe"),
  },
  {
    text: "with the policy no call is lost to a GOAWAY",
    about: (record) => record.table === "M2" && withPolicy(record) && goawayStyles.has(eventOf(record)),
    kept: ({ failed }) => failed === 0,
  },
  {
    text: "with the policy a call is lost to a cut only after all 5 attempts, and at most 0.3 % (or one) are",
    about: (record) => record.table === "M2" && withPolicy(record) && !goawayStyles.has(eventOf(record)),
    kept: ({ calls, failed, failures = [] }) =>
      failures.length === failed &&
      failures.every(({ attempts = 0 }) => attempts >= policyAttempts) &&
      failed <= Math.max(1, Math.floor(calls * lossLimit)),
  },
];

/** What broke, one line each; empty if Holdfast kept its word, or did not take part. */
export function brokenPromises(records: readonly ScoreRecord[]): readonly string[] {
  const own = records.filter(({ client }) => client === "holdfast" || client === "holdfast+policy");
  return own.flatMap((record) =>
    promises
      .filter((promised) => promised.about(record) && !promised.kept(record))
      .map((promised) => `${record.table} ${record.row}, ${record.client}: ${promised.text}; got ${shown(record)}`),
  );
}

function withPolicy({ client }: ScoreRecord): boolean {
  return client === "holdfast+policy";
}

/** `E` of `E/tls`, `single` of `single/10KB`. */
function eventOf({ row }: ScoreRecord): string {
  return row.split("/")[0] ?? "";
}

function isRow(record: ScoreRecord, letters: ReadonlySet<string>): boolean {
  return record.table === "M1" && letters.has(eventOf(record));
}

function shown({ failures, ...record }: ScoreRecord): string {
  const first = failures?.[0];
  const counts = JSON.stringify(record);
  return first === undefined ? counts : `${counts}, first ${JSON.stringify(first)}`;
}
