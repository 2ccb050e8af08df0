import { describe, expect, it } from "vitest";
import { explain } from "./index.ts";

const firstOf = (text: string): string | undefined => explain(text).findings[0]?.id;

describe("words behind the code of a GOAWAY", () => {
  it.each([
    ["push failed: GOAWAY: PROTOCOL_ERROR Stream 5 does not exist", "http2/goaway-error-code"],
    ["push failed: GOAWAY: HTTP_1_1_REQUIRED Stream 5 does not exist", "http2/goaway-http11-required"],
  ])("are the peer's: %j", (text, id) => {
    expect(firstOf(text)).toBe(id);
  });

  it("are one's own library's without it", () => {
    expect(firstOf("io.netty.handler.codec.http2.Http2Exception: Stream 5 does not exist")).toBe(
      "http2/peer-violation",
    );
  });
});
