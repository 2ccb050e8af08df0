import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { changeLines, edit, originOf, placed } from "./placed-text.ts";

describe("a placed text", () => {
  it("has its own lines at first", () => {
    expect(placed("a\nb").lines).toEqual([
      [1, 1],
      [2, 2],
    ]);
  });

  it("tells of lines that one line became", () => {
    const made = changeLines(placed("a|b\nc"), (line) => line.replace("|", "\n"));
    expect(made.text).toBe("a\nb\nc");
    expect([1, 2, 3].map((line) => originOf(made, [line, line])[0])).toEqual([1, 1, 2]);
  });

  it("tells of a line that several lines became", () => {
    const made = edit(placed("one\ntwo\nthree\nfour"), [[2, 8, "-"]]);
    expect(made.text).toBe("on-three\nfour");
    expect(made.lines).toEqual([
      [1, 3],
      [4, 4],
    ]);
    expect(originOf(made, [1, 2])).toEqual([1, 4]);
  });

  it("has a range for each line whatever is edited, and the ranges do not go back", () => {
    const cuts = fc.array(fc.tuple(fc.nat(40), fc.nat(8), fc.constantFrom("", "x", " ")), { maxLength: 5 });
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom("a", "\n"), maxLength: 40 }), cuts, (text, found) => {
        const edits = found
          .map(
            ([from, length, written]) =>
              [Math.min(from, text.length), Math.min(from + length, text.length), written] as const,
          )
          .sort(([a], [b]) => a - b);
        const { text: edited, lines } = edit(placed(text), edits);
        expect(lines).toHaveLength(edited.split("\n").length);
        const numbers = lines.flat();
        expect(numbers).toEqual(numbers.toSorted((a, b) => a - b));
        expect(numbers.at(-1)).toBeLessThanOrEqual(text.split("\n").length);
      }),
    );
  });
});
