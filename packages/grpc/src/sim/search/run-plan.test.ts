/** A few worlds in every test run; `npm run sim` looks at more. */
import { describe, expect, it } from "vitest";
import { planWorld } from "./plan-world.ts";
import { runPlan } from "./run-plan.ts";

/** A crowded world takes a second, on a machine that has nothing else to do, ms. */
const patienceMs = 120_000;
const someSeeds = Array.from({ length: 10 }, (_, index) => 101 + index);

describe("a random world", () => {
  it.each(someSeeds)(
    "of seed %i breaks no rule",
    async (seed) => {
      const { findings, calls } = await runPlan(planWorld(seed));
      expect(findings).toEqual([]);
      expect(calls).toBeGreaterThan(0);
    },
    patienceMs,
  );

  it(
    "is the same plan and the same story each time",
    async () => {
      expect(planWorld(104)).toEqual(planWorld(104));
      expect(planWorld(104)).not.toEqual(planWorld(105));
      const [first, second] = [
        await runPlan(planWorld(104), { story: true }),
        await runPlan(planWorld(104), { story: true }),
      ];
      expect(second.story).toEqual(first.story);
      expect(first.story.length).toBeGreaterThan(100);
    },
    patienceMs,
  );

  it(
    "is the same whether or not somebody asks how it stands",
    async () => {
      const seen = await runPlan(planWorld(104), { story: true });
      const unseen = await runPlan(planWorld(104), { story: true, inspect: false });
      expect(seen.looks).toBeGreaterThan(50);
      expect({ ...unseen, looks: seen.looks }).toEqual(seen);
    },
    patienceMs,
  );

  it("differs from others in everything that can go wrong", () => {
    const plans = Array.from({ length: 300 }, (_, seed) => planWorld(seed));
    const kinds = new Set(plans.flatMap(({ deeds }) => deeds.map(({ kind }) => kind)));
    expect([...kinds].sort()).toEqual(
      [
        "black-hole",
        "deploy",
        "forget-idle",
        "half-open",
        "kill",
        "kill-client",
        "partition",
        "reset",
        "stall",
        "weather",
      ].sort(),
    );
    const calls = plans.flatMap((plan) => plan.calls);
    expect(new Set(calls.map(({ kind }) => kind)).size).toBe(4);
    for (const bytes of [0, 300_000 - 40_000]) {
      expect(
        calls.some(({ requestBytes }) => requestBytes.some((each) => (bytes === 0 ? each === 0 : each > bytes))),
      ).toBe(true);
    }
    expect(plans.some(({ tls }) => tls)).toBe(true);
    expect(plans.some(({ polices }) => polices)).toBe(true);
    expect(plans.some(({ clients }) => clients.some(({ keepalive }) => keepalive?.permitWithoutCalls))).toBe(true);
    const settings = new Set(
      plans.flatMap(({ servers }) => servers.flatMap((server) => Object.keys(server.connections))),
    );
    expect([...settings].sort()).toEqual(
      ["keepalive", "maxConnectionAgeGraceMs", "maxConnectionAgeMs", "maxConnectionIdleMs", "pingPolicy"].sort(),
    );
  });

  it(
    "that is called calm while connections are cut has findings",
    async () => {
      const rules = new Set<string>();
      for (const seed of someSeeds) {
        const plan = planWorld(seed);
        if (plan.climate !== "rough") continue;
        for (const { rule } of (await runPlan({ ...plan, climate: "calm" })).findings) rules.add(rule);
      }
      expect([...rules]).toEqual(["failed-without-cause"]);
    },
    patienceMs,
  );
});
