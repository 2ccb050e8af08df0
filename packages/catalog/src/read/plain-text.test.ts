import { describe, expect, it } from "vitest";
import { plainText } from "./plain-text.ts";

describe("plain text", () => {
  it.each([
    ["colours", "\u001b[31mred\u001b[0m", "red"],
    ["titles of windows", "\u001b]0;title\u0007x", "x"],
    ["line breaks", "a\r\nb\u2028c\fd", "a  b c d"],
    ["bells and NULs inside a word", "pass\0wo\u0007rd", "password"],
    ["marks that turn the direction, and blanks that nobody sees", "\u202epass\u200bword", "password"],
    ["halves of characters", "a\ud800b", "a b"],
    ["C1 controls", "a\u009d0;title\u009cb", "a0;titleb"],
  ])("%s", (_, text, plain) => {
    expect(plainText(text)).toBe(plain);
  });
});
