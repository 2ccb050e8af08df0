import { describe, expect, it } from "vitest";
import { parseOptions } from "./options.ts";

describe("the options of the fuzz search", () => {
  it("has defaults", () => {
    expect(parseOptions([], 5 * 86_400_000)).toMatchObject({ kind: "fuzz", forMs: 10_000, seed: 5, json: false });
  });

  it.each([
    [["--for", "30m"], { forMs: 1_800_000 }],
    [["--seed", "7"], { seed: 7 }],
    [["--replay", "a.fuzz", "b.fuzz"], { replay: ["a.fuzz", "b.fuzz"] }],
  ])("%j", (args, expected) => {
    expect(parseOptions(args, 0)).toMatchObject(expected);
  });

  it.each([
    [["--for", "long"], "expected a time such as 60s or 30m"],
    [["--seed", "-1"], "--seed"],
    [["--replay"], "expected the name of a file"],
    [["a.fuzz"], "did you mean --replay?"],
    [["--fro", "1s"], "--fro"],
  ])("%j is a mistake: %s", (args, message) => {
    const usage = parseOptions(args, 0);
    expect(usage.kind).toBe("mistake");
    expect("text" in usage ? usage.text : "").toContain(message);
  });
});
