/** The counting of CI and of the matrix: what is red must not come out green. */
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { parseMatrix } from "../matrix/options.mjs";
import { countTests } from "../test/count-reporter.mjs";
import { readCounts, writeCounts } from "./counts.mjs";

let folder;
beforeEach(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), "holdfast-"));
});
afterEach(() => fs.rmSync(folder, { recursive: true }));

describe("counts of a finished suite", () => {
  const file = () => path.join(folder, "counts.json");

  it("are one test by exit status when it wrote none", () => {
    expect(readCounts(file(), 0)).toEqual({ passed: 1, failed: 0, skipped: [], failures: [] });
    expect(readCounts(file(), 1)).toEqual({ passed: 0, failed: 1, skipped: [], failures: ["exit status 1"] });
    expect(readCounts(file(), null)).toMatchObject({ passed: 0, failed: 1 }); // ended by a signal
  });

  it("are its own, and a bad end after good tests is a failure", () => {
    writeCounts(file(), { passed: 7, failed: 0, skipped: [] });
    expect(readCounts(file(), 0)).toMatchObject({ passed: 7, failed: 0 });
    expect(readCounts(file(), 1)).toMatchObject({ passed: 7, failed: 1, failures: ["exit status 1"] });
  });
});

describe("the reporter", () => {
  const test = (state) => ({ fullName: `a test that ${state}`, result: () => ({ state }) });
  const module = (ok, ...tests) => ({
    relativeModuleId: "a.test.ts",
    ok: () => ok,
    children: { allTests: () => tests },
  });

  it("counts tests, names skips, and counts a file that did not load", () => {
    const modules = [module(false, test("passed"), test("failed"), test("skipped")), module(false)];
    expect(countTests(modules, 0)).toEqual({
      passed: 1,
      failed: 2,
      skipped: ["a test that skipped"],
      failures: ["a.test.ts: a test that failed", "a.test.ts"],
    });
  });

  it("counts an error that no test owns", () => {
    expect(countTests([module(true, test("passed"))], 2)).toMatchObject({ passed: 1, failed: 2 });
  });
});

describe("matrix options", () => {
  const known = ["20", "22", "24"];

  it("are all versions and the usual commands unless told otherwise", () => {
    expect(parseMatrix([], known)).toEqual({ nodes: known });
    expect(parseMatrix(["--nodes", "22"], known)).toEqual({ nodes: ["22"] });
    expect(parseMatrix(["--nodes", "22,24", "--", "npm", "test"], known)).toEqual({
      nodes: ["22", "24"],
      command: ["npm", "test"],
    });
    expect(parseMatrix(["npm", "test"], known)).toEqual({ nodes: known, command: ["npm", "test"] });
  });

  it("name what is unknown", () => {
    expect(parseMatrix(["--nodes", "18"], known).fault).toBe('no Node "18" here; there are 20, 22, 24');
    expect(parseMatrix(["--node", "20"], known).fault).toContain("unknown option --node");
  });
});
