import { describe, expect, it } from "vitest";
import { sampleView } from "../../test/sample-view.ts";
import { progressLine } from "./progress-line.ts";

describe("a line of progress", () => {
  it("tells the time, the restarts that are new, and both clients' sums", () => {
    expect(progressLine(sampleView, 1)).toBe(
      "  12.4 s: SIGKILL to backend 2; holdfast 6,024 sent, 6,021 OK, 3 failed; grpc-js 6,024 sent, 6,021 OK, 34 failed",
    );
    expect(progressLine(sampleView, 2)).not.toContain("SIG");
  });

  it("says that nothing has begun", () => {
    expect(progressLine({ ...sampleView, phase: "starting" }, 0)).toBe("  starting backends and clients");
  });
});
