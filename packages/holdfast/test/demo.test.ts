/**
 * The demo as a user starts it: the built command, real processes and sockets, for as short as shows a restart. Whatever
 * way it ends, nothing of it is left.
 */

import type { ChildProcessByStdio } from "node:child_process";
import { spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import type { Readable } from "node:stream";
import { fileURLToPath } from "node:url";
import { afterAll, describe, expect, it } from "vitest";

const program = fileURLToPath(new URL("../dist/main.js", import.meta.url));

type Demo = ChildProcessByStdio<null, Readable, Readable>;

/** Whatever the demos leave in their folder for temporary files is here, one folder each. */
const folder = mkdtempSync(path.join(tmpdir(), "holdfast-demos-"));
afterAll(() => rmSync(folder, { recursive: true }));

function startDemo(...args: readonly string[]): Demo {
  const env = { ...process.env, TMPDIR: mkdtempSync(path.join(folder, "demo-")) };
  return spawn(process.execPath, [program, "demo", "--rate", "50", ...args], {
    env,
    stdio: ["ignore", "pipe", "pipe"],
  });
}

async function end(demo: Demo): Promise<{ status: number | null; stdout: string; stderr: string }> {
  const [stdout, stderr, status] = await Promise.all([
    text(demo.stdout),
    text(demo.stderr),
    new Promise<number | null>((resolve) => demo.once("close", resolve)),
  ]);
  return { status, stdout, stderr };
}

async function text(stream: Readable): Promise<string> {
  let all = "";
  for await (const chunk of stream.setEncoding("utf8")) all += String(chunk);
  return all;
}

/** Pids; only Linux tells them without another program. */
function childrenOf({ pid }: Demo): readonly number[] {
  if (process.platform !== "linux") return [];
  return readFileSync(`/proc/${pid}/task/${pid}/children`, "utf8").trim().split(" ").filter(Boolean).map(Number);
}

/** A process that has ended stays in the table until its parent has looked, and in a container nobody may. */
function isAlive(pid: number): boolean {
  try {
    return !/^State:\s+Z/m.test(readFileSync(`/proc/${pid}/status`, "utf8"));
  } catch {
    return false;
  }
}

interface Counts {
  readonly sent: number;
  readonly ok: number;
  readonly failed: number;
  readonly neverSettled: number;
}

interface DemoObject {
  readonly verdict: string;
  readonly clients: Readonly<Record<string, { readonly Read: Counts; readonly Write: Counts }>>;
  readonly restarts: readonly { readonly signal: string }[];
}

describe.concurrent("holdfast demo", () => {
  it("runs through a restart, prints one object, and passes", async () => {
    const { status, stdout, stderr } = await end(startDemo("--for", "3s", "--seed", "1", "--json"));
    expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
    const { verdict, clients, restarts } = JSON.parse(stdout) as DemoObject;
    expect(verdict).toBe("pass");
    expect(restarts.map(({ signal }) => signal)).toEqual(["SIGTERM"]);
    expect(Object.keys(clients)).toEqual(["holdfast", "grpc-js"]);
    for (const { Read, Write } of Object.values(clients)) {
      // The schedule of this seed; both clients get all of it.
      expect(Read.sent + Write.sent).toBe(clients["holdfast"]!.Read.sent + clients["holdfast"]!.Write.sent);
      expect(Read.ok + Read.failed + Read.neverSettled).toBe(Read.sent);
      expect(Write.ok + Write.failed + Write.neverSettled).toBe(Write.sent);
      expect(Read.sent).toBeGreaterThan(30);
    }
  });

  it("ends on Ctrl-C with the table so far, and leaves no process behind", async () => {
    const demo = startDemo("--without", "grpc-js", "--server", "grpc-js", "--tls");
    const ended = end(demo);
    // The first line about calls says that the load is on.
    await new Promise<void>((resolve) => {
      demo.stdout.on("data", (chunk) => String(chunk).includes("sent") && resolve());
    });
    const children = childrenOf(demo);
    // Three backends and a client; one backend may be away at this very moment.
    if (process.platform === "linux") expect([3, 4]).toContain(children.length);
    demo.kill("SIGINT");
    const { status, stdout } = await ended;
    expect(stdout).toMatch(/holdfast {2}Read {3,}\d+/);
    expect(stdout).toContain("Stopped after");
    expect(status).toBe(0);
    expect(children.filter(isAlive)).toEqual([]);
  });

  // Its own `expect`: the global one polls for whichever of these tests is the current one, and that may have ended.
  it("takes its processes with it when it is killed itself", async ({ expect }) => {
    const demo = startDemo("--without", "grpc-js");
    const ended = end(demo);
    await new Promise<void>((resolve) => {
      demo.stdout.on("data", (chunk) => String(chunk).includes("sent") && resolve());
    });
    const children = childrenOf(demo);
    demo.kill("SIGKILL");
    await ended;
    await expect.poll(() => children.filter(isAlive), { timeout: 5_000 }).toEqual([]);
  });
});
