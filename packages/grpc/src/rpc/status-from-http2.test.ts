import { describe, expect, it } from "vitest";
import { errorCode, errorCodeName } from "../http2/error-code.ts";
import { statusFromConnectionLoss, statusFromReset } from "./status-from-http2.ts";
import { statusName } from "./status.ts";

describe("a stream that was reset", () => {
  it("has a status for every code", () => {
    const seen = [...Object.values(errorCode), 0x1f].map(
      (code) => `${errorCodeName(code)} ${statusName(statusFromReset(code))}`,
    );
    expect(seen).toEqual([
      "NO_ERROR INTERNAL",
      "PROTOCOL_ERROR INTERNAL",
      "INTERNAL_ERROR INTERNAL",
      "FLOW_CONTROL_ERROR INTERNAL",
      "SETTINGS_TIMEOUT INTERNAL",
      "STREAM_CLOSED INTERNAL",
      "FRAME_SIZE_ERROR INTERNAL",
      "REFUSED_STREAM UNAVAILABLE",
      "CANCEL CANCELLED",
      "COMPRESSION_ERROR INTERNAL",
      "CONNECT_ERROR INTERNAL",
      "ENHANCE_YOUR_CALM RESOURCE_EXHAUSTED",
      "INADEQUATE_SECURITY PERMISSION_DENIED",
      "HTTP_1_1_REQUIRED INTERNAL",
      "0x1f INTERNAL",
    ]);
  });

  it("by CANCEL when the time is up is the deadline; by another code it is not", () => {
    expect(statusName(statusFromReset(errorCode.CANCEL, true))).toBe("DEADLINE_EXCEEDED");
    expect(statusName(statusFromReset(errorCode.INTERNAL_ERROR, true))).toBe("INTERNAL");
  });
});

describe("a lost connection", () => {
  it("is UNAVAILABLE to the client and CANCELLED to the server", () => {
    expect(statusName(statusFromConnectionLoss("client"))).toBe("UNAVAILABLE");
    expect(statusName(statusFromConnectionLoss("server"))).toBe("CANCELLED");
  });
});
