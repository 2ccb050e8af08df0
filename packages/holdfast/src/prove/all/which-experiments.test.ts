/** Ten commits in a row give every experiment its turn. */
import { describe, expect, it } from "vitest";
import { tenthOf } from "./which-experiments.ts";

describe("a tenth", () => {
  const ids = Array.from({ length: 57 }, (_, at) => `a/${at}`);

  it("is another one for each of ten commits, and all of them are everything", () => {
    const turns = Array.from({ length: 10 }, (_, turn) => tenthOf(ids, 3_141 + turn));
    expect(turns.flat().sort()).toEqual([...ids].sort());
    expect(Math.max(...turns.map((turn) => turn.length))).toBe(6);
  });
});
