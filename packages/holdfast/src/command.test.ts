import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { runCommand } from "./command.ts";

let printed = "";
const keep = (text: unknown): boolean => {
  printed += String(text);
  return true;
};

beforeEach(() => {
  printed = "";
  vi.spyOn(process.stdout, "write").mockImplementation(keep);
  vi.spyOn(process.stderr, "write").mockImplementation(keep);
});
afterEach(() => vi.restoreAllMocks());

/** Command line, and what its answer must say. */
const mistakes: readonly (readonly [string, ...string[]])[] = [
  ["dmeo", "unknown command 'dmeo'", "Did you mean demo?"],
  ["demo --kil term", "unknown option '--kil'", "Did you mean --kill?"],
  ["demo --kill hard", "'hard' is invalid", "term, kill, mixed"],
  ["demo --server nginx", "'nginx' is invalid", "holdfast, grpc-js, grpcio"],
  ["demo --without holdfast", "'holdfast' is invalid", "grpc-js"],
  ["demo --for 30", "'30' is invalid", "30s"],
  ["demo --for 10ms", "at least 1s"],
  ["demo --for 2h", "at most 1h"],
  ["demo --rate 0", "'0' is invalid", "from 1 to 2000"],
  ["demo --rate 1.5", "whole number"],
  ["demo --seed -1", "'-1' is invalid", "from 0 to 4294967295"],
  ["demo --seed 4294967296", "from 0 to 4294967295"],
  ["demo --for", "argument missing"],
  ["demo now", "too many arguments"],
  ["web --port 65536", "from 0 to 65535"],
  ["web --port http", "from 0 to 65535"],
  ["web --host", "argument missing"],
  ["site", "required option '--out <folder>'"],
  ["site --out x --url example.org", "such as https://example.org/errors"],
  ["site --out package.json", "is a file; name a folder"],
  ["site --out .", "holds files that no export wrote"],
];

describe("the command line", () => {
  it.each(mistakes)("answers a mistake with 2 and what was expected: %s", async (line, ...essentials) => {
    expect(await runCommand(line.split(" "))).toBe(2);
    for (const essential of essentials) expect(printed).toContain(essential);
  });

  it.each([
    ["show", "--\u001b[2J"],
    ["list", "--domain", "\u001b[2J\u009b1m"],
    ["demo", "--kill", "\u202eterm"],
    ["\u001b]0;title\u0007"],
    ["explain", "--cause", "\u001b[2J"],
  ])("repeats of %j nothing that a terminal obeys", async (...args) => {
    expect(await runCommand(args)).toBe(2);
    expect(printed).toMatch(/\\u\{/);
    expect(printed).not.toMatch(/(?!\n)[\p{Cc}\p{Cf}]/u);
  });

  it("says its version", async () => {
    expect(await runCommand(["--version"])).toBe(0);
    expect(printed).toMatch(/^\d+\.\d+\.\d+\n$/);
  });

  it.each(["", "--help", "help"])("lists its commands for %j", async (line) => {
    expect(await runCommand(line === "" ? [] : line.split(" "))).toBe(0);
    expect(printed).toContain("demo [options]");
  });

  it("explains the demo's exit status", async () => {
    expect(await runCommand(["demo", "--help"])).toBe(0);
    expect(printed).toContain("Exit status 0");
    expect(printed).toContain("(default: 30s)");
  });
});
