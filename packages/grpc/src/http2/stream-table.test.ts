import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Http2Stream } from "./stream.ts";
import { StreamTable } from "./stream-table.ts";
import { ReceiveWindow } from "./windows.ts";

function stream(id: number): Http2Stream {
  const holderEvents = { creditAllowed: () => undefined, giveWay: () => undefined };
  return new Http2Stream(id, new ReceiveWindow(0), 0, holderEvents);
}

describe("the table of open streams", () => {
  it("holds what a map would, however ids collide", () => {
    // Ids from a small range and far multiples of the table's size: many share a place.
    const id = fc
      .oneof(
        fc.nat(40),
        fc.nat(8).map((n) => n * 64),
      )
      .map((n) => 2 * n + 1);
    fc.assert(
      fc.property(fc.array(fc.tuple(id, fc.boolean())), (steps) => {
        const table = new StreamTable();
        const map = new Map<number, Http2Stream>();
        for (const [one, comes] of steps) {
          if (comes && !map.has(one)) {
            const made = stream(one);
            map.set(one, made);
            table.add(made);
          } else if (!comes) expect(table.delete(one)).toBe(map.delete(one));
          expect(table.size).toBe(map.size);
          for (const [key, value] of map) expect(table.get(key)).toBe(value);
          expect(table.get(one)).toBe(map.get(one));
        }
        expect(table.all().map((each) => each.id)).toEqual([...map.keys()].sort((a, b) => a - b));
      }),
    );
  });

  it("gives a list that does not change under whoever walks it", () => {
    const table = new StreamTable();
    for (const id of [5, 1, 3]) table.add(stream(id));
    for (const each of table.all()) table.delete(each.id);
    expect(table.size).toBe(0);
  });
});
