import { describe, expect, it } from "vitest";
import { codeWords } from "./code-words.ts";
import { explain } from "./index.ts";

/** By number, RFC 9113 §7; what a stream that was reset with it means. */
const described = [
  ["Not an error", "http2/rst-no-error-without-status"],
  ["Protocol error detected", "http2/rst-protocol-error"],
  ["Implementation fault", "http2/rst-internal-error"],
  ["Flow control limits exceeded", "http2/rst-protocol-error"],
  ["Settings not acknowledged", "http2/rst-protocol-error"],
  ["Frame received for closed stream", "http2/rst-protocol-error"],
  ["Frame size incorrect", "http2/rst-protocol-error"],
  ["Stream not processed", "http2/rst-refused-stream"],
  ["Stream cancelled", "http2/rst-cancel-from-server"],
  ["Compression state not updated", "http2/rst-protocol-error"],
  ["TCP connection error for CONNECT method", "http2/rst-protocol-error"],
  ["Processing capacity exceeded", "http2/rst-enhance-your-calm"],
  ["Negotiated TLS parameters not acceptable", "http2/rst-protocol-error"],
  ["Use HTTP/1.1 for the request", "http2/goaway-http11-required"],
] as const;

describe("the words of a code", () => {
  it.each(described)("say what a reset means: %s", (words, id) => {
    expect(explain(`java.io.IOException: RST_STREAM received ${words}`).findings[0]?.id).toBe(id);
    expect(explain(`java.io.IOException: Received RST_STREAM: ${words}`).findings[0]?.id).toBe(id);
  });

  it.each([
    ["Protocol error detected", "http2/goaway-error-code"],
    ["Processing capacity exceeded", "http2/enhance-your-calm-too-many-pings"],
    ["Use HTTP/1.1 for request", "http2/goaway-http11-required"],
  ])("say what a GOAWAY means: %s", (words, id) => {
    expect(explain(`java.io.IOException: GOAWAY received: ${words}`).findings[0]?.id).toBe(id);
  });

  it("say nothing without their frame", () => {
    expect(codeWords.some(([, phrase]) => phrase?.test("processing capacity exceeded"))).toBe(false);
    expect(explain("upload failed: processing capacity exceeded").known).toBe(false);
  });
});
