/**
 * Same seed, same log, byte for byte: in this process, and in two others that know nothing of each other. And different
 * seeds, or the same with equal times shuffled, give different days.
 */

import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import ts from "typescript";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { busyDay } from "../../test/sim/busy-day.ts";

const root = fileURLToPath(new URL("../../", import.meta.url));

describe("a world of one seed", () => {
  let folder = "";
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), "determinism-"));
    compileInto(folder);
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  it.each([false, true])("logs the same bytes in two processes (equal times shuffled: %s)", async (permute) => {
    const first = dayInAnotherProcess(folder, 7, permute);
    const second = dayInAnotherProcess(folder, 7, permute);
    expect(first.length).toBeGreaterThan(100_000); // thousands of events
    expect(second === first).toBe(true);
    // This process runs the sources through another compiler, and other code ran before.
    expect((await busyDay(7, permute)) === first).toBe(true);
  });

  it("has every kind of event in its log", async () => {
    const day = await busyDay(7, false);
    for (const event of [
      "connected",
      "data ",
      "end",
      "flushed ",
      "closed",
      "closed ECONNRESET",
      "closed ECONNREFUSED",
    ]) {
      expect(day).toMatch(new RegExp(`#\\d+ ${event}`));
    }
    for (const event of ["timer", "listening", "accepted", "stall", "kill", "power off", "restart", "log serving"]) {
      expect(day).toContain(` ${event}`);
    }
  });

  it("is another world with another seed, and with equal times shuffled", async () => {
    const days = await Promise.all([busyDay(7, false), busyDay(8, false), busyDay(7, true), busyDay(8, true)]);
    expect(new Set(days).size).toBe(4);
  });
});

/** The day's sources and what they import, as JavaScript that any Node runs. */
function compileInto(folder: string): void {
  const sim = readdirSync(join(root, "src/sim")).filter((name) => name.endsWith(".ts") && !name.endsWith(".test.ts"));
  const files = [
    "test/sim/busy-day.ts",
    "src/http2/bytes.ts",
    "src/host/node/zip.ts",
    ...sim.map((name) => `src/sim/${name}`),
  ];
  for (const file of files) {
    const { outputText } = ts.transpileModule(readFileSync(join(root, file), "utf8"), {
      compilerOptions: {
        target: ts.ScriptTarget.ES2023,
        module: ts.ModuleKind.ESNext,
        verbatimModuleSyntax: true,
        rewriteRelativeImportExtensions: true,
      },
    });
    const out = join(folder, file.replace(/\.ts$/, ".js"));
    mkdirSync(dirname(out), { recursive: true });
    writeFileSync(out, outputText);
  }
  writeFileSync(join(folder, "package.json"), `{ "type": "module" }`);
}

function dayInAnotherProcess(folder: string, seed: number, permute: boolean): string {
  const program = `import { busyDay } from "./test/sim/busy-day.js"; process.stdout.write(await busyDay(${seed}, ${permute}));`;
  const run = spawnSync(process.execPath, ["--input-type=module", "--eval", program], {
    cwd: folder,
    encoding: "utf8",
    timeout: 15_000, // a day takes a second
    maxBuffer: 100_000_000, // a day's log is a few megabytes
  });
  if (run.status !== 0) throw new Error(`the day did not end well: ${run.stderr}`);
  return run.stdout;
}
