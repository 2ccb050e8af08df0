import { describe, expect, it } from "vitest";
import { listedIndexing, unlistedIndexing } from "./indexing.ts";

describe("a field's place in the table", () => {
  it.each([
    ["the front of every request", ":method :scheme :authority"],
    ["what a response begins and ends with", ":status grpc-status"],
    ["what a gRPC call says of itself", "content-type te grpc-encoding grpc-accept-encoding user-agent"],
    ["what a browser or a proxy says of itself", "accept accept-encoding accept-language content-encoding host server"],
    ["what a web server says with every page", "access-control-allow-origin cache-control vary"],
  ])("is taken at first sight for %s", (_, names) => {
    for (const name of names.split(" ")) expect(listedIndexing(name), name).toBe("first-sight");
  });

  it.each([
    ["a call's own time and attempts", "grpc-timeout grpc-previous-rpc-attempts grpc-retry-pushback-ms"],
    ["what went wrong with it", "grpc-message"],
    ["the ids of a trace: W3C's and B3's", "traceparent tracestate baggage x-b3-traceid x-b3-spanid x-request-id"],
    ["the times of a page", "age date expires last-modified if-modified-since"],
    ["its version", "etag if-match if-none-match"],
    ["its size and place", "content-length content-location content-range location range"],
  ])("is not worth it for %s, which differ by call", (_, names) => {
    for (const name of names.split(" ")) expect(listedIndexing(name), name).toBe("changing");
  });

  it("is refused to credentials", () => {
    for (const name of ["authorization", "cookie", "proxy-authorization", "set-cookie"])
      expect(listedIndexing(name), name).toBe("secret");
  });

  it("is earned by a second sight for names that nobody listed, and for paths; binary values change", () => {
    for (const name of [":path", "x-tenant", ""]) {
      expect(listedIndexing(name), name).toBeUndefined();
      expect(unlistedIndexing(name), name).toBe("repeats");
    }
    expect(unlistedIndexing("x-trace-bin")).toBe("changing");
    expect(unlistedIndexing("x-binary")).toBe("repeats");
  });
});
