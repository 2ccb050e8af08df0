/** The idle timeout measured in a simulated world: servers of ours and devices that forget, with PINGs and without. */

import { describe, expect, it } from "vitest";
import { MeasuredWorld } from "../../test/measure/measured-world.ts";
import { idle } from "./idle.ts";
import { idleFinding } from "./idle-words.ts";
import type { Finding } from "./measure.ts";

const minuteMs = 60_000;

async function measured(world: MeasuredWorld, forMs: number): Promise<Finding> {
  const plan = idle.plan({ forMs });
  return idle.judge(await world.settled(idle.act(plan, world.surroundings)), plan, []);
}

describe("the idle timeout", () => {
  it("of a server is a minute, told by GOAWAY, and PINGs do not count", async () => {
    const story = new MeasuredWorld();
    await story.serve({ maxConnectionIdleMs: minuteMs });
    const finding = await measured(story, 10 * minuteMs);
    expect(finding).toMatchObject({ verdict: "well", facts: { end: "goaway", pings: "do-not-count" } });
    expect(finding.facts["idleMs"]).toBeCloseTo(minuteMs, -2);
    expect(finding.words).toBe(
      "An idle connection is closed after 60.0 s, by GOAWAY. PINGs do not count: they do not keep it open.",
    );
    // One idle time, not many.
    expect(story.world.nowMs).toBeLessThan(1.2 * minuteMs);
  });

  it("is not one when calls do not help: it is the age", async () => {
    const story = new MeasuredWorld();
    await story.serve({ maxConnectionAgeMs: minuteMs });
    const finding = await measured(story, 10 * minuteMs);
    expect(finding).toMatchObject({ verdict: "skipped", facts: { end: "not-idle" } });
  });

  it("is none where nothing is closed", async () => {
    const story = new MeasuredWorld();
    await story.serve();
    const finding = await measured(story, 2 * minuteMs);
    expect(finding).toMatchObject({ verdict: "well", facts: { end: "none" } });
    expect(finding.facts["aboveMs"]).toBeGreaterThan(110_000);
  });

  it.each([
    { then: "silent", end: "silence", words: "is never answered" },
    { then: "rst", end: "rst", words: "is answered by RST" },
  ] as const)("of a device that forgets flows, $then, is found within a tenth", async ({ then, end, words }) => {
    const story = new MeasuredWorld();
    await story.serve();
    story.world.link("client", "server").forgetIdleFlows(100_000, { then });
    const finding = await measured(story, 10 * minuteMs);
    expect(finding).toMatchObject({ verdict: "doubtful", facts: { end, pings: "reset-it" } });
    expect(finding.words).toContain(words);
    expect(Math.abs(Number(finding.facts["idleMs"]) - 100_000)).toBeLessThan(10_000);
  });

  it("of a device that the industry knows names its entry", async () => {
    const story = new MeasuredWorld();
    await story.serve();
    story.world.link("client", "server").forgetIdleFlows(350_000, { then: "rst" });
    const finding = await measured(story, 20 * minuteMs);
    expect(finding.catalogId).toBe("lb/nlb-idle-350s");
  });

  it("cannot be measured where nobody listens", async () => {
    const finding = await measured(new MeasuredWorld(), minuteMs);
    expect(finding).toMatchObject({ verdict: "skipped", words: "Not measured: none of 6 connections came up." });
  });
});

describe("the words for an idle timeout", () => {
  const closed = { kind: "closed", by: "fin", pings: "unknown" } as const;

  it("have the time that a client has to reckon with", () => {
    const idleMs = (silentMs?: number, usedMs?: number): unknown =>
      idleFinding({ ...closed, silentMs, usedMs }, []).facts["idleMs"];
    expect(idleMs(60_000, 61_000)).toBe(60_000);
    expect(idleMs(60_000, 120_000)).toBe(60_000);
    expect(idleMs(90_000, 60_000)).toBe(60_000);
    expect(idleMs(undefined, 60_000)).toBe(60_000);
    expect(idleMs(60_000, undefined)).toBe(60_000);
  });
});
