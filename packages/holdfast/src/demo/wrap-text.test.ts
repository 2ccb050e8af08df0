import { describe, expect, it } from "vitest";
import { wrapText } from "./wrap-text.ts";

describe("wrapped text", () => {
  it("breaks at spaces", () => {
    expect(wrapText("one two three four", 9, 9)).toEqual(["one two", "three", "four"]);
  });

  it("cuts a word that fits on no line", () => {
    expect(wrapText("a 0123456789 b", 4, 9)).toEqual(["a", "0123", "4567", "89 b"]);
  });

  it("ends with an ellipsis where lines run out, and stays inside", () => {
    expect(wrapText("one two three four", 9, 2)).toEqual(["one two", "three…"]);
    expect(wrapText("123456789 123456789", 9, 1)).toEqual(["12345678…"]);
  });

  it("makes one line of many", () => {
    expect(wrapText("a\n  b\tc", 20, 2)).toEqual(["a b c"]);
    expect(wrapText("", 20, 2)).toEqual([]);
  });
});
