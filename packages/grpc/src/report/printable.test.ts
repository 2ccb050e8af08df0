import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { printable } from "./printable.ts";

describe("text of a peer", () => {
  it("keeps letters of every script", () => {
    expect(printable('max_age: "Zeit ist um" 时间到了 👋')).toBe('max_age: "Zeit ist um" 时间到了 👋');
  });

  it("cannot break a line, move the cursor or turn the writing", () => {
    expect(printable("a\nb\r\u001b[2J\u2028\u202e\u0000\u009b")).toBe(
      "a\\nb\\u{d}\\u{1b}[2J\\u{2028}\\u{202e}\\u{0}\\u{9b}",
    );
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (text) => {
        expect(printable(text)).not.toMatch(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/u);
        expect(printable(printable(text))).toBe(printable(text));
      }),
    );
  });
});
