/** What may fail, and what a line that is true no more does. */
import fs from "node:fs";
import { expect, it } from "vitest";
import { judge, readKnownFailing } from "./known-failing.mjs";

const known = [{ id: "server 1: a", reason: "because" }];

it("reads ids and reasons, and asks for a reason", () => {
  expect(readKnownFailing("# words\n\nserver 1: a # because\n")).toEqual(known);
  expect(() => readKnownFailing("server 1: a\n")).toThrow('no reason in "server 1: a"');
});

it("lets a known failure be, and no other", () => {
  expect(judge([{ id: "server 1: a", fault: "no" }, { id: "server 1: b" }], known)).toEqual([]);
  expect(
    judge(
      [
        { id: "server 1: a", fault: "no" },
        { id: "server 1: b", fault: "no" },
      ],
      known,
    ),
  ).toEqual(["server 1: b: no"]);
});

it("finds lines that are true no more, where the case was to run", () => {
  expect(judge([{ id: "server 1: a" }], known)).toEqual(["server 1: a: in known-failing.txt, and passes"]);
  expect(judge([], known)).toEqual(["server 1: a: in known-failing.txt, and there is no such case"]);
  expect(judge([], known, () => false)).toEqual([]);
});

it("holds a case that runs twice, as h2spec's do, to the run that fails", () => {
  expect(judge([{ id: "server 1: a" }, { id: "server 1: a", fault: "no" }], known)).toEqual([]);
});

it("is at most three lines", () => {
  const text = fs.readFileSync(new URL("known-failing.txt", import.meta.url), "utf8");
  expect(readKnownFailing(text).length).toBeLessThanOrEqual(3);
});
