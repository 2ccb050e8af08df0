/** Concurrent streams measured in a simulated world: a limit that is kept, none, and no watch to hold. */

import { describe, expect, it } from "vitest";
import { MeasuredWorld } from "../../test/measure/measured-world.ts";
import type { Finding } from "./measure.ts";
import { streams } from "./streams.ts";
import { judgeStreams } from "./streams-policy.ts";
import { FirstSettings } from "./unlimited-network.ts";

async function measured(world: MeasuredWorld): Promise<Finding> {
  const plan = streams.plan({ forMs: 60_000 });
  return streams.judge(await world.settled(streams.act(plan, world.surroundings)), plan, []);
}

describe("concurrent streams", () => {
  it.each([1, 20, 100])("of which %i are allowed: the next one is turned away", async (maxConcurrentStreams) => {
    const story = new MeasuredWorld();
    await story.serve({ maxConcurrentStreams });
    expect((await measured(story)).facts).toEqual({
      announced: maxConcurrentStreams,
      served: maxConcurrentStreams,
      beyond: "enforced",
      refusedBy: "RST_STREAM(REFUSED_STREAM)",
    });
  });

  it("of which very many are allowed are not tried out", async () => {
    const story = new MeasuredWorld();
    await story.serve();
    const finding = await measured(story);
    expect(finding.facts).toEqual({ announced: 1_024, served: 8, beyond: "announced" });
    expect(finding.words).toContain("not opened for a measurement");
  });

  it("cannot be held without a watch", async () => {
    const story = new MeasuredWorld();
    await story.serve({ maxConcurrentStreams: 100 }, { health: false });
    expect((await measured(story)).words).toContain("no health Watch");
  });
});

describe("the judgement of streams", () => {
  const seen = { announced: 4, opened: 6, served: 4, refused: [], waiting: 0 };

  it("tells a connection that ends from a stream that does", () => {
    expect(judgeStreams({ ...seen, ending: "FIN" })).toMatchObject({ kind: "fatal", ending: "FIN" });
    expect(judgeStreams({ ...seen, served: 6 })).toMatchObject({ kind: "not-enforced" });
    expect(judgeStreams({ ...seen, waiting: 2 })).toMatchObject({ kind: "queued" });
    expect(judgeStreams({ ...seen, announced: undefined })).toMatchObject({ kind: "no-limit" });
  });
});

describe("the limit in the first frame", () => {
  it("is raised however the bytes come, and nothing else is touched", () => {
    const head = [0, 0, 12, 4, 0, 0, 0, 0, 0];
    const bytes = Uint8Array.from([...head, 0, 4, 0, 1, 0, 0, 0, 3, 0, 0, 0, 100, 0, 0, 0, 4, 1, 0, 0, 0, 0]);
    const raised = Uint8Array.from(bytes);
    raised.set([0x7f, 0xff, 0xff, 0xff], 17);
    for (const size of [1, 5, bytes.length]) {
      const out: number[] = [];
      const first = new FirstSettings((passed) => out.push(...passed));
      for (let at = 0; at < bytes.length; at += size) first.push(bytes.subarray(at, at + size));
      expect(Uint8Array.from(out)).toEqual(raised);
    }
  });
});
