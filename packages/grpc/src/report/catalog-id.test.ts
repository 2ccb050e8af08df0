import { describe, expect, it } from "vitest";
import { catalogId } from "./catalog-id.ts";

describe("the catalog entry of a failure", () => {
  it("is that of its reason", () => {
    expect(catalogId("CONNECT_REFUSED", [])).toBe("connect/refused");
    expect(catalogId("STREAM_RESET", [])).toBe("http2/rst-internal-error");
  });

  it("is made more exact by what the wire said", () => {
    expect(catalogId("STREAM_RESET", [{ kind: "request-sent" }, { kind: "stream-reset", code: 11 }])).toBe(
      "http2/rst-enhance-your-calm",
    );
    expect(catalogId("STREAM_RESET", [{ kind: "stream-reset", code: 2 }])).toBe("http2/rst-internal-error");
    expect(catalogId("REFUSED_STREAM", [{ kind: "refused-stream", trusted: true }])).toBe("http2/rst-refused-stream");
    expect(catalogId("REFUSED_STREAM", [{ kind: "refused-stream", trusted: false }])).toBe(
      "haproxy/refused-stream-after-forwarding",
    );
  });
});
