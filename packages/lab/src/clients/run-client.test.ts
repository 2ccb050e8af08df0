import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { ClientRun } from "./run-client.ts";
import { runClient } from "./run-client.ts";

const order = { port: 1, policy: false, calls: 4, inFlight: 4, requestBytes: 100, deadlineMs: 1_000 };
let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "lab-"));
});

afterEach(() => rmSync(folder, { recursive: true }));

function run(source: string, limitMs = 10_000): Promise<ClientRun> {
  const file = join(folder, "driver.mjs");
  writeFileSync(file, `const say = (line) => console.log(JSON.stringify(line));\n${source}`);
  return runClient([process.execPath, file], order, limitMs);
}

describe("runClient", () => {
  it("counts what settled, and what did not", async () => {
    const result = await run(`
      say({ kind: "ok", id: 1 });
      console.log("a library's own line");
      say({ kind: "failed", id: 3, code: "UNAVAILABLE", detail: "gone", processed: "maybe", attempts: 5 });
      say({ kind: "done" });`);
    expect(result).toEqual({
      kind: "ran",
      ok: 1,
      failed: [{ id: 3, code: "UNAVAILABLE", detail: "gone", processed: "maybe", attempts: 5 }],
      neverSettled: 2,
    });
  });

  it("hands the order over", async () => {
    const result = await run(
      `if (JSON.parse(process.argv[2]).calls === 4) say({ kind: "ok", id: 1 }); say({ kind: "done" });`,
    );
    expect(result).toMatchObject({ ok: 1 });
  });

  it("passes on why a client cannot run", async () => {
    expect(await run(`say({ kind: "skipped", why: "not here" });`)).toEqual({ kind: "skipped", why: "not here" });
    expect(await runClient([join(folder, "nothing"), "x"], order, 1_000)).toMatchObject({
      kind: "skipped",
      why: expect.stringContaining("ENOENT") as unknown,
    });
    expect(await run(`throw new Error("bad start");`)).toMatchObject({
      kind: "skipped",
      why: expect.stringContaining("bad start") as unknown,
    });
  });

  it("does not take a driver that broke on the way for one that cannot run", async () => {
    const result = await run(`say({ kind: "ok", id: 1 }); setTimeout(() => { throw new Error("broke"); });`);
    expect(result).toMatchObject({
      kind: "ran",
      ok: 1,
      neverSettled: 3,
      trouble: expect.stringContaining("broke") as unknown,
    });
  });

  it("kills a driver that never ends", async () => {
    const result = await run(`say({ kind: "ok", id: 1 }); setInterval(() => {}, 1000);`, 500);
    expect(result).toMatchObject({ kind: "ran", ok: 1, neverSettled: 3 });
  });
});
