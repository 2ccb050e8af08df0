import { describe, expect, it } from "vitest";
import { sampleView } from "../../test/sample-view.ts";
import type { DemoView } from "@holdfast/lab/demo";
import { noPaint } from "./paint.ts";
import { stripLines } from "./strip.ts";

describe("the strip of time", () => {
  it("shows each restart, and under it what was lost from then to the next", () => {
    expect(stripLines(sampleView, 79, noPaint)).toEqual([
      "  second    0   2   4",
      "  restart       T1  K2",
      "  holdfast  ·   ·   3",
      "  grpc-js   ·   4   30",
    ]);
  });

  const long: DemoView = {
    ...sampleView,
    restarts: Array.from({ length: 40 }, (_, index) => ({ atMs: 2_000 * (index + 1), backend: 1, signal: "SIGTERM" })),
    clients: sampleView.clients.map((client) => ({ ...client, lost: Array.from({ length: 41 }, (_, index) => index) })),
  };

  it("holds a run of 30 s in 80 columns", () => {
    const run = { ...long, restarts: long.restarts.slice(0, 14) };
    const lines = stripLines(run, 79, noPaint);
    expect(lines[0]).toBe("  second    0   2   4   6   8   10  12  14  16  18  20  22  24  26  28");
    expect(lines[3]?.trimEnd().endsWith("14")).toBe(true);
  });

  it("shows the latest where there is no room for all", () => {
    const lines = stripLines(long, 32, noPaint);
    expect(lines[0]).toBe("  second    72  74  76  78  80");
    expect(lines[2]).toBe("  holdfast  36  37  38  39  40");
  });

  it("takes more rows when it may", () => {
    const lines = stripLines(long, 79, noPaint, 4);
    expect(lines.filter((line) => line.startsWith("  second"))).toHaveLength(3);
    expect(lines.at(-4)?.endsWith("80")).toBe(true);
    expect(stripLines(long, 32, noPaint, 2)).toHaveLength(8);
  });

  it("writes thousands short, so that columns stay apart", () => {
    const run = {
      ...sampleView,
      clients: sampleView.clients.map((client) => ({ ...client, lost: [1_234, 999, 12_000] })),
    };
    expect(stripLines(run, 79, noPaint)[2]).toBe("  holdfast  1k  999 12k");
  });
});
