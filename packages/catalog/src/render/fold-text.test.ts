import { describe, expect, it } from "vitest";
import { clipText, columnsOf, foldText } from "./fold-text.ts";

describe("folding", () => {
  it("breaks at blanks and keeps long words whole", () => {
    expect(foldText("one two three four", 9)).toEqual(["one two", "three", "four"]);
    expect(foldText("see https://example.org/very/long now", 10)).toEqual([
      "see",
      "https://example.org/very/long",
      "now",
    ]);
    expect(foldText("a\nb", 10)).toEqual(["a", "b"]);
  });

  it("counts Chinese letters twice, and leaves punctuation at the end of a line", () => {
    expect(columnsOf("GOAWAY 连接")).toBe(11);
    for (const line of foldText("对端在关闭这个连接之前，发送过 GOAWAY 吗？没有。", 12)) {
      expect(columnsOf(line)).toBeLessThanOrEqual(14); // one mark of punctuation may hang over
      expect(line).not.toMatch(/^[，。？]/u);
    }
  });

  it("clips with an ellipsis", () => {
    expect(clipText("abcdef", 6)).toBe("abcdef");
    expect(clipText("abcdefg", 6)).toBe("abcde…");
    expect(columnsOf(clipText("连接被关闭了", 7))).toBeLessThanOrEqual(7);
  });
});
