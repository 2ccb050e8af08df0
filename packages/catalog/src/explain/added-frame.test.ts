/** grpc-java names the frame that ended a call on a line of its own; on Android other lines stand between. */

import { describe, expect, it } from "vitest";
import { explain } from "./index.ts";

describe("the frame that ended a call, on the line below its status", () => {
  it.each([
    ["http2/rst-protocol-error", "INTERNAL: Protocol error"],
    ["http2/rst-protocol-error", "INTERNAL: Flow control error"],
    ["http2/rst-internal-error", "INTERNAL: Internal error"],
    ["http2/rst-refused-stream", "UNAVAILABLE: Refused stream"],
    ["http2/rst-cancel-from-server", "CANCELLED: Cancelled"],
  ])("%s: %s", (id, status) => {
    const stack = "\tat io.grpc.Status.asRuntimeException(Status.java:532)";
    const [plain] = explain(`io.grpc.StatusRuntimeException: ${status}\nRst Stream\n${stack}`).findings;
    expect(plain?.id).toBe(id);
    const [logcat] = explain(
      [
        `07-22 09:54:45.649 W/System.err( 8546): io.grpc.StatusRuntimeException: ${status}`,
        "07-22 09:54:45.650 D/BatteryMonitor( 1476): battery changed",
        "07-22 09:54:45.650 W/System.err( 8546): Rst Stream",
        `07-22 09:54:45.650 W/System.err( 8546): ${stack}`,
      ].join("\n"),
    ).findings;
    expect(logcat?.id).toBe(id);
    expect(logcat?.lines).toEqual([1, 4]);
  });

  it.each([
    ["http2/rst-cancel-from-server", "CANCEL"],
    ["http2/rst-protocol-error", "PROTOCOL_ERROR"],
    ["http2/rst-internal-error", "INTERNAL_ERROR"],
    ["http2/rst-refused-stream", "REFUSED_STREAM"],
  ])("%s: %s in the exception of another library", (id, code) => {
    const text = `com.example.client.ClientStatusException: HTTP/2 error code: ${code}\nReceived Rst Stream`;
    expect(explain(text).findings[0]?.id).toBe(id);
  });
});
