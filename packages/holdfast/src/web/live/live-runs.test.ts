import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { PlayedDemo } from "../../../test/played-demo.ts";
import { samplePlan, sampleView } from "../../../test/sample-view.ts";
import { LiveRuns } from "./live-runs.ts";
import type { LiveView, RunView } from "./page/live-view.ts";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

interface Stage {
  readonly runs: LiveRuns;
  readonly demos: readonly PlayedDemo[];
}

function stage(): Stage {
  const demos: PlayedDemo[] = [];
  const makeDemo = (plan: typeof samplePlan): Promise<PlayedDemo> => {
    const demo = new PlayedDemo(plan);
    demos.push(demo);
    return Promise.resolve(demo);
  };
  const entry = { id: "tcp/reset-inflight", title: "Reset", titleZh: "重置", others: 0 };
  return { runs: new LiveRuns({ makeDemo, findEntry: () => Promise.resolve(entry) }), demos };
}

function watch(runs: LiveRuns): { readonly seen: LiveView[]; readonly leave: () => void } {
  const seen: LiveView[] = [];
  return { seen, leave: runs.watch((view) => seen.push(view)) };
}

describe("the runs of a server", () => {
  it("are none until somebody starts one", () => {
    const { runs, demos } = stage();
    expect(watch(runs).seen).toEqual([{ kind: "idle" }]);
    expect(demos).toEqual([]);
  });

  it("are shown the same to everybody, also to who comes later", async () => {
    const { runs, demos } = stage();
    const first = watch(runs);
    expect(await runs.start(samplePlan)).toBe(true);
    demos[0]!.show({ phase: "running", elapsedMs: 1_000 });
    await vi.advanceTimersByTimeAsync(250);
    const second = watch(runs);
    demos[0]!.show({ elapsedMs: 1_500 });
    await vi.advanceTimersByTimeAsync(250);
    expect(second.seen).toHaveLength(2);
    expect(first.seen.at(-1)).toEqual(second.seen.at(-1));
    expect(second.seen.at(-1)).toMatchObject({ kind: "run", number: 1, phase: "running", elapsedMs: 1_500 });
  });

  it("come one at a time, also when two press at once", async () => {
    const { runs, demos } = stage();
    watch(runs);
    expect(await Promise.all([runs.start(samplePlan), runs.start(samplePlan)])).toEqual([true, false]);
    expect(await runs.start(samplePlan)).toBe(false);
    demos[0]!.end("finished");
    await vi.advanceTimersByTimeAsync(0);
    expect(await runs.start(samplePlan)).toBe(true);
    expect(runs.view()).toMatchObject({ number: 2 });
  });

  it("are cut off when the last page has gone, and not when it is only loaded again", async () => {
    const { runs, demos } = stage();
    const first = watch(runs);
    await runs.start(samplePlan);
    first.leave();
    await vi.advanceTimersByTimeAsync(2_900);
    const again = watch(runs);
    await vi.advanceTimersByTimeAsync(10_000);
    expect(demos[0]!.asked).toEqual(["run"]);
    again.leave();
    await vi.advanceTimersByTimeAsync(3_000);
    expect(demos[0]!.asked).toEqual(["run", "abort"]);
    expect(runs.view()).toMatchObject({ ending: { kind: "cut" } });
    expect(vi.getTimerCount()).toBe(0);
  });

  it("are cut off when nobody watched from the beginning", async () => {
    const { runs, demos } = stage();
    await runs.start(samplePlan);
    await vi.advanceTimersByTimeAsync(3_000);
    expect(demos[0]!.asked).toEqual(["run", "abort"]);
  });

  it("say how they ended, and then say no more", async () => {
    const { runs, demos } = stage();
    const { seen } = watch(runs);
    await runs.start(samplePlan);
    runs.stop();
    expect(demos[0]!.asked).toEqual(["run", "stop"]);
    const calls = [1, 2].map((each) => ({
      ...{ id: `h-r-00000${each}`, client: "holdfast", method: "Read", state: "failed", executedBy: [] },
    })) as never;
    demos[0]!.end("stopped", [{ promise: "read-failed", text: "", calls }]);
    await vi.advanceTimersByTimeAsync(0);
    const ending = { kind: "stopped", broken: [{ promise: "read-failed", calls: 2 }] };
    expect(seen.at(-1)).toMatchObject({ phase: "over", ending });
    const told = seen.length;
    await vi.advanceTimersByTimeAsync(60_000);
    expect(seen).toHaveLength(told);
    expect(vi.getTimerCount()).toBe(0);
  });

  it("tell of a demo that cannot be run", async () => {
    const { runs, demos } = stage();
    const { seen } = watch(runs);
    await runs.start(samplePlan);
    demos[0]!.fail(new Error("no port"));
    await vi.advanceTimersByTimeAsync(0);
    expect(seen.at(-1)).toMatchObject({ ending: { kind: "trouble", message: "no port" } });
  });

  it("do not cross when one begins while the last words of the one before are looked up", async () => {
    const demos: PlayedDemo[] = [];
    let found = (): void => {};
    const runs = new LiveRuns({
      makeDemo: (plan) => Promise.resolve(demos[demos.push(new PlayedDemo(plan)) - 1]!),
      findEntry: () => new Promise((resolve) => (found = () => resolve(undefined))),
    });
    const { seen } = watch(runs);
    await runs.start(samplePlan);
    const failure = { id: "h-w-000007", atMs: 1_300, code: "UNAVAILABLE", text: "RST", processed: "maybe" } as const;
    demos[0]!.failures.push({ client: "holdfast", method: "Write", failure });
    demos[0]!.end("finished");
    await vi.advanceTimersByTimeAsync(0);
    expect(await runs.start(samplePlan)).toBe(true);
    found();
    await vi.advanceTimersByTimeAsync(0);
    demos[1]!.show({ phase: "running", elapsedMs: 500 });
    await vi.advanceTimersByTimeAsync(250);
    expect(seen.at(-1)).toMatchObject({ number: 2, elapsedMs: 500 });
    demos[1]!.end("finished");
    await vi.advanceTimersByTimeAsync(0);
    expect(vi.getTimerCount()).toBe(0);
  });

  it("end with the server, and none begins after that", async () => {
    const { runs, demos } = stage();
    watch(runs);
    await runs.start(samplePlan);
    await runs.close();
    expect(demos[0]!.asked).toEqual(["run", "abort"]);
    expect(await runs.start(samplePlan)).toBe(false);
  });
});

describe("a run", () => {
  it("keeps what happened when, and the failures with their entries", async () => {
    const { runs, demos } = stage();
    watch(runs);
    await runs.start(samplePlan);
    const demo = demos[0]!;
    demo.show({ ...sampleView, elapsedMs: 1_000 });
    await vi.advanceTimersByTimeAsync(250);
    const failure = { id: "h-w-000007", atMs: 1_300, code: "UNAVAILABLE", text: "RST", processed: "maybe" } as const;
    demo.failures.push({ client: "holdfast", method: "Write", failure });
    demo.failures.push({ client: "holdfast", method: "Write", failure: { ...failure, atMs: 1_310 } });
    // Later than the load: it belongs to its last moment.
    demo.failures.push({ client: "grpc-js", method: "Read", failure: { ...failure, atMs: 31_000, text: "gone" } });
    demo.show({ elapsedMs: 1_250 });
    await vi.advanceTimersByTimeAsync(250);
    const { clients, failures } = runs.view() as RunView;
    const [ours, theirs] = clients;
    expect(ours?.ended).toEqual([
      [1_000, 6_024],
      [1_250, 6_024],
    ]);
    expect(ours?.failedIn).toEqual({ Read: [], Write: [0, 0, 0, 0, 0, 2] });
    expect(theirs?.failedIn.Read).toHaveLength(120);
    expect(theirs?.failedIn.Read.at(-1)).toBe(1);
    expect(failures).toEqual([
      expect.objectContaining({ client: "grpc-js", text: "gone", count: 1 }),
      expect.objectContaining({ client: "holdfast", text: "RST", count: 2, atMs: 1_310, processed: "maybe" }),
    ]);
    expect(failures[1]?.entry?.id).toBe("tcp/reset-inflight");
  });
});
