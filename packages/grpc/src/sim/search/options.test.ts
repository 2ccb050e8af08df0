import { describe, expect, it } from "vitest";
import { parseOptions } from "./options.ts";

const parse = (line: string) => parseOptions(line === "" ? [] : line.split(" "));

describe("npm run sim", () => {
  it.each([
    ["", { from: 1, seeds: 200, explain: false, untilFound: false }],
    ["--seeds 7 --from 3 --until-found", { from: 3, seeds: 7, explain: false, untilFound: true }],
    ["--seeds=7", { from: 1, seeds: 7, explain: false, untilFound: false }],
    ["--seed 0 --explain", { from: 0, seeds: 1, explain: true, untilFound: false }],
  ])("understands %j", (line, options) => {
    expect(parse(line)).toEqual({ kind: "search", options });
  });

  it.each([
    ["--sees 7", 'unknown option "--sees"; there are --seeds, --from, --until-found, --seed, --explain'],
    ["--seeds", '--seeds takes a whole number above 0, not ""'],
    ["--seeds 0", '--seeds takes a whole number above 0, not "0"'],
    ["--from -1", '--from takes a whole number, not "-1"'],
    ["--seed 1 --seeds 2", "--seed is one world; it goes with neither --seeds nor --from"],
    ["--explain", "--explain needs the --seed of a world"],
    ["7", 'unknown option "7"; there are --seeds, --from, --until-found, --seed, --explain'],
  ])("refuses %j in words", (line, text) => {
    expect(parse(line)).toEqual({ kind: "mistake", text });
  });

  it("helps", () => {
    expect(parse("--help")).toEqual({ kind: "help" });
  });
});
