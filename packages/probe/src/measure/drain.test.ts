/** Restarts watched in a simulated world: one that is as it should be, one that kills, and none. */

import { describe, expect, it } from "vitest";
import { StatusError } from "@holdfast/grpc";
import { MeasuredWorld } from "../../test/measure/measured-world.ts";
import { watchDrain } from "./drain.ts";
import { judgeDrain, type DrainSeen } from "./drain-policy.ts";
import type { Life } from "./life.ts";

const bounds = { forMs: 60_000 };

describe("a restart", () => {
  it("of a server of ours: two GOAWAYs, a round trip between, late arrivals served", async () => {
    const story = new MeasuredWorld();
    const server = await story.serve({ drain: { graceMs: 2_000 } });
    story.world.at(5_000, () => void server.drain());
    story.world.at(9_000, () => void story.serve({ maxConcurrentStreams: 7 }, { settle: false }));
    const finding = await story.settled(watchDrain(bounds, story.surroundings));
    expect(finding).toMatchObject({
      facts: {
        began: "goaway",
        goaways: 2,
        manner: "two-phase",
        waitsRoundTrip: true,
        lateUnprocessed: 0,
        lateLost: 0,
        closedBy: "fin",
      },
    });
    expect(finding.facts["lateServed"]).toBeGreaterThan(5);
    expect(finding.facts["farGapMs"]).toBeGreaterThan(299);
    expect(Math.abs(Number(finding.facts["downMs"]) - 4_000)).toBeLessThan(400);
    expect(finding.evidence.join("\n")).toMatch(/now: MAX_CONCURRENT_STREAMS=7/);
    expect(story.told).toEqual([
      "watch: ready; restart the server now",
      "watch: it leaves; waiting for it to come back",
    ]);
  });

  it("that is a kill fails the calls that were on their way", async () => {
    const story = new MeasuredWorld();
    await story.serve();
    story.world.at(5_000, () => story.serverHost.kill());
    const finding = await story.settled(watchDrain({ forMs: 10_000 }, story.surroundings));
    expect(finding).toMatchObject({ verdict: "failed", catalogId: "server/abrupt-stop", facts: { goaways: 0 } });
    expect(finding.facts["lateLost"]).toBeGreaterThan(5);
    expect(finding.words).toContain("It did not come back");
  });

  it("is not what an idle timeout or an age does to one connection", async () => {
    const story = new MeasuredWorld();
    const server = await story.serve({ maxConnectionIdleMs: 2_000, drain: { graceMs: 2_000 } });
    // Somebody has just left alone again, and whether others follow is not known yet.
    story.world.at(8_000, () => void server.drain());
    story.world.at(11_000, () => void story.serve({}, { settle: false }));
    const finding = await story.settled(watchDrain(bounds, story.surroundings));
    expect(finding).toMatchObject({ facts: { began: "goaway", manner: "two-phase", lateLost: 0 } });
    expect(Math.abs(Number(finding.facts["downMs"]) - 3_000)).toBeLessThan(400);
    expect(finding.evidence.join("\n")).toMatch(/not used left alone 1 time .*max_idle/);
  });

  it("behind the one that answers fails calls on connections that stay", async () => {
    const story = new MeasuredWorld();
    const server = await story.serve({}, { health: false });
    server.addMethod("/grpc.health.v1.Health/Check", "unary", () => {
      if (story.world.nowMs >= 5_000 && story.world.nowMs < 7_000) throw new StatusError("UNAVAILABLE", "nobody there");
      return Uint8Array.of(0x08, 1);
    });
    const finding = await story.settled(watchDrain(bounds, story.surroundings));
    expect(finding).toMatchObject({ verdict: "failed", facts: { began: "behind" } });
    expect(finding.words).toMatch(/^No connection was told to leave, and \d+ of \d+ calls failed \(\d+ UNAVAILABLE\)/);
    expect(Math.abs(Number(finding.facts["downMs"]) - 2_000)).toBeLessThan(400);
    expect(story.world.nowMs).toBeLessThan(12_000);
  });

  it("that does not come is not made up", async () => {
    const story = new MeasuredWorld();
    await story.serve();
    const finding = await story.settled(watchDrain({ forMs: 5_000 }, story.surroundings));
    expect(finding).toMatchObject({ verdict: "skipped", words: "No restart was seen in 5.0 s." });
  });
});

describe("the judgement of a restart", () => {
  const goaway = (atMs: number, lastStreamId: number) => ({ atMs, code: "NO_ERROR", lastStreamId, debugData: "" });
  const life = (goaways: Life["goaways"], calls: Life["calls"] = []): Life => ({
    ...{ openedAtMs: 0, pings: [], calls, goaways, seenMs: 2_000 },
    end: { atMs: 2_000, how: "fin" },
  });
  const seen: DrainSeen = {
    near: life([goaway(1_000, 0x7fffffff), goaway(1_001, 5)]),
    told: [{ atMs: 400, status: "NOT_SERVING" }],
    far: life(
      [goaway(1_150, 0x7fffffff), goaway(1_151, 5)],
      [
        { sentMs: 800, outcome: "SERVING" },
        { sentMs: 900, outcome: "SERVING" },
        { sentMs: 1_000, outcome: "above the last id of GOAWAY" },
        { sentMs: 1_100, outcome: "CANCELLED" },
      ],
    ),
    ...{ roundTripMs: 300, quiet: undefined, attempts: [], before: "none", leftAlone: [] },
  };

  it("sees two GOAWAYs in one go, which protect nobody, and counts what was on its way", () => {
    expect(judgeDrain(seen)).toMatchObject({
      ...{ goaways: 2, manner: "two-phase", waitsRoundTrip: false, lameDuckMs: 600, closedMs: 1_000 },
      late: { sent: 3, served: 1, unprocessed: 1, lost: [{ outcome: "CANCELLED", count: 1 }] },
    });
  });
});
