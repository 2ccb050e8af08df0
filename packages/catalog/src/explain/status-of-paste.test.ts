import { describe, expect, it } from "vitest";
import { explain } from "./index.ts";

describe("words in a client's class for a status, without its code", () => {
  it("may be a server's own", () => {
    const text =
      "Error: Depot is terminating\n    at callErrorFromStatus (node_modules/@grpc/grpc-js/src/call.ts:81:24)\n" +
      "    at Object.onReceiveStatus (node_modules/@grpc/grpc-js/src/client.ts:338:36)";
    const [finding] = explain(text).findings;
    expect(finding?.id).toBe("grpc/status-from-server");
    expect(finding?.tied).toContain("tcp/fin-inflight");
  });

  it("are only what their family says elsewhere", () => {
    expect(explain("gRPC depot is terminating").findings[0]?.tied).not.toContain("grpc/status-from-server");
  });
});
