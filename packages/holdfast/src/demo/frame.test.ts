import { describe, expect, it } from "vitest";
import { sampleClient, sampleView } from "../../test/sample-view.ts";
import { frameLines } from "./frame.ts";
import { noPaint } from "./paint.ts";

describe("the picture", () => {
  it("fits into 80 columns and 24 rows, everything that can be there included", () => {
    const clients = sampleView.clients.map((client) => ({
      ...client,
      lastFailure: {
        ...sampleClient.lastFailure,
        id: "h-w-0000001",
        atMs: 1,
        code: "DEADLINE_EXCEEDED",
        text: "word ".repeat(99),
      },
    }));
    const lines = frameLines({ ...sampleView, clients }, 80, noPaint);
    expect(Math.max(...lines.map((line) => line.length))).toBeLessThan(80);
    // An empty line above the picture, and the cursor's below.
    expect(lines.length + 2).toBeLessThanOrEqual(24);
  });

  it("says what runs, how far it is, and what became of the last calls that were lost", () => {
    const text = frameLines(sampleView, 80, noPaint).join("\n");
    expect(text).toContain("Three Holdfast servers, one restarted every 2 s");
    expect(text).toContain("12.4 of 30 s");
    expect(text).toContain("seed 42");
    expect(text).toContain("1 up         2 draining   3 up");
    expect(text).toContain("holdfast last lost h-w-002549 at 12.1 s: UNAVAILABLE, processed: maybe");
    expect(text).toContain("    conn 11 to 127.0.0.1:22465: RST without a GOAWAY");
    expect(text).toContain("grpc-js last lost g-w-002547 at 12.1 s: UNAVAILABLE\n    14 UNAVAILABLE: read ECONNRESET");
  });

  it("says when it is starting, when it waits for the last calls, and how to read it when it is over", () => {
    const text = (phase: typeof sampleView.phase): string =>
      frameLines({ ...sampleView, phase }, 80, noPaint).join("\n");
    expect(text("starting")).toContain("starting");
    expect(text("settling")).toContain("no more calls; the open ones settle");
    expect(text("over")).toContain("T, K: SIGTERM or SIGKILL");
    expect(text("over")).not.toContain("draining");
  });
});
