import { describe, expect, it } from "vitest";
import { shownLine } from "./shown-line.ts";

describe("a line that is too long to be shown", () => {
  const hit = "Connection dropped";

  it.each([0, 20, 100, 400, 490, 5_000])("shows the hit where a terminal shows it, %i letters in", (before) => {
    const line = `${"a ".repeat(before / 2)}14 UNAVAILABLE: ${hit}`;
    for (const after of ["", " b".repeat(400), " b".repeat(5_000)]) {
      const shown = shownLine(line + after, hit);
      expect(shown.length).toBeLessThanOrEqual(500);
      if (`${line}${after}`.length > 500) expect(shown.slice(0, 78)).toContain(`UNAVAILABLE: ${hit}`);
      else expect(shown).toBe(line + after);
    }
  });
});
