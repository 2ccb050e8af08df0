import { describe, expect, it } from "vitest";
import { ClueMemory } from "./clue-memory.ts";

describe("the memory of clues", () => {
  it("knows the clues in reach, by lines and by time", () => {
    const clues = new ClueMemory();
    expect(clues.isEmpty).toBe(true);
    clues.add(1, 10, 1_000);
    clues.add(2, 20, undefined);
    expect([...clues.near(210, undefined)]).toEqual([1, 2]);
    expect([...clues.near(211, undefined)]).toEqual([2]);
    expect([...clues.near(30, 121_001)]).toEqual([2]);
  });

  it("keeps a clue however often another one comes, and the latest of those", () => {
    const clues = new ClueMemory();
    clues.add(1, 10, undefined);
    for (let count = 0; count < 1_000; count++) clues.add(2, 11 + (count % 3), undefined);
    clues.add(2, 100, undefined);
    expect([...clues.near(100, undefined)]).toEqual([1, 2]);
    expect([...clues.near(300, undefined)]).toEqual([2]);
  });
});
