import { describe, expect, it } from "vitest";
import { explain } from "./index.ts";

describe("a status without words", () => {
  it.each([
    "14 UNAVAILABLE",
    "Error: 14 UNAVAILABLE:",
    "rpc error: code = Unavailable",
    "StatusCode.UNAVAILABLE",
    "io.grpc.StatusRuntimeException: UNAVAILABLE",
  ])("%j is any connection that failed, and a question", (text) => {
    const {
      findings: [finding],
      notKnown,
    } = explain(text);
    expect(notKnown).toEqual([]);
    expect(finding?.tied).toContain("connect/refused");
    expect(finding?.tied).toContain("tcp/fin-inflight");
    expect(finding?.question).toBeDefined();
    expect(finding?.confidence).toBeLessThan(0.7);
  });

  it("of another code is what that code says by itself", () => {
    expect(explain("4 DEADLINE_EXCEEDED").findings[0]?.id).toBe("client/deadline-exceeded");
  });

  it.each(["UNAVAILABLE", "15 INTERNAL", "Error: not found", "503 UNAVAILABLE", "14 unavailable rooms", "0 OK"])(
    "%j is not gRPC's",
    (text) => {
      expect(explain(text).known).toBe(false);
    },
  );
});
