import fc from "fast-check";
import { RE2JS } from "re2js";
import { describe, expect, it } from "vitest";
import { findParts } from "./find-parts.ts";
import { parseTemplate } from "./parse-template.ts";
import { partsRegex } from "./parts-regex.ts";
import type { TemplatePart } from "./template-part.ts";

/** Few characters, so that random templates and random messages meet often; each is special to some hole or edge. */
const noise = fc.string({ unit: fc.constantFrom(..."ab1 :._-\n\r\té{"), maxLength: 6 });
const fixed = fc.string({ unit: fc.constantFrom(..."ab1 :._"), minLength: 1, maxLength: 3 });
const hole = fc.constantFrom(
  "{int}",
  "{word}",
  "{addr}",
  "{text}",
  "{a|b}",
  "{ab|a|1:}",
  "{|b}",
  "{a|}",
  "{flags:ab|a}",
);
/** A piece of a template, and a text that may fit it. */
const piece = fc.oneof(
  fixed.map((text) => [text, text] as const),
  fc.tuple(hole, fc.oneof(noise, fc.constantFrom("1", "11", "ab", "b", "1:1", ""))),
);
const cases = fc
  .tuple(fc.array(piece, { minLength: 1, maxLength: 6 }), fc.array(noise, { minLength: 2, maxLength: 4 }))
  .map(([pieces, around]) => ({
    template: pieces.map(([part]) => part).join(""),
    message: around.join(pieces.map(([, text]) => text).join("")),
  }))
  .filter(({ template }) => readable(template) !== undefined);

function readable(text: string): readonly TemplatePart[] | undefined {
  try {
    return parseTemplate(text);
  } catch {
    return undefined;
  }
}

function byRe2(regex: string, text: string, from: number): readonly [number, number] | undefined {
  const matcher = RE2JS.compile(regex).matcher(text);
  return matcher.find(from) ? [matcher.start(), matcher.end()] : undefined;
}

describe("findParts", () => {
  it("agrees with the expression on whether and where, for any template, message and beginning", () => {
    let found = 0;
    const property = fc.property(cases, fc.nat(5), ({ template, message: text }, from) => {
      const parts = parseTemplate(template);
      const start = Math.min(from, text.length);
      const match = findParts(parts, text, start);
      if (match !== undefined) found++;
      expect(match && [match.start, match.end]).toEqual(byRe2(partsRegex(parts), text, start));
    });
    fc.assert(property, { numRuns: 20_000 }); // some seconds of random cases
    // A quarter of them: else the random texts would prove nothing.
    expect(found).toBeGreaterThan(5_000);
  });

  it("needs time linear in the message, whatever the message repeats", () => {
    const hostile: readonly (readonly [string, string])[] = [
      ["{word}x{word}y{word}z!", "xy"],
      ["a{text}a{text}a{text}a{text}b", "a"],
      ["{addr}:{addr}:{addr}: end", "1:"],
      ["{int}{int}{int}{int}x", "1"],
      ["a{text}{word}{text}{word} b", "a "],
      ["{a|aa}{a|aa}{a|aa}{a|aa}{word}b", "a"],
      ["x {text}y", "x "],
      [`${"{a|aa}".repeat(20)}b`, "a"],
    ];
    for (const [template, unit] of hostile) {
      const parts = parseTemplate(template);
      const { parts: counted, reads } = countingParts(parts);
      const length = 4_000; // long enough that a square of it is far above the bound
      expect(findParts(counted, unit.repeat(length / unit.length), 0)).toBeUndefined();
      // Each part reads each place once for itself and, where holes meet, once for its neighbour.
      expect(reads(), template).toBeLessThanOrEqual(2 * parts.length * (length + 1));
    }
  });

  it("gives what named holes held", () => {
    const parts = parseTemplate('GOAWAY code={http2_code:word}, debug data: "{debug_data:text}" from {address:addr}');
    const text = 'x GOAWAY code=NO_ERROR, debug data: "a "b" c" from [::1]:50051.';
    expect(findParts(parts, text, 0)?.values).toEqual({
      http2_code: "NO_ERROR",
      debug_data: 'a "b" c',
      address: "[::1]:50051",
    });
  });

  it("keeps words whole at both ends of a template only", () => {
    const parts = parseTemplate("code {int}");
    expect(findParts(parts, "barcode 12", 0)).toBeUndefined();
    expect(findParts(parts, "code 12th", 0)).toBeUndefined();
    expect(findParts(parts, "(code 12)", 0)).toMatchObject({ start: 1, end: 8 });
    expect(findParts(parts, "xcode 1", 1)).toBeUndefined();
  });

  it("never leaves its line", () => {
    const parts = parseTemplate("begin {text} end");
    expect(findParts(parts, "begin a\nb end", 0)).toBeUndefined();
    expect(findParts(parts, "begin a\nbegin b end\nend", 0)).toMatchObject({ start: 8, end: 19 });
  });
});

/** The same parts, counting how often a hole asks about a character: a measure of work that no clock disturbs. */
function countingParts(parts: readonly TemplatePart[]): { parts: readonly TemplatePart[]; reads: () => number } {
  let reads = 0;
  const counted = parts.map((part): TemplatePart => {
    if (part.kind === "texts") {
      const texts = part.texts;
      return Object.defineProperty({ ...part }, "texts", {
        get: () => {
          reads++;
          return texts;
        },
      });
    }
    if (part.kind !== "run") return part;
    const has = (unit: number) => {
      reads++;
      return part.set.has(unit);
    };
    return { ...part, set: { ...part.set, has } };
  });
  return { parts: counted, reads: () => reads };
}
