import { describe, expect, it } from "vitest";
import { sampleView } from "../../test/sample-view.ts";
import { ansiPaint, noPaint } from "./paint.ts";
import { tableLines } from "./table.ts";

describe("the table", () => {
  it("has a row for each client and method, and fits into 80 columns", () => {
    const lines = tableLines(sampleView.clients, noPaint);
    expect(lines).toEqual([
      "                                            executed    never            CPU µs",
      "  client    method    sent      OK  failed     twice  settled  calls/s per call",
      "  holdfast  Read     3,034   3,034       0         4        0      101      123",
      "            Write    2,990   2,987       3         0        0      100",
      "  grpc-js   Read     3,034   3,034      17         4        1      101",
      "            Write    2,990   2,987      17         0        1      100",
    ]);
    expect(Math.max(...lines.map((line) => line.length))).toBeLessThan(80);
  });

  it("is red where a promise would be broken, and only there", () => {
    const [, , read, write] = tableLines(sampleView.clients, ansiPaint);
    // Reads that ran twice and writes that may have run are losses that nobody can help.
    expect(read).not.toContain("\u001b[31m");
    expect(read).toContain(ansiPaint.warn("4".padStart(10)));
    expect(write).toContain(ansiPaint.warn("3".padStart(8)));
    const [, , , , lostRead] = tableLines(sampleView.clients, ansiPaint);
    expect(lostRead).toContain(ansiPaint.bad("17".padStart(8)));
    expect(lostRead).toContain(ansiPaint.bad("1".padStart(9)));
  });
});
