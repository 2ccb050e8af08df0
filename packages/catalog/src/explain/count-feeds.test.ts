import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { countFeeds } from "./count-feeds.ts";

describe("counting line feeds", () => {
  it("agrees with looking at each byte, wherever the range begins and ends", () => {
    // Bytes that differ from a line feed in one bit, or would carry into their neighbours.
    const byte = fc.constantFrom(0x0a, 0x0b, 0x8a, 0x0d, 0x00, 0x09, 0x80, 0xff);
    const bytes = fc.array(byte, { maxLength: 40 }).map((each) => Uint8Array.from(each));
    const place = fc.nat({ max: 40 });
    fc.assert(
      fc.property(bytes, fc.nat({ max: 7 }), place, place, (all, offset, a, b) => {
        const view = all.subarray(Math.min(offset, all.length));
        const [from, to] = [Math.min(a, view.length), Math.min(b, view.length)];
        expect(countFeeds(view, from, to)).toBe([...view.slice(from, to)].filter((each) => each === 0x0a).length);
      }),
      { numRuns: 2_000 },
    );
  });
});
