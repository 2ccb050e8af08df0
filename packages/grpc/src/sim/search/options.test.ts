import { describe, expect, it } from "vitest";
import { parseOptions } from "./options.ts";

const parse = (line: string) => parseOptions(line === "" ? [] : line.split(" "));

const plain = { explain: false, untilFound: false, brief: false, full: false, minutes: Infinity };
const all = "--seeds, --from, --minutes, --seed, --explain, --until-found, --brief, --full";

describe("npm run sim", () => {
  it.each([
    ["", { ...plain, from: 1, seeds: 200 }],
    ["--seeds 7 --from 3 --until-found", { ...plain, from: 3, seeds: 7, untilFound: true }],
    ["--seeds=7 --minutes 2 --brief", { ...plain, from: 1, seeds: 7, minutes: 2, brief: true }],
    ["--full", { ...plain, from: 1, seeds: 3_000, full: true }],
    ["--seeds 3000", { ...plain, from: 1, seeds: 3_000, full: true }],
    ["--full --seeds 20", { ...plain, from: 1, seeds: 20, full: true }],
    ["--seed 0 --explain", { ...plain, from: 0, seeds: 1, explain: true }],
  ])("understands %j", (line, options) => {
    expect(parse(line)).toEqual({ kind: "search", options });
  });

  it.each([
    ["--sees 7", `unknown option "--sees"; there are ${all}`],
    ["--seeds", '--seeds takes a whole number above 0, not ""'],
    ["--seeds 0", '--seeds takes a whole number above 0, not "0"'],
    ["--minutes 0", '--minutes takes a whole number above 0, not "0"'],
    ["--from -1", '--from takes a whole number, not "-1"'],
    ["--seed 1 --seeds 2", "--seed is one world; it goes with neither --seeds nor --from"],
    ["--explain", "--explain needs the --seed of a world"],
    ["7", `unknown option "7"; there are ${all}`],
  ])("refuses %j in words", (line, text) => {
    expect(parse(line)).toEqual({ kind: "mistake", text });
  });

  it("helps", () => {
    expect(parse("--help")).toEqual({ kind: "help" });
  });
});
