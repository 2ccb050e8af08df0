import { describe, expect, it } from "vitest";
import type { CallRecord, DemoResult } from "@holdfast/lab/demo";
import { samplePlan, sampleView } from "../../test/sample-view.ts";
import { endingLines } from "./ending.ts";
import { noPaint } from "./paint.ts";

const held: DemoResult = { ending: "finished", view: sampleView, verdict: { passed: true, breaches: [], lies: 0 } };

const calls = Array.from({ length: 7 }, (_, index): CallRecord => {
  return { id: `h-r-00000${index}`, client: "holdfast", method: "Read", state: "failed", executedBy: [] };
});
const broken: DemoResult = {
  ...held,
  verdict: { passed: false, breaches: [{ promise: "read-failed", text: "failed though idempotent", calls }], lies: 0 },
};

function text(result: DemoResult, file?: string): string {
  return endingLines(result, file, noPaint).join("\n");
}

describe("the last words", () => {
  it("say what was promised and held, with the numbers", () => {
    expect(text(held)).toContain("Holdfast held. 3,034 reads: none failed. 2,990 writes: none ran twice.");
    expect(text(held)).toContain("3 writes failed: cut off when it may have run already");
  });

  it("name the calls that broke a promise, and the file that holds all of them", () => {
    const words = text(broken, "demo.json");
    expect(words).toContain("Holdfast did not hold.");
    expect(words).toContain("7 calls failed though idempotent: h-r-000000, h-r-000001");
    expect(words.replace(/\s+/g, " ")).toContain("h-r-000004 and 2 more");
    expect(words).toContain("demo.json");
    expect(words).toContain("npx holdfast demo --seed 42");
  });

  it("say that a run was stopped, or was not judged", () => {
    expect(text({ ...held, ending: "stopped" })).toContain("Stopped after 12.4 s.");
    expect(text({ ending: "aborted", view: sampleView })).toContain("No verdict");
  });

  it.each([samplePlan, { ...samplePlan, server: "grpc-js", kill: "kill", tls: true } as const])(
    "offer to explain, to look, and one more run that was not just done: %j",
    (plan) => {
      const lines = endingLines({ ...held, view: { ...sampleView, plan } }, undefined, noPaint);
      const offers = lines.slice(lines.indexOf("  Try next:") + 1);
      expect(offers).toHaveLength(4);
      expect(offers[0]).toContain("npx holdfast explain '14 UNAVAILABLE: read ECONNRESET'");
      expect(offers.some((line) => line.includes("npx holdfast web "))).toBe(true);
      expect(offers.at(-1)).toContain("npm run score");
      expect(offers.some((line) => line.includes("--server grpc-js"))).toBe(plan.server !== "grpc-js");
      expect(Math.max(...lines.map((line) => line.length))).toBeLessThan(80);
    },
  );

  it("repeat a run that failed in the same world", () => {
    const plan = { ...samplePlan, server: "grpc-js", kill: "term", tls: true, ratePerS: 50, forMs: 3_000 } as const;
    const words = text({ ...broken, view: { ...sampleView, plan } });
    expect(words).toContain("npx holdfast demo --seed 42 --server grpc-js --kill term --tls --rate 50 --for 3s");
  });
});
