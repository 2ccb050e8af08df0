import { describe, expect, it } from "vitest";
import { parseDuration, secondsText } from "./duration.ts";

describe("a duration", () => {
  it.each([
    ["30s", 30_000],
    ["1.5m", 90_000],
    ["500ms", 500],
    ["1h", 3_600_000],
  ])("is %s", (text, durationMs) => expect(parseDuration(text)).toBe(durationMs));

  it.each(["", "30", "s", "30 s", "-1s", "1e3s", "30sec", "NaNs"])("is not %j", (text) => {
    expect(parseDuration(text)).toBeUndefined();
  });

  it("reads well", () => {
    expect([12_400, 30_000, 500].map(secondsText)).toEqual(["12.4 s", "30 s", "0.5 s"]);
  });
});
