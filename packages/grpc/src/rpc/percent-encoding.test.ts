import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { percentDecode, percentEncode } from "./percent-encoding.ts";

describe("grpc-message", () => {
  it("leaves plain text alone", () => {
    expect(percentEncode("not found: id 7")).toBe("not found: id 7");
    expect(percentDecode("not found: id 7")).toBe("not found: id 7");
  });

  it("escapes what is not printable ASCII, and the percent sign", () => {
    expect(percentEncode("50 % of\nßüm 服")).toBe("50 %25 of%0A%C3%9F%C3%BCm %E6%9C%8D");
  });

  it("escapes an octet with two digits, and neither space nor tilde", () => {
    expect(percentEncode(" ~\u0001\u0010\u007f")).toBe(" ~%01%10%7F");
  });

  it("carries any text, as printable ASCII", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme" }), (text) => {
        const encoded = percentEncode(text);
        expect(encoded).toMatch(/^[ -~]*$/);
        expect(percentDecode(encoded)).toBe(text);
      }),
    );
  });

  it("never fails on what a peer sent", () => {
    expect(percentDecode("100% %zz %4 %")).toBe("100% %zz %4 %");
    expect(percentDecode("%ff%fe")).toBe("\ufffd\ufffd");
    // Raw UTF-8 without escapes, as some servers send it.
    expect(percentDecode("\u00c3\u009f")).toBe("ß");
    fc.assert(fc.property(fc.string({ unit: "binary" }), (value) => typeof percentDecode(value) === "string"));
  });
});
