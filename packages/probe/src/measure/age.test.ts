/** The connection age measured in a simulated world: jitter, grace, restarts that look like it, limits on calls. */

import { describe, expect, it } from "vitest";
import { MeasuredWorld } from "../../test/measure/measured-world.ts";
import { age } from "./age.ts";
import { type AgeLife, judgeAge } from "./age-policy.ts";
import type { Finding } from "./measure.ts";

const minuteMs = 60_000;

async function measured(world: MeasuredWorld, forMs: number): Promise<Finding> {
  const plan = age.plan({ forMs });
  return age.judge(await world.settled(age.act(plan, world.surroundings)), plan, []);
}

describe("the connection age", () => {
  it.each([1, 2, 3])("of two minutes is found through its jitter, seed %i", async (seed) => {
    const story = new MeasuredWorld({ seed });
    await story.serve({ maxConnectionAgeMs: 2 * minuteMs });
    const finding = await measured(story, 10 * minuteMs);
    expect(finding).toMatchObject({ verdict: "well", facts: { end: "goaway", connections: 4, jitter: true } });
    expect(Math.abs(Number(finding.facts["ageMs"]) - 2 * minuteMs)).toBeLessThan(12_000);
    expect(finding.facts["graceAboveMs"]).toBe(minuteMs);
    expect(finding.words).toContain("GOAWAY, twice,");
  });

  it("has a grace, behind which the stream that is held is cut", async () => {
    const story = new MeasuredWorld();
    await story.serve({ maxConnectionAgeMs: minuteMs, maxConnectionAgeGraceMs: 7_000 });
    const finding = await measured(story, 10 * minuteMs);
    expect(finding).toMatchObject({ verdict: "doubtful", catalogId: "server/max-connection-age-grace-kill" });
    expect(Math.abs(Number(finding.facts["graceMs"]) - 7_000)).toBeLessThan(100);
  });

  it("is none where connections stay", async () => {
    const story = new MeasuredWorld();
    await story.serve();
    const finding = await measured(story, minuteMs);
    expect(finding).toMatchObject({ verdict: "well" });
    expect(finding.words).toMatch(/^No connection with calls was told to go in 5\d\.\d s\.$/);
  });

  it("is not what a restart does", async () => {
    const story = new MeasuredWorld();
    const server = await story.serve();
    story.world.at(200_000, () => void server.close());
    const finding = await measured(story, 10 * minuteMs);
    expect(finding.words).toContain("a restart or a deploy");
  });
});

describe("the judgement of ages", () => {
  const told = (openedAtMs: number, atMs: number, calls: number): AgeLife => ({
    habit: { startMs: 0, everyMs: 1, holds: false },
    life: {
      openedAtMs,
      pings: [],
      calls: Array.from({ length: calls }, (_, at) => ({ sentMs: at })),
      goaways: [{ atMs, code: "NO_ERROR", lastStreamId: 1, debugData: "" }],
      seenMs: atMs,
    },
  });

  it("tells a limit on calls from an age by the two rates", () => {
    const lives = [told(0, 50_000, 100), told(100, 50_010, 100), told(200, 100_000, 100), told(300, 99_900, 100)];
    expect(judgeAge(lives, minuteMs)).toMatchObject({ kind: "calls", calls: 100 });
    const aged = [told(0, 100_000, 200), told(100, 100_010, 199), told(200, 100_000, 101), told(300, 99_900, 100)];
    expect(judgeAge(aged, minuteMs)).toMatchObject({ kind: "aged", jitter: false });
  });

  it("tells a restart from ages that happen to meet", () => {
    const together = [told(0, 8_500, 9), told(400, 8_100, 9), told(800, 7_700, 9)];
    expect(judgeAge(together, minuteMs)).toMatchObject({ kind: "restart" });
    // Their jitter explains it: 7.4 to 8.7 s are one setting of 8 s.
    const met = [told(0, 8_700, 9), told(400, 8_150, 9), told(1_200, 7_400, 9)];
    expect(judgeAge(met, minuteMs)).toMatchObject({ kind: "aged", jitter: true });
  });
});
