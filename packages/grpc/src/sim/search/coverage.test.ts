import { describe, expect, it } from "vitest";
import { type Cell, cellText, Coverage } from "./coverage.ts";
import { impossibleCells } from "./impossible-cells.ts";
import { planWorld } from "./plan-world.ts";
import { runPlan } from "./run-plan.ts";

const cell: Cell = { fault: "reset", state: "busy", kind: "unary", side: "client" };
// Faults, states, kinds of calls, sides.
const cells = 14 * 5 * 4 * 2;

describe("the coverage matrix", () => {
  it("counts what was hit, and lists what was not", () => {
    const coverage = new Coverage();
    expect(coverage.empty([])).toHaveLength(cells);
    coverage.hit(cell);
    coverage.hit(cell);
    expect(coverage.count(cell)).toBe(2);
    expect(coverage.empty([])).toHaveLength(cells - 1);
    expect(coverage.lines().join("\n")).toMatch(/^reset, client +(0 · ){3}0 +(0 · ){3}0 +2 · 0 · 0 · 0 /m);
  });

  it("excuses what is impossible, and says when it was not", () => {
    const coverage = new Coverage();
    const impossible = [{ fault: "reset", side: "client", why: "for the test" }] as const;
    expect(coverage.empty(impossible)).toHaveLength(cells - 5 * 4);
    expect(coverage.possibleAfterAll(impossible)).toEqual([]);
    coverage.hit(cell);
    expect(coverage.possibleAfterAll(impossible)).toEqual([cell]);
    expect(cellText(cell)).toBe("reset while a client's connection is busy and a unary call is open");
  });

  it("is filled by worlds in which something happens", async () => {
    const coverage = new Coverage();
    for (const seed of [3, 4, 5, 7]) await runPlan(planWorld(seed), { coverage });
    expect(coverage.empty([]).length).toBeLessThan(cells - 40);
  }, 60_000); // four worlds, a second each on an idle machine

  it("gives a reason for each cell that it does not ask for", () => {
    for (const { why } of impossibleCells) expect(why.length).toBeGreaterThan(20);
  });
});
