import { describe, expect, it } from "vitest";
import { brokenPromises } from "./promises.ts";
import type { ScoreRecord } from "./score-record.ts";

const fine: ScoreRecord = {
  table: "M1",
  row: "E",
  client: "holdfast",
  calls: 20,
  ok: 20,
  failed: 0,
  executedTwice: 0,
  neverSettled: 0,
  codes: {},
};

function failing(row: string, code: string, more: Partial<ScoreRecord> = {}): ScoreRecord {
  const calls = more.calls ?? 20;
  const failures = Array.from({ length: more.failed ?? calls }, (_, id) => ({
    id,
    code,
    detail: "",
    processed: "maybe",
    attempts: 5,
  }));
  return {
    ...fine,
    row,
    calls,
    ok: calls - failures.length,
    failed: failures.length,
    codes: { [code]: failures.length },
    failures,
    ...more,
  };
}

const kept: readonly (readonly [string, ScoreRecord])[] = [
  ["all OK", fine],
  ["the right code in L", failing("L", "RESOURCE_EXHAUSTED")],
  ["UNAVAILABLE in S, with the policy too", failing("S", "UNAVAILABLE", { client: "holdfast+policy" })],
  ["a cut connection without a policy", failing("J", "UNAVAILABLE")],
  ["twice with the policy", { ...fine, row: "J", client: "holdfast+policy", executedTwice: 20 }],
  [
    "9 of 3,000 after 5 attempts",
    failing("fin/10KB", "UNAVAILABLE", { table: "M2", client: "holdfast+policy", calls: 3_000, failed: 9 }),
  ],
  [
    "one of 150, where 0.3 % is less than a call",
    failing("rst/2MB", "UNAVAILABLE", { table: "M2", client: "holdfast+policy", calls: 150, failed: 1 }),
  ],
  ["a churn without a policy", failing("rst/2MB", "UNAVAILABLE", { table: "M2", calls: 150 })],
  ["whatever another client does", { ...fine, client: "grpc-js", ok: 0, neverSettled: 20, executedTwice: 3 }],
];

const broken: readonly (readonly [string, ScoreRecord, string])[] = [
  ["one unsettled", { ...fine, ok: 19, row: "T", neverSettled: 1 }, "no call stays unsettled"],
  ["one twice without a policy", { ...failing("J", "UNAVAILABLE"), executedTwice: 1 }, "nothing is executed twice"],
  ["one lost in E", failing("E", "UNAVAILABLE", { failed: 1, ok: 19 }), "every call ends OK"],
  ["one lost in E over TLS", failing("E/tls", "UNAVAILABLE", { failed: 1, ok: 19 }), "every call ends OK"],
  [
    "one lost in K with the policy",
    failing("K", "UNAVAILABLE", { client: "holdfast+policy", failed: 1 }),
    "every call ends OK",
  ],
  ["another code in O", failing("O", "UNAVAILABLE"), "the code that belongs to the row"],
  ["OK in L", { ...fine, row: "L" }, "the code that belongs to the row"],
  [
    "processed no",
    {
      ...failing("M", "CANCELLED", { failed: 1, calls: 1 }),
      failures: [{ id: 1, code: "CANCELLED", detail: "", processed: "no" }],
    },
    "may have been processed",
  ],
  ["nothing said", { ...failing("J", "UNAVAILABLE"), failures: [] }, "may have been processed"],
  [
    "one lost to a GOAWAY",
    failing("enhance/2MB", "UNAVAILABLE", { table: "M2", client: "holdfast+policy", calls: 150, failed: 1 }),
    "lost to a GOAWAY",
  ],
  [
    "10 of 3,000",
    failing("rst/10KB", "UNAVAILABLE", { table: "M2", client: "holdfast+policy", calls: 3_000, failed: 10 }),
    "at most 0.3 %",
  ],
  [
    "given up early",
    {
      ...failing("fin/10KB", "UNAVAILABLE", { table: "M2", client: "holdfast+policy", calls: 3_000, failed: 1 }),
      failures: [{ id: 1, code: "UNAVAILABLE", detail: "", processed: "maybe", attempts: 2 }],
    },
    "only after all 5 attempts",
  ],
];

describe("the promises", () => {
  for (const [what, record] of kept) {
    it(`are kept: ${what}`, () => expect(brokenPromises([record])).toEqual([]));
  }
  for (const [what, record, text] of broken) {
    it(`are broken: ${what}`, () => {
      const lines = brokenPromises([record]);
      expect(lines.join("\n")).toContain(text);
      expect(lines[0]).toContain(`${record.table} ${record.row}, ${record.client}`);
    });
  }
});
