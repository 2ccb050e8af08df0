import { describe, expect, it } from "vitest";
import { joinWrapped } from "./join-wrapped.ts";
import { placed } from "./placed-text.ts";

describe("joinWrapped", () => {
  it("joins what a quotation or a box broke", () => {
    const long = "rpc error: code = Unavailable desc = closing transport";
    expect(joinWrapped(placed(`> ${long}\n> due to: EOF`), " ")?.text).toBe(`${long} due to: EOF`);
    expect(joinWrapped(placed(`│ ${long}\n│ due to: EOF`), " ")?.text).toBe(`${long} due to: EOF`);
    expect(joinWrapped(placed(`${long} d\nue to: EOF`), "")?.text).toBe(`${long} due to: EOF`);
  });

  it("leaves one line, short lines, and a log", () => {
    const line = "a line that is long enough to have been broken somewhere";
    expect(joinWrapped(placed(line), " ")).toBeUndefined();
    expect(joinWrapped(placed("short\nlines"), " ")).toBeUndefined();
    expect(joinWrapped(placed(Array.from({ length: 20 }, () => line).join("\n")), " ")).toBeUndefined();
  });
});
