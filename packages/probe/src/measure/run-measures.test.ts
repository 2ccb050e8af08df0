/** Several measures together: the order of the findings, the bound, an early stop, and what they become in a report. */

import { describe, expect, it } from "vitest";
import { MeasuredWorld } from "../../test/measure/measured-world.ts";
import type { Diagnosis } from "../steps/diagnose.ts";
import { measureIds } from "./measure.ts";
import { planMeasures, runMeasures } from "./run-measures.ts";
import { withMeasured } from "./with-measured.ts";

const forMs = 60_000;

describe("all measures", () => {
  it("keep to their plan, and come in order", async () => {
    const story = new MeasuredWorld();
    await story.serve({ maxConnectionIdleMs: 5_000, maxConnectionAgeMs: 20_000, pingPolicy: { minTimeMs: 2_000 } });
    const plan = planMeasures(measureIds, { forMs });
    const startedAtMs = story.world.nowMs;
    const findings = await story.settled(runMeasures(plan, story.surroundings));
    expect(findings.map(({ id }) => id)).toEqual(measureIds);
    expect(story.world.nowMs - startedAtMs).toBeLessThan(plan.atMostMs);
    expect(findings.map(({ verdict }) => verdict)).toEqual(["well", "well", "well", "well", "well"]);
    await story.world.run(story.world.nowMs + 10_000);
    expect(story.world.open()["client"], "left open").toBeUndefined();
  });

  it("stop when they are told to, with what was seen", async () => {
    const story = new MeasuredWorld();
    await story.serve();
    const { surroundings } = story;
    story.world.at(20_000, () => surroundings.stop());
    const findings = await story.settled(runMeasures(planMeasures(["idle", "age"], { forMs }), surroundings));
    expect(story.world.nowMs).toBeLessThan(30_000);
    expect(findings.map(({ words }) => words)).toEqual([
      expect.stringMatching(/^No connection was closed for being idle in \d+\.\d s\.$/),
      expect.stringMatching(/^No connection with calls was told to go in \d+\.\d s\.$/),
    ]);
  });

  it("end where nobody listens", async () => {
    const story = new MeasuredWorld();
    const findings = await story.settled(runMeasures(planMeasures(measureIds, { forMs }), story.surroundings));
    expect(findings.map(({ verdict }) => verdict)).toEqual(["skipped", "skipped", "skipped", "skipped", "skipped"]);
  });
});

describe("a report", () => {
  it("has what was measured as steps, and the worst of all", () => {
    const looked: Diagnosis = {
      ...{ target: { host: "a", port: 1, service: "" }, startedAt: "", tookMs: 5, verdict: "well", steps: [] },
    };
    const finding = {
      id: "idle",
      title: "Idle timeout",
      words: "It is so.",
      evidence: ["seen"],
      advice: ["do"],
    } as const;
    const { steps, verdict, tookMs } = withMeasured(
      looked,
      [{ ...finding, verdict: "doubtful", facts: { idleMs: 3 }, catalogId: "lb/alb-idle-60s" }],
      10,
    );
    expect({ verdict, tookMs }).toEqual({ verdict: "doubtful", tookMs: 15 });
    expect(steps).toMatchObject([
      {
        ...{ id: "idle", headline: "It is so.", verdict: "doubtful", measured: { idleMs: 3 } },
        findings: [{ id: "measured-idle", text: "do", catalogId: "lb/alb-idle-60s" }],
        facts: [{ name: "seen", value: "seen" }],
      },
    ]);
  });
});
