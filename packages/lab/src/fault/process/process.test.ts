/** A child that prints the time every few milliseconds, and what a pause of it looks like from outside. */

import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { createInterface } from "node:readline";
import ts from "typescript";
import { afterEach, expect, it } from "vitest";
import { blockEventLoop } from "./block-event-loop.ts";
import { kill, stopFor, terminate } from "./process-fault.ts";

const children = new Set<ChildProcess>();
afterEach(() => {
  for (const child of children) child.kill("SIGKILL");
  children.clear();
});

/** Prints its own clock every 5 ms. */
const ticking = "setInterval(() => console.log(performance.now()), 5)";

async function ticker(
  script: string,
): Promise<{ readonly child: ChildProcess; gapOf(wantedMs: number): Promise<void> }> {
  const child = spawn(process.execPath, ["--input-type=module", "-e", script], {
    stdio: ["ignore", "pipe", "inherit", "ipc"],
  });
  children.add(child);
  const lines = createInterface({ input: child.stdout as NodeJS.ReadableStream });
  let before = Number(((await once(lines, "line")) as [string])[0]);
  let longestMs = 0;
  lines.on("line", (line) => {
    longestMs = Math.max(longestMs, Number(line) - before);
    before = Number(line);
    lines.emit("seen");
  });
  const gapOf = async (wantedMs: number): Promise<void> => {
    while (longestMs < wantedMs) await once(lines, "seen");
  };
  return { child, gapOf };
}

it("SIGTERM and SIGKILL end it", async () => {
  for (const [end, signal] of [[terminate, "SIGTERM"] as const, [kill, "SIGKILL"] as const]) {
    const { child } = await ticker(ticking);
    const exit = once(child, "exit");
    expect(end(child)).toBe(true);
    expect((await exit)[1]).toBe(signal);
  }
});

it("stops it for a while, and lets it go on", async () => {
  const { child, gapOf } = await ticker(ticking);
  await stopFor(child, 300);
  await gapOf(250);
});

it("does not wait for one that is gone", async () => {
  const { child } = await ticker(ticking);
  kill(child);
  await once(child, "exit");
  await stopFor(child, 3_600_000);
});

it("blocks its event loop", async () => {
  // Node 20 reads no TypeScript.
  const source = readFileSync(new URL("./blockable.ts", import.meta.url), "utf8");
  const { outputText } = ts.transpileModule(source, { compilerOptions: { module: ts.ModuleKind.ESNext } });
  const { child, gapOf } = await ticker(`${outputText}\n${ticking}`);
  expect(blockEventLoop(child, 300)).toBe(true);
  await gapOf(250);
});

it("cannot block one that has no channel", () => {
  const child = spawn(process.execPath, ["-e", ticking], { stdio: "ignore" });
  children.add(child);
  expect(blockEventLoop(child, 1)).toBe(false);
});
