/** The bytes that the cases are made of, against the examples of RFC 7541. */
import { describe, expect, it } from "vitest";
import { block, indexed, indexedLiteral, insertions, integer, sizeUpdate, statusOf } from "./hpack.mjs";

const hex = (bytes) => bytes.toString("hex");
const of = (text) => Buffer.from(text.replaceAll(" ", ""), "hex");

describe("what is written", () => {
  it("is integers as in C.1", () => {
    expect(hex(integer(0, 5, 10))).toBe("0a");
    expect(hex(integer(0, 5, 1_337))).toBe("1f9a0a");
    expect(hex(integer(0, 8, 42))).toBe("2a");
  });

  it("is fields as in C.2, but for what is indexed", () => {
    expect(hex(block([["password", "secret"]]))).toBe("000870617373776f726406736563726574");
    expect(hex(indexed(2))).toBe("82");
    expect(hex(sizeUpdate(0))).toBe("20");
  });
});

describe("the status of an answer", () => {
  it.each([
    ["88", 200],
    ["8c", 400],
    ["20 3f e1 1f 88", 200],
    ["48 03 333032", 302],
    ["48 82 6402", 302],
    ["08 03 343231", 421],
    ["be", undefined],
    ["00 07 3a737461747573 03 323030", undefined],
  ])("of %s is %s", (bytes, status) => {
    expect(statusOf(of(bytes))).toBe(status);
  });
});

describe("the fields of a block that enter the table", () => {
  it("are counted, whatever stands around them and however long they are", () => {
    const fields = [sizeUpdate(100), indexed(2), indexedLiteral("x-a", "v".repeat(300)), block([["x-b", "@@@"]])];
    expect(insertions(Buffer.concat([...fields, indexedLiteral("x-c", ""), indexed(62)]))).toBe(2);
    // RFC 7541 C.4.1, in Huffman code, and C.2.3, which is never indexed
    expect(insertions(of("82 86 84 41 8c f1e3 c2e5 f23a 6ba0 ab90 f4ff"))).toBe(1);
    expect(insertions(of("10 08 70617373776f7264 06 736563726574"))).toBe(0);
  });
});
