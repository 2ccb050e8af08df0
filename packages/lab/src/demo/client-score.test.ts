import { describe, expect, it } from "vitest";
import { ClientScore } from "./client-score.ts";
import type { Progress } from "./load-process.ts";
import { Tally } from "./tally.ts";

const silence: Progress = { kind: "progress", sent: [], ok: [], failed: [], neverSettled: [], cpuUs: 0, cpuCalls: 0 };
const restarts = [
  { atMs: 2_000, backend: 1, signal: "SIGTERM" },
  { atMs: 4_000, backend: 2, signal: "SIGKILL" },
] as const;

function failedAt(id: string, atMs: number): Progress {
  return { ...silence, sent: [id], failed: [{ id, atMs, code: "UNAVAILABLE", text: `lost at ${atMs}` }] };
}

describe("the score of a client", () => {
  it("puts each failure under the restart before it, and leaves those of the other client out", () => {
    const tally = new Tally();
    const [holdfast, grpcJs] = [new ClientScore("holdfast", tally), new ClientScore("grpc-js", tally)];
    for (const [index, atMs] of [1_999, 2_000, 3_999, 4_001, 9_000].entries()) {
      grpcJs.progress(failedAt(`g-w-00000${index}`, atMs));
    }
    holdfast.progress(failedAt("h-w-000001", 2_500));
    expect(grpcJs.view(restarts).lost).toEqual([1, 2, 2]);
    expect(grpcJs.view(restarts).lastFailure?.text).toBe("lost at 9000");
    expect(holdfast.view(restarts).lost).toEqual([0, 1, 0]);
  });

  it("shows the pace of late while it runs, and the average when asked", () => {
    const tally = new Tally();
    const score = new ClientScore("holdfast", tally);
    score.progress({ ...silence, sent: ["h-r-000001", "h-r-000002"], ok: ["h-r-000001", "h-r-000002"] });
    score.sample(1_000);
    score.progress({ ...silence, sent: ["h-r-000003"], ok: ["h-r-000003"] });
    score.sample(1_500);
    const pace = (averageOverMs?: number): unknown => score.view([], averageOverMs).methods.map((row) => row.callsPerS);
    expect(pace()).toEqual([2, 0]);
    expect(pace(10_000)).toEqual([0.3, 0]);
  });

  it("tells CPU per call only when there is something to divide", () => {
    const score = new ClientScore("holdfast", new Tally());
    expect(score.view([])).not.toHaveProperty("cpuUsPerCall");
    score.progress({ ...silence, cpuUs: 900, cpuCalls: 3 });
    expect(score.view([]).cpuUsPerCall).toBe(300);
  });
});
