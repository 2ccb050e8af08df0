/** The options that measure: what is taken, and what a mistake gets. */

import { Command, CommanderError } from "commander";
import { expect, it } from "vitest";
import { addMeasureOptions, type MeasureFlags, measureMistake } from "./measure-options.ts";

function read(...args: readonly string[]): MeasureFlags | string {
  let said = "";
  const command = new Command("diagnose").exitOverride().configureOutput({ writeErr: (text) => (said += text) });
  try {
    return addMeasureOptions(command.argument("[target]")).parse(args, { from: "user" }).opts();
  } catch (error) {
    if (error instanceof CommanderError) return said;
    throw error;
  }
}

it("takes all, some, a bound, a watch", () => {
  expect(read("shop:443", "--measure")).toEqual({ measure: true });
  expect(read("--measure", "idle,pings", "shop:443", "--for", "90s")).toEqual({
    measure: ["idle", "pings"],
    for: 90_000,
  });
  expect(read("shop:443", "--watch")).toEqual({ watch: true });
});

it.each([
  { args: ["--measure", "shop:443"], words: "put --measure behind the target" },
  { args: ["--measure", "idle,agee"], words: '"agee" is no measure; there are level, streams, idle, age, pings.' },
  { args: ["--measure", "--for", "10"], words: "Expected a number and a unit: 30s, 10m or 1h." },
  { args: ["--measure", "--for", "1s"], words: "Expected at least 5s." },
  { args: ["--measure", "--for", "48h"], words: "Expected at most 24h." },
])("tells what is wrong with $args", ({ args, words }) => {
  expect(read(...args)).toContain(words);
});

it("tells that a bound alone bounds nothing", () => {
  expect(measureMistake({ for: 5_000 })).toBe("--for belongs to --measure or --watch");
  expect(measureMistake({ for: 5_000, watch: true })).toBeUndefined();
});
