import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { arrangeGraph, type GraphInput } from "./arrange-graph.ts";

/** Graphs of up to a dozen nodes; rings and loops included. */
const graphs = fc
  .array(fc.array(fc.nat({ max: 11 }), { maxLength: 4 }), { maxLength: 12 })
  .map((lists) =>
    lists.map((to, index): GraphInput => ({ id: `n${index}`, leadsTo: [...new Set(to)].map((each) => `n${each}`) })),
  );

describe("the arranged graph", () => {
  it("places every node once, alone or not, and no two in one place", () => {
    fc.assert(
      fc.property(graphs, (inputs) => {
        const { nodes, alone, rows } = arrangeGraph(inputs);
        expect([...nodes.map(({ id }) => id), ...alone].sort()).toEqual(inputs.map(({ id }) => id).sort());
        for (const a of nodes) {
          expect(a.middle).toBeGreaterThanOrEqual(0.5);
          expect(a.middle).toBeLessThanOrEqual(rows - 0.5 + 1e-9);
          const others = nodes.filter((b) => b !== a && b.column === a.column);
          for (const b of others) expect(Math.abs(a.middle - b.middle)).toBeGreaterThan(1 - 1e-9);
        }
      }),
    );
  });

  it("lets arrows of a graph without rings go to the right, one column at a time", () => {
    const noRings = graphs.map((inputs) =>
      inputs.map(({ id, leadsTo }) => ({
        id,
        leadsTo: leadsTo.filter((to) => Number(to.slice(1)) > Number(id.slice(1))),
      })),
    );
    fc.assert(
      fc.property(noRings, (inputs) => {
        const { nodes, edges } = arrangeGraph(inputs);
        const columnOf = new Map(nodes.map(({ id, column }) => [id, column]));
        for (const { from, to, bends } of edges) {
          const columns = [columnOf.get(from), ...bends.map(({ column }) => column), columnOf.get(to)];
          expect(columns).toEqual(columns.map((_, index) => (columnOf.get(from) ?? 0) + index));
          expect(columns.length).toBeGreaterThan(1);
        }
      }),
    );
  });

  it("names arrows to known entries alone", () => {
    const { edges, alone } = arrangeGraph([
      { id: "a", leadsTo: ["a", "gone", "b"] },
      { id: "b", leadsTo: [] },
    ]);
    expect(edges).toEqual([{ from: "a", to: "b", bends: [] }]);
    expect(alone).toEqual([]);
  });
});
