import { describe, expect, it } from "vitest";
import { clipLine } from "./clip-line.ts";
import { ansiPaint } from "./paint.ts";

describe("a clipped line", () => {
  it("keeps what fits", () => {
    expect(clipLine("12345", 5)).toBe("12345");
    expect(clipLine("123456", 5)).toBe("12345");
  });

  it("counts what takes a place, and keeps every code", () => {
    const line = `${ansiPaint.bad("123")}${ansiPaint.strong("456")}`;
    expect(clipLine(line, 6)).toBe(line);
    expect(clipLine(line, 4)).toBe(`${ansiPaint.bad("123")}${ansiPaint.strong("4")}`);
    expect(clipLine(line, 2)).toBe(`${ansiPaint.bad("12")}\u001b[1m\u001b[22m`);
  });
});
