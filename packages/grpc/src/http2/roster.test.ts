import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Roster } from "./roster.ts";

describe("a roster", () => {
  it("holds what a set would", () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.nat(9), fc.boolean())), (steps) => {
        const members = Array.from({ length: 10 }, (_, name) => ({ name, rosterPlace: -1 }));
        const roster = new Roster<{ name: number; rosterPlace: number }>();
        const set = new Set<number>();
        for (const [name, comes] of steps) {
          const member = members[name];
          if (member === undefined) continue;
          if (!comes) {
            roster.delete(member);
            set.delete(name);
          } else if (!set.has(name)) {
            roster.add(member);
            set.add(name);
          }
          expect(roster.size).toBe(set.size);
          expect(new Set(roster.all().map((one) => one.name))).toEqual(set);
        }
      }),
    );
  });
});
