/** The ping policy measured in a simulated world: strikes, least spacing, with calls and without, and who has none. */

import { describe, expect, it } from "vitest";
import { MeasuredWorld } from "../../test/measure/measured-world.ts";
import type { Finding } from "./measure.ts";
import { pings } from "./pings.ts";

const minuteMs = 60_000;

async function measured(world: MeasuredWorld, forMs: number): Promise<Finding> {
  const plan = pings.plan({ forMs });
  return pings.judge(await world.settled(pings.act(plan, world.surroundings)), plan, []);
}

describe("the ping policy", () => {
  it("of gRPC's defaults is found in ten minutes", async () => {
    const story = new MeasuredWorld();
    await story.serve();
    const finding = await measured(story, 10 * minuteMs);
    expect(finding).toMatchObject({ verdict: "well", facts: { policed: true, forgiven: 3, answerWipes: true } });
    expect(finding.facts["struckMs"]).toBe(285_000);
    expect(finding.facts["toleratedMs"]).toBe(306_000);
    expect(finding.facts["withoutCallsStruckMs"]).toBe(512_000);
    expect(finding.facts).not.toHaveProperty("withoutCallsLeastMs");
    expect(finding.catalogId).toBe("http2/enhance-your-calm-too-many-pings");
    expect(story.world.nowMs).toBeLessThan(10 * minuteMs);
  });

  it.each([
    { minTimeMs: 25_000, strikes: 2, permitWithoutCalls: true },
    { minTimeMs: 9_000, strikes: 0, permitWithoutCalls: false },
    { minTimeMs: 70_000, strikes: 5, permitWithoutCalls: false },
  ])("of $minTimeMs ms with $strikes strikes is found within a tenth", async (pingPolicy) => {
    const story = new MeasuredWorld();
    await story.serve({ pingPolicy });
    const finding = await measured(story, 10 * minuteMs);
    expect(finding.facts["forgiven"]).toBe(pingPolicy.strikes + 1);
    expect(Math.abs(Number(finding.facts["leastMs"]) - pingPolicy.minTimeMs)).toBeLessThan(pingPolicy.minTimeMs / 10);
    expect(finding.words.includes("the same holds")).toBe(pingPolicy.permitWithoutCalls);
  });

  it("is none where nobody polices", async () => {
    const story = new MeasuredWorld();
    await story.serve({ pingPolicy: { strikes: Infinity } });
    const finding = await measured(story, minuteMs);
    expect(finding).toMatchObject({ verdict: "well", facts: { policed: false } });
    expect(finding.words).toMatch(/^No policy was seen: 20 PINGs, \d+ ms apart, were all answered\.$/);
  });

  it("of a server without health is seen without calls only, and says so", async () => {
    const story = new MeasuredWorld();
    await story.serve({ pingPolicy: { minTimeMs: 5_000, permitWithoutCalls: true } }, { health: false });
    const finding = await measured(story, minuteMs);
    expect(Math.abs(Number(finding.facts["withoutCallsLeastMs"]) - 5_000)).toBeLessThan(500);
    expect(finding.evidence.join("\n")).toContain("the server has no health service");
  });

  it("is not what closes connections for another reason", async () => {
    const story = new MeasuredWorld({ delayMs: 30 });
    // The PINGs take longer than the connection may be idle.
    await story.serve({ pingPolicy: { strikes: Infinity }, maxConnectionIdleMs: 1_000 });
    const finding = await measured(story, minuteMs);
    expect(finding.facts["policed"] ?? false).toBe(false);
  });
});
