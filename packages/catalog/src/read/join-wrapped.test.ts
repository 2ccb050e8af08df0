import { describe, expect, it } from "vitest";
import { joinWrapped } from "./join-wrapped.ts";

describe("joinWrapped", () => {
  it("joins what a quotation or a box broke", () => {
    const long = "rpc error: code = Unavailable desc = closing transport";
    expect(joinWrapped(`> ${long}\n> due to: EOF`, " ")).toBe(`${long} due to: EOF`);
    expect(joinWrapped(`│ ${long}\n│ due to: EOF`, " ")).toBe(`${long} due to: EOF`);
    expect(joinWrapped(`${long} d\nue to: EOF`, "")).toBe(`${long} due to: EOF`);
  });

  it("leaves one line, short lines, and a log", () => {
    const line = "a line that is long enough to have been broken somewhere";
    expect(joinWrapped(line, " ")).toBeUndefined();
    expect(joinWrapped("short\nlines", " ")).toBeUndefined();
    expect(joinWrapped(Array.from({ length: 20 }, () => line).join("\n"), " ")).toBeUndefined();
  });
});
