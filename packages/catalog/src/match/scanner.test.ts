import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createScanner } from "./scanner.ts";

type Hit = readonly [at: number, literal: number];

function scanned(literals: readonly string[], bytes: Uint8Array, from?: number, to?: number): Hit[] {
  const hits: Hit[] = [];
  createScanner(literals).scan(bytes, (at, literal) => hits.push([at, literal]), from, to);
  return sorted(hits);
}

/** What the scanner must find, the slow way. */
function searched(literals: readonly string[], bytes: Uint8Array, from = 0, to = bytes.length): Hit[] {
  const hits: Hit[] = [];
  const piece = Buffer.from(bytes.subarray(from, to));
  for (const [index, literal] of literals.entries()) {
    for (let at = piece.indexOf(literal); at >= 0; at = piece.indexOf(literal, at + 1)) hits.push([from + at, index]);
  }
  return sorted(hits);
}

function sorted(hits: Hit[]): Hit[] {
  return hits.sort(([a, x], [b, y]) => a - b || x - y);
}

const bytesOf = (text: string) => new TextEncoder().encode(text);
const few = (minLength: number, maxLength: number) =>
  fc.string({ unit: fc.constantFrom("a", "a", "b", "b", "é"), minLength, maxLength });

describe("createScanner", () => {
  it("finds what a search for each literal finds, whatever the literals and the text", () => {
    const literals = fc.array(few(4, 9), { minLength: 1, maxLength: 40 });
    fc.assert(
      fc.property(literals, few(0, 300), fc.nat(20), fc.nat(20), (words, text, skip, drop) => {
        const bytes = bytesOf(text);
        const from = Math.min(skip, bytes.length);
        const to = Math.max(from, bytes.length - drop);
        expect(scanned(words, bytes)).toEqual(searched(words, bytes));
        expect(scanned(words, bytes, from, to)).toEqual(searched(words, bytes, from, to));
      }),
      { numRuns: 2_000 }, // a few seconds
    );
  });

  it("finds real literals planted in random bytes", () => {
    const words = ["Connection dropped", "GOAWAY", "RST_STREAM with code ", "transport is closing", "x".repeat(400)];
    const random = fc.uint8Array({ maxLength: 50 });
    fc.assert(
      fc.property(fc.array(fc.tuple(random, fc.nat(words.length - 1)), { maxLength: 8 }), random, (planted, tail) => {
        const pieces = planted.flatMap(([before, word]) => [before, bytesOf(words[word] ?? "")]);
        const bytes = new Uint8Array(Buffer.concat([...pieces, tail]));
        const hits = scanned(words, bytes);
        expect(hits).toEqual(searched(words, bytes));
        expect(hits.length).toBeGreaterThanOrEqual(planted.length);
      }),
    );
  });

  it("finds everything in order in long texts, wherever its inner stripes meet", () => {
    const words = ["closed", "GOAWAY received"];
    for (const gap of [1, 2, 3, 5, 7, 11, 4_083, 4_090, 8_187]) {
      // the last ones are a stripe, more or less
      const text = `${"-".repeat(gap)}closed${"GOAWAY received".slice(gap % 15)}GOAWAY received`.repeat(
        Math.ceil(40_000 / (gap + 30)), // several pairs of stripes
      );
      const bytes = bytesOf(text);
      expect(scanned(words, bytes), String(gap)).toEqual(searched(words, bytes));
      const places: number[] = [];
      createScanner(["closed"]).scan(bytes, (at) => places.push(at));
      expect(places).toEqual(searched(["closed"], bytes).map(([at]) => at));
    }
  });

  it("finds a literal at every single place of a long text", () => {
    const hits: number[] = [];
    const scanner = createScanner(["closed"]);
    const length = 16_500; // two pairs of stripes and a little
    for (let at = 0; at + 6 <= length; at++) {
      const bytes = new Uint8Array(length);
      bytes.set(bytesOf("closed"), at);
      scanner.scan(bytes, (found) => hits.push(found));
    }
    expect(hits).toEqual(Array.from({ length: length - 5 }, (_, at) => at));
  });

  it("finds a literal at both ends, in part of a larger buffer, and twice where two are alike", () => {
    const words = ["GOAWAY", "closed", "GOAWAY"];
    const whole = bytesOf("closedGOAWAY and closed");
    expect(scanned(words, whole)).toEqual([
      [0, 1],
      [6, 0],
      [6, 2],
      [17, 1],
    ]);
    expect(scanned(words, whole.subarray(6))).toEqual([
      [0, 0],
      [0, 2],
      [11, 1],
    ]);
    expect(scanned(words, whole, 1, 22)).toEqual([
      [6, 0],
      [6, 2],
    ]);
  });

  it("finds no literal that only partly lies in the piece", () => {
    const words = ["GOAWAY", "after GOAWAY", "GOAWAY came"];
    const bytes = bytesOf("after GOAWAY came");
    expect(scanned(words, bytes)).toEqual([
      [0, 1],
      [6, 0],
      [6, 2],
    ]);
    expect(scanned(words, bytes, 1, 16)).toEqual([[6, 0]]);
  });

  it("keeps the case of letters, and counts bytes, not characters", () => {
    expect(scanned(["closed"], bytesOf("Closed CLOSED"))).toEqual([]);
    expect(scanned(["连接断开"], bytesOf("é连接断开"))).toEqual([[2, 0]]);
    expect(createScanner(["GOAWAY", "连接断开"]).longest).toBe(12);
  });

  it("finds nothing with nothing to find, and in texts shorter than the literals", () => {
    expect(scanned([], bytesOf("GOAWAY"))).toEqual([]);
    expect(scanned(["GOAWAY"], bytesOf("GOAWA"))).toEqual([]);
    expect(scanned(["GOAWAY"], bytesOf(""))).toEqual([]);
    expect(scanned(["GOAWAY"], bytesOf("GOAWAY"), 3, 2)).toEqual([]);
  });

  it("refuses a literal of less than four bytes", () => {
    expect(() => createScanner(["GOAWAY", "EOF"])).toThrow(new RangeError('literal "EOF": shorter than 4 bytes'));
  });
});
