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

  it.each([
    "order 7: 14 UNAVAILABLE:",
    "order 7: 14 UNAVAILABLE",
    "rpc failed: code = Unavailable desc = ",
    "failed to list pods: rpc error: code = Unavailable desc =",
    "worker 3 lost: StatusCode.UNAVAILABLE",
    "could not fetch orders: io.grpc.StatusRuntimeException: UNAVAILABLE",
    "Error: ConnectError: [unavailable]",
    "GRPC::Unavailable: 14:",
    '{"code":14,"message":"","details":[]}',
    "ERROR:\n  Code: Unavailable\n  Message: ",
    "gRPC Error (code: 14, codeName: UNAVAILABLE, message: , details: [], rawResponse: null, trailers: {})",
    "unavailable (14)",
  ])("is the same with other words in front: %j", (text) => {
    expect(explain(text).findings[0]?.tied).toEqual(explain("14 UNAVAILABLE").findings[0]?.tied);
  });

  it.each([
    'call failed: status: Unavailable, message: ""',
    "Error: 14 UNAVAILABLE: undefined",
    'Unhandled exception. Grpc.Core.RpcException: Status(StatusCode=Unavailable, Detail="")',
    "{ code: 14, details: '', metadata: Metadata {} }",
  ])("is a server's before all when its message is printed empty, for transports have words: %j", (text) => {
    const [finding] = explain(text).findings;
    expect(finding?.id).toBe("grpc/status-from-server");
    expect(finding?.tied).toContain("connect/refused");
    expect(finding?.question).toBeDefined();
  });

  it("waits for its words where more lines come", () => {
    const { findings } = explain("status = StatusCode.UNAVAILABLE\n\nreset reason: connection reset by peer\n");
    expect(findings.map(({ id }) => id)).not.toContain("connect/refused");
  });

  it("is not taken to have no message where one stands in quotes that cannot be read", () => {
    const line = '["failed: RpcStatus { code: 14-UNAVAILABLE, message: \\"not leader\\", details: [] }"]';
    expect(explain(line).findings[0]?.id).toBe("grpc/status-from-server");
  });

  it("of another code is what that code says by itself", () => {
    expect(explain("4 DEADLINE_EXCEEDED").findings[0]?.id).toBe("client/deadline-exceeded");
  });

  it("is what a text about gRPC names in its own words, if it names one", () => {
    const own = "grpc calls to the stock service are unavailable since the rollout";
    expect(explain(own).findings[0]?.tied).toEqual(explain("14 UNAVAILABLE").findings[0]?.tied);
    expect(explain("grpc returns unavailable or resource exhausted").known).toBe(false);
    expect(explain("calls to the stock service are unavailable since the rollout").known).toBe(false);
  });

  it.each([
    "jobs: 3 DONE, 1 CANCELLED",
    "nodes: 114 UNAVAILABLE",
    "UNAVAILABLE",
    "15 INTERNAL",
    "Error: not found",
    "503 UNAVAILABLE",
    "14 unavailable rooms",
    "0 OK",
  ])("%j is not gRPC's", (text) => {
    expect(explain(text).known).toBe(false);
  });
});
