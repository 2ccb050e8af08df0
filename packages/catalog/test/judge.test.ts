import fs from "node:fs";
import path from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { explain } from "../src/explain/index.ts";
import type { Judgement } from "../src/build/judge/judge.ts";
import { judge } from "../src/build/judge/judge.ts";
import { readLabelledSets } from "../src/build/judge/labelled-sets.ts";

/**
 * What `explain` owes on texts whose cause is known, from recorded runs and public reports. `npm run catalog -- --judge`
 * prints the whole table.
 */
describe("explain on the labelled sets", () => {
  const sets = readLabelledSets(path.resolve(import.meta.dirname));
  let judgement: Judgement;
  beforeAll(() => {
    judgement = judge(sets, explain);
  }, 120_000); // two thousand texts, one by one

  it("is made of enough texts, of enough programs", () => {
    const recorded = sets.messages.filter(({ origin }) => origin.startsWith("run: "));
    const reported = sets.messages.filter(({ origin }) => !origin.startsWith("run: "));
    expect(new Set(recorded.map(({ text }) => text)).size).toBeGreaterThan(250);
    expect(reported.length).toBeGreaterThanOrEqual(120);
    expect(new Set(sets.messages.map(({ implementation }) => implementation)).size).toBeGreaterThanOrEqual(8);
    expect(sets.negatives.length).toBeGreaterThan(300);
  });

  it("labels texts with entries that exist", () => {
    const labelled = [...sets.messages, ...(sets.log?.planted ?? [])];
    const ids = new Set(labelled.flatMap(({ label, also = [] }) => [label, ...also]));
    const entries = path.resolve(import.meta.dirname, "../entries");
    expect([...ids].filter((id) => !fs.existsSync(path.join(entries, id)))).toEqual([]);
  });

  for (const half of ["develop", "held-out"] as const) {
    it(`names the cause, or a tie that holds it, for 95 % of the ${half} half`, () => {
      const messages = judgement.messages.filter((message) => message.half === half);
      const right = messages.filter((message) => message.right);
      expect(right.length / messages.length).toBeGreaterThanOrEqual(0.95);
    });
  }

  it("is right in nine of ten answers given with 0.9", () => {
    const sure = judgement.messages.filter(({ finding }) => finding !== undefined && finding.confidence >= 0.9);
    expect(sure.filter(({ right }) => right).length / sure.length).toBeGreaterThanOrEqual(0.9);
  });

  it("keeps silent on 98 % of the foreign texts", () => {
    const silent = judgement.negatives.filter(({ answer }) => answer === undefined);
    expect(silent.length / judgement.negatives.length).toBeGreaterThanOrEqual(0.98);
  });

  it("finds every planted failure of the recorded log and nothing else", () => {
    expect(sets.log?.text.split("\n").length).toBeGreaterThan(5_000);
    expect(judgement.log?.missed).toEqual([]);
    expect(judgement.log?.invented).toEqual([]);
  });
});
