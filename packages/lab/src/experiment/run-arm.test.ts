/** One arm against drivers of a few lines, true ones and ones that lie, hang or die: what is counted must not depend on them. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { defaultPlan } from "./experiment.ts";
import type { ArmPlan, ArmRun } from "./run-arm.ts";
import { runArm } from "./run-arm.ts";
import { seededTrial } from "./seeded-trial.ts";
import type { World } from "./world.ts";

let folder: string;
beforeAll(() => void (folder = mkdtempSync(join(tmpdir(), "arm-"))));
afterAll(() => rmSync(folder, { recursive: true }));

interface Given {
  readonly trials?: number;
  readonly calls?: number;
  /** How often a call was executed. */
  readonly executions?: (callId: number) => number;
  /** Trials whose world does not stand. */
  readonly noWorld?: readonly number[];
  readonly caPem?: string;
}

const closed: number[] = [];

async function arm(source: string, given: Given = {}): Promise<{ run: ArmRun; told: number[] }> {
  const file = join(folder, "driver.mjs");
  writeFileSync(
    file,
    `const order = JSON.parse(process.argv[2]); const say = (line) => console.log(JSON.stringify(line));
     const ok = (trial, id) => say({ kind: "ok", trial, id, tookMs: 1 });
     const failed = (trial, id) => say({ kind: "failed", trial, id, tookMs: 1, code: "UNAVAILABLE", text: "gone" });
     ${source}`,
  );
  const { trials = 3, calls = 1, executions = () => 1, noWorld = [], caPem } = given;
  const plan: ArmPlan = {
    driver: { client: "grpc-js", command: process.execPath, args: [file] },
    setup: {},
    plan: { ...defaultPlan, calls },
    makeWorld: ({ number }) => (noWorld.includes(number) ? Promise.reject(new Error("no port")) : worldOf(number)),
    trials: Array.from({ length: trials }, (_, at) =>
      seededTrial({ seed: 1, entry: "a/b", client: "grpc-js", arm: "control", number: at + 1, recorded: at === 0 }),
    ),
    firstCallId: 101,
    atOnce: 2,
  };
  function worldOf(number: number): Promise<World> {
    return Promise.resolve({
      target: "127.0.0.1:1",
      ...(caPem === undefined ? {} : { caPem }),
      executions,
      notes: [],
      [Symbol.asyncDispose]: () => Promise.resolve(void closed.push(number)),
    });
  }
  const told: number[] = [];
  closed.length = 0;
  return { run: await runArm(plan, ({ trial }) => told.push(trial)), told };
}

const count = (run: ArmRun) => (run.kind === "ran" ? run.count : run);
const all = "for (const { trial, callIds } of order.trials) for (const id of callIds)";

describe("an arm", () => {
  it("numbers calls in the run, tells each trial once, and closes every world", async () => {
    const { run, told } = await arm(`${all} ok(trial, id); say({ kind: "done" });`, { calls: 2 });
    expect(count(run)).toMatchObject({ trials: 3, survived: 3, broken: 0 });
    expect(told.sort()).toEqual([1, 2, 3]);
    expect(closed.sort()).toEqual([1, 2, 3]);
  });

  it("counts a call without a line as never settled, and tells of its trial at the end", async () => {
    const { run, told } = await arm(`ok(1, 101); failed(2, 102); say({ kind: "done" });`);
    expect(count(run)).toMatchObject({ trials: 3, survived: 1, failed: { UNAVAILABLE: 1 }, neverSettled: 1 });
    expect(told.sort()).toEqual([1, 2, 3]);
  });

  it("counts executions over all worlds by the call's own number", async () => {
    const executions = (id: number): number => (id === 103 ? 2 : 1);
    const { run } = await arm(`${all} ok(trial, id); say({ kind: "done" });`, { executions });
    expect(count(run)).toMatchObject({ survived: 3, executedTwice: 1 });
  });

  it("keeps a world that did not stand out of the order and out of the counts", async () => {
    const { run } = await arm(`${all} failed(trial, id); say({ kind: "done" });`, { noWorld: [2] });
    expect(count(run)).toMatchObject({ trials: 2, failed: { UNAVAILABLE: 2 }, broken: 1 });
    expect(run).toMatchObject({ notes: expect.arrayContaining([expect.stringContaining("no port")]) as string[] });
  });

  it("knows nothing of what a driver that died had not told", async () => {
    const { run } = await arm(`ok(1, 101); console.error("out of memory"); process.exitCode = 3;`);
    expect(count(run)).toMatchObject({ trials: 1, survived: 1, neverSettled: 0, broken: 2 });
    expect(run).toMatchObject({
      notes: expect.arrayContaining([expect.stringContaining("out of memory")]) as string[],
    });
  });

  it("passes on what a client cannot set, and why one cannot run", async () => {
    const unsupported = { kind: "unsupported", setting: "retry", why: "it has none" };
    expect((await arm(`say(${JSON.stringify(unsupported)});`)).run).toEqual(unsupported);
    expect((await arm(`say({ kind: "skipped", why: "no cargo" });`)).run).toEqual({ kind: "skipped", why: "no cargo" });
  });

  it("reads past a library's own lines, and notes a trial that there is not", async () => {
    const { run } = await arm(`console.log("{ hello"); ok(9, 900); ${all} ok(trial, id); say({ kind: "done" });`);
    expect(count(run)).toMatchObject({ trials: 3, survived: 3 });
    expect(run).toMatchObject({ notes: ["the driver told of a trial 9, which there is not"] });
  });

  it("gives what no command line can hold in several orders", async () => {
    const caPem = "x".repeat(40_000);
    const { run } = await arm(
      `say({ kind: "versions", versions: { orders: String(order.trials.length) } }); ${all} ok(trial, id); say({ kind: "done" });`,
      { trials: 5, caPem },
    );
    expect(count(run)).toMatchObject({ trials: 5, survived: 5 });
    expect(run).toMatchObject({ versions: { orders: "1" } });
  });
});

describe("a seeded trial", () => {
  it("draws the same for the same place, whatever else is run, and something else for every other", () => {
    const place = { seed: 1, entry: "a/b", client: "grpc-js", arm: "control", number: 7, recorded: false } as const;
    const drawn = (change: object): number => seededTrial({ ...place, ...change }).random();
    expect(drawn({})).toBe(drawn({ recorded: true }));
    const others = [{ seed: 2 }, { entry: "a/c" }, { client: "undici" }, { arm: "retry" }, { number: 8 }].map(drawn);
    expect(new Set([drawn({}), ...others]).size).toBe(6);
  });

  it("draws whole numbers from both ends and between", () => {
    const { between } = seededTrial({ seed: 1, entry: "a/b", client: "tonic", arm: "x", number: 1, recorded: false });
    expect([...new Set(Array.from({ length: 200 }, () => between(3, 5)))].sort()).toEqual([3, 4, 5]);
  });
});
