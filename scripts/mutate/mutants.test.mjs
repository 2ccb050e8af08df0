import { describe, expect, it } from "vitest";
import { mutantText, score } from "./mutants.mjs";

const source = ["const a = 1;", "  if (a < 3 && b) {", "    stop();", "  }", ""].join("\n");

/** Lines and columns from one, as Stryker counts them; the end is behind the last character. */
function mutant([startLine, startColumn], [endLine, endColumn], replacement) {
  const location = { start: { line: startLine, column: startColumn }, end: { line: endLine, column: endColumn } };
  return mutantText({ location, replacement }, source);
}

describe("a mutant in words", () => {
  it("is its line with what is changed in brackets", () => {
    expect(mutant([2, 7], [2, 12], "a <= 3")).toBe("if ([a < 3] && b) { → a <= 3");
  });

  it("is one line where the change spans several", () => {
    expect(mutant([2, 19], [4, 4], "{}")).toBe("if (a < 3 && b) [{ stop(); }] → {}");
  });

  it("does not change when lines above it do", () => {
    const location = { start: { line: 3, column: 1 }, end: { line: 3, column: 2 } };
    expect(mutantText({ location, replacement: "y" }, "\n\nx;")).toBe("[x]; → y");
  });
});

describe("the score", () => {
  it("is the share of those found, equivalents and what does not compile left out, rounded down", () => {
    const mutants = [
      ...["Killed", "Timeout", "Survived", "NoCoverage", "CompileError", "RuntimeError"].map((status) => ({ status })),
      { status: "Survived", equivalent: true },
      { status: "Killed" },
      { status: "Killed", equivalent: true },
      { status: "Survived" },
    ];
    expect(score(mutants)).toEqual({ percent: 62.5, killed: 4, timeout: 1, survived: 2, noCoverage: 1, equivalent: 1 });
  });

  it("of nothing is full", () => {
    expect(score([]).percent).toBe(100);
  });
});
