import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { DynamicTable, fieldBytes } from "./dynamic-table.ts";

function contents(table: DynamicTable): [string, string][] {
  return Array.from({ length: table.count }, (_, i) => [table.name(i + 1), table.value(i + 1)]);
}

describe("dynamic table", () => {
  it("counts 32 octets for an entry and drops the oldest first", () => {
    const table = new DynamicTable(3 * 34);
    for (const name of ["a", "b", "c", "d"]) table.insert(name, "1");
    expect(table.sizeBytes).toBe(102);
    expect(contents(table).flat()).toEqual(["d", "1", "c", "1", "b", "1"]);
  });

  it("is emptied by an entry larger than itself, which is not an error (RFC 7541 §4.4)", () => {
    const table = new DynamicTable(100);
    table.insert("a", "1");
    expect(table.insert("a", "x".repeat(100))).toBe(0);
    expect(table.count).toBe(0);
    expect(table.sizeBytes).toBe(0);
    expect(table.insert("a", "2")).toBeGreaterThan(0);
    expect(contents(table)).toEqual([["a", "2"]]);
  });

  it("takes an entry of exactly its size", () => {
    const table = new DynamicTable(100);
    table.insert("a", "1");
    table.insert("a", "x".repeat(67));
    expect(table.count).toBe(1);
    expect(table.sizeBytes).toBe(100);
  });

  it("has a new generation after each insertion, vain ones too, and each size update", () => {
    const table = new DynamicTable(100);
    const seen = new Set([table.generation]);
    const changes = [
      () => table.insert("a", "1"),
      () => table.insert("b", "x".repeat(200)),
      () => table.setCapacity(100),
    ];
    for (const change of changes) {
      change();
      expect(seen.has(table.generation)).toBe(false);
      seen.add(table.generation);
    }
  });

  it("tells what goes, with the id that it was given", () => {
    const gone: [string, string, number][] = [];
    const table = new DynamicTable(70, { remove: (...entry) => gone.push(entry) });
    const ids = ["a", "b", "c"].map((name) => table.insert(name, "1"));
    expect(gone).toEqual([["a", "1", ids[0]]]);
    table.setCapacity(0);
    expect(gone.slice(1).map(([name, , id]) => [name, id])).toEqual([
      ["b", ids[1]],
      ["c", ids[2]],
    ]);
  });

  it("agrees with an array of entries, whatever happens to it", () => {
    const insert = fc.tuple(fc.string({ maxLength: 4 }), fc.string({ maxLength: 40 }));
    const step = fc.oneof({ arbitrary: insert, weight: 20 }, { arbitrary: fc.nat({ max: 2_000 }), weight: 1 }); // bytes
    fc.assert(
      fc.property(fc.array(step, { maxLength: 200 }), (steps) => {
        let capacity = 1_000; // room for 20 entries or so, so that a hundred steps turn it over
        const table = new DynamicTable(capacity);
        let model: [string, string, number][] = [];
        for (const each of steps) {
          if (typeof each === "number") table.setCapacity((capacity = each));
          else model.unshift([...each, table.insert(...each)]);
          let room = capacity;
          const keep = model.findIndex(([name, value]) => (room -= fieldBytes(name, value)) < 0);
          if (keep >= 0) model = model.slice(0, keep);
          expect(contents(table)).toEqual(model.map(([name, value]) => [name, value]));
          model.forEach(([, , id], i) => expect(table.indexOf(id)).toBe(i + 1));
          expect(table.sizeBytes).toBe(model.reduce((sum, [name, value]) => sum + fieldBytes(name, value), 0));
        }
      }),
    );
  });
});
