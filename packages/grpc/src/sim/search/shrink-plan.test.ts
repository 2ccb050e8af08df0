import { describe, expect, it } from "vitest";
import { planWorld } from "./plan-world.ts";
import { shrinkPlan } from "./shrink-plan.ts";
import type { WorldPlan } from "./world-plan.ts";

/** A rough world of several hosts. */
const plan = planWorld(4);

describe("a plan that breaks a rule", () => {
  it("shrinks to what the rule needs", async () => {
    const [deed, call] = [plan.deeds.at(-1), plan.calls[17]];
    const needs = ({ deeds, calls }: WorldPlan): Promise<boolean> =>
      Promise.resolve(deeds.some((each) => each === deed) && calls.some((each) => each === call));
    const small = await shrinkPlan(plan, needs, 1_000); // more than halving a few hundred calls takes
    expect(small.deeds).toEqual([deed]);
    expect(small.calls).toEqual([call]);
    expect(small.clients.map(({ name }) => name)).toContain(call?.client);
    expect(small.clients.length + small.servers.length).toBeLessThan(plan.clients.length + plan.servers.length);
  });

  it("stays as it is when all of it is needed, and stops after so many tries", async () => {
    let runs = 0;
    const small = await shrinkPlan(plan, () => Promise.resolve(++runs < 0), 30);
    expect(small).toEqual(plan);
    expect(runs).toBe(30);
  });
});
