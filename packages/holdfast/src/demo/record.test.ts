import { readFileSync, rmSync } from "node:fs";
import { describe, expect, it } from "vitest";
import type { CallRecord, DemoResult } from "@holdfast/lab/demo";
import { sampleView } from "../../test/sample-view.ts";
import { recordOf, writeFailures } from "./record.ts";

const error = { message: "14 UNAVAILABLE [CONNECTION_RESET]", report: { summary: "conn 1: RST" } };
const call: CallRecord = {
  id: "h-w-000007",
  client: "holdfast",
  method: "Write",
  state: "failed",
  failure: { id: "h-w-000007", atMs: 1, code: "UNAVAILABLE", text: "conn 1: RST", processed: "no", error },
  executedBy: ["backend-1.2"],
};
const result: DemoResult = {
  ending: "finished",
  view: sampleView,
  verdict: {
    passed: false,
    lies: 1,
    breaches: [{ promise: "told-no-but-executed", text: "told not to be processed, but executed", calls: [call] }],
  },
};

describe("the JSON object", () => {
  it("holds the table's counts per client and method, the lies and the verdict", () => {
    expect(recordOf(result, "x.json")).toMatchObject({
      verdict: "fail",
      lies: 1,
      clients: {
        holdfast: {
          Read: { sent: 3_034, ok: 3_034, failed: 0, executedTwice: 4, neverSettled: 0 },
          Write: { sent: 2_990, ok: 2_987, failed: 3, executedTwice: 0, neverSettled: 0 },
          cpuUsPerCall: 123,
          failedByRestart: [0, 0, 3],
        },
        "grpc-js": { Read: { failed: 17 } },
      },
      breaches: [{ promise: "told-no-but-executed", calls: ["h-w-000007"] }],
      file: "x.json",
      plan: { seed: 42, kill: "mixed" },
    });
  });

  it("passes only with a verdict, and has none without", () => {
    expect(recordOf({ ...result, verdict: { passed: true, breaches: [], lies: 0 } }, undefined)["verdict"]).toBe(
      "pass",
    );
    const { verdict: _, ...unjudged } = result;
    expect(recordOf({ ...unjudged, ending: "aborted" }, undefined)).toMatchObject({ verdict: "none", lies: null });
  });

  it("survives JSON as it is", () => {
    const record = recordOf(result, undefined);
    expect(JSON.parse(JSON.stringify(record))).toEqual(record);
  });
});

describe("the file of a run that failed", () => {
  it("holds the offending calls with their reports and journals", () => {
    const file = writeFailures(result, 1);
    try {
      const kept = JSON.parse(readFileSync(file, "utf8")) as Record<string, unknown>;
      expect(kept["breaches"]).toEqual(JSON.parse(JSON.stringify(result.verdict?.breaches)));
      expect(kept["plan"]).toMatchObject({ seed: 42 });
    } finally {
      rmSync(file);
    }
  });
});
