import { describe, expect, it } from "vitest";
import { durationText } from "./duration-text.ts";

describe("a duration", () => {
  it("has the unit and digits that a person reads", () => {
    const durations = [0, 0.4, 20, 999.4, 999.6, 1_000, 20_040, 99_940, 99_960, 350_000, 3_600_000, 18_000_000];
    expect(durations.map(durationText).join(", ")).toBe(
      "0 ms, 0 ms, 20 ms, 999 ms, 1.0 s, 1.0 s, 20.0 s, 99.9 s, 100 s, 350 s, 3600 s, 5.0 h",
    );
  });
});
