import { describe, expect, it } from "vitest";
import { factsOf } from "./facts-of.ts";
import { implementationOf } from "./implementation-of.ts";
import { statusesIn } from "./statuses-in.ts";

function facts(text: string): object {
  const statuses = statusesIn(text);
  return factsOf(text, statuses, implementationOf(text, statuses));
}

describe("facts of a failure", () => {
  it.each([
    [
      'rpc error: code = Unavailable desc = closing, received prior goaway: code: ENHANCE_YOUR_CALM, debug data: "too_many_pings"',
      { implementation: "grpc-go", code: "UNAVAILABLE", http2Code: 11, debugData: "too_many_pings" },
    ],
    [
      'http2: server sent GOAWAY and closed the connection; LastStreamID=41, ErrCode=NO_ERROR, debug="max_age"',
      { implementation: "go-net-http2", http2Code: 0, lastStreamId: 41, debugData: "max_age" },
    ],
    ["13 INTERNAL: Received RST_STREAM with code 2", { implementation: "grpc-js", code: "INTERNAL", http2Code: 2 }],
    [
      "4 DEADLINE_EXCEEDED: Deadline exceeded after 1.5s,remote_addr=10.0.0.5:50051",
      { implementation: "grpc-js", code: "DEADLINE_EXCEEDED", elapsedMs: 1_500, addresses: ["10.0.0.5:50051"] }, // 1.5 s
    ],
    [
      "at f (/app/node_modules/.pnpm/@grpc+grpc-js@1.14.7/node_modules/@grpc/grpc-js/build/src/call.js:32:19)",
      { implementation: "grpc-js", version: "1.14.7" },
    ],
    [
      "14 UNAVAILABLE: Received HTTP status code 502",
      { implementation: "grpc-js", code: "UNAVAILABLE", httpStatus: 502 },
    ],
    ['user-agent: "grpc-java-netty/1.41.3" x', { implementation: "grpc-java", version: "1.41.3" }],
    [
      "haproxy[12]: 10.0.0.9:4711 [21/Nov/2026:12:00:00.000] fe be/s1 0/0/0/-1/9 504 0 - - sH-- 1/1/0/0/0 0/0",
      { implementation: "haproxy", addresses: ["10.0.0.9:4711"], proxyFlags: "sH--" },
    ],
    ['"response_flags":"UC","x":1', { implementation: "envoy", proxyFlags: "UC" }],
  ])("%s", (text, expected) => {
    expect(facts(text)).toEqual(expected);
  });

  it("takes no place in source code for an address", () => {
    expect(facts("at main (/app/src/order.service.ts:120)\n\tat io.grpc.X(ClientCalls.java:240)")).not.toHaveProperty(
      "addresses",
    );
  });
});
