import { describe, expect, it } from "vitest";
import { explain } from "./index.ts";
import { saysOnlyStatus } from "./status-alone.ts";

describe("saysOnlyStatus", () => {
  it.each([
    "5 NOT_FOUND: {text}",
    "code = NotFound desc = {text}",
    'Status(StatusCode="NotFound", Detail="{text}")',
    "io.grpc.{StatusRuntimeException|StatusException}: NOT_FOUND",
    "ConnectError: [not_found] {text}",
    'status: NotFound, message: "{text}"',
  ])("knows that %s fits every message", (template) => {
    expect(saysOnlyStatus(template)).toBe(true);
  });

  it.each(["UNKNOWN: Unknown Error", "Connection dropped", "[internal] parse binary: {text}", "Error code: {int}"])(
    "knows that %s says something",
    (template) => {
      expect(saysOnlyStatus(template)).toBe(false);
    },
  );
});

describe("a status whose words no library writes", () => {
  it.each([
    "Error: 5 NOT_FOUND: order 4711 does not exist",
    "/shop.v1.Orders/Get PERMISSION_DENIED: this account may not read orders",
    "rpc error: code = ResourceExhausted desc = the quota of this project is used up",
    'Status { code: AlreadyExists, message: "there is such a user", source: None }',
    "[unauthenticated] the token has expired",
  ])("is the server's own answer: %s", (line) => {
    expect(explain(line).findings[0]?.id).toBe("grpc/status-from-server");
  });

  it("may be a handler that failed when it is INTERNAL, but first what the server says", () => {
    const [finding] = explain("Error: 13 INTERNAL: the colour fell out of the frame").findings;
    expect(finding?.tied).toEqual(["grpc/status-from-server", "server/handler-failed"]);
  });

  it("is less sure of a status that libraries use for faults of any kind", () => {
    const [sure] = explain("Error: 5 NOT_FOUND: zzz").findings;
    for (const status of ["2 UNKNOWN", "13 INTERNAL"]) {
      const [finding] = explain(`Error: ${status}: zzz`).findings;
      expect(finding?.confidence).toBeLessThan(sure?.confidence ?? 0);
    }
  });

  it("is most likely the server's when transports use it and the words are of none", () => {
    const [finding] = explain("Error: 14 UNAVAILABLE: the stars are not right").findings;
    expect(finding?.id).toBe("grpc/status-from-server");
    expect(finding?.confidence).toBeLessThan(0.9);
  });

  it("never beats known words", () => {
    const [finding] = explain("Error: 13 INTERNAL: Received RST_STREAM with code 2 (Internal server error)").findings;
    expect(finding?.tied).toContain("http2/rst-internal-error");
    expect(finding?.tied).not.toContain("server/handler-failed");
  });
});
