import { describe, expect, it } from "vitest";
import { ByteWriter } from "../bytes.ts";
import { errorCode } from "../error-code.ts";
import type { HeaderList } from "../header-list.ts";
import type { Violation } from "../violation.ts";
import { HpackDecoder } from "./decoder.ts";
import { writeInteger } from "./integer.ts";

const defaultTableSize = 4_096; // RFC 9113 §6.5.2
const generous = 65_536; // the list limit that a connection has unless told otherwise

function decoderWith(options: { maxTableSize?: number; maxHeaderListBytes?: number } = {}): HpackDecoder {
  return new HpackDecoder({ maxTableSize: defaultTableSize, maxHeaderListBytes: generous, ...options });
}

function decode(decoder: HpackDecoder, hex: string): HeaderList | Violation {
  return decoder.decode(Buffer.from(hex.replaceAll(" ", ""), "hex"));
}

function sizeUpdate(bytes: number): string {
  const writer = new ByteWriter();
  writeInteger(writer, 0x20, 5, bytes);
  return Buffer.from(writer.detach()).toString("hex");
}

describe("a malformed block", () => {
  it.each([
    ["index 0", "80", "rfc7541-6.1"],
    ["an index behind both tables", "be", "rfc7541-2.3.3"],
    ["a name's index behind both tables", "7e 01 61", "rfc7541-2.3.3"],
    ["a far index", "ff ff ff ff 07", "rfc7541-2.3.3"],
    ["an index that is cut short", "82 ff 80", "rfc7541-5.1"],
    ["a name's index that is cut short", "0f", "rfc7541-5.1"],
    ["an index over 32 bits", "ff ff ff ff ff ff 7f", "rfc7541-5.1"],
    ["an index without end", "ff 80 80 80 80 80 80 80 80 80 80", "rfc7541-5.1"],
    ["no name", "40", "rfc7541-5.2"],
    ["no value", "40 01 61", "rfc7541-5.2"],
    ["no value for an indexed name", "04", "rfc7541-5.2"],
    ["a name longer than the block", "40 05 61 62", "rfc7541-5.2"],
    ["a value longer than the block", "40 01 61 05 62", "rfc7541-5.2"],
    ["a value of four gigabytes", "40 01 61 7f 80 ff ff ff 0f", "rfc7541-5.2"],
    ["a length that is cut short", "40 01 61 7f", "rfc7541-5.1"],
    ["a name whose length is over 32 bits", "40 7f ff ff ff ff 7f 61 61", "rfc7541-5.1"],
    ["Huffman padding of zeros", "40 01 61 81 18", "rfc7541-5.2"],
    ["Huffman padding of eight bits", "40 01 61 82 1f ff", "rfc7541-5.2"],
    ["Huffman end of string", "40 01 61 84 ff ff ff ff", "rfc7541-5.2"],
    ["Huffman name gone wrong", "40 81 18 01 61", "rfc7541-5.2"],
    ["a size update behind a field", "82 20", "rfc7541-4.2"],
    ["a size update over the announced size", "3f e2 1f", "rfc7541-6.3"],
    ["a size update that is cut short", "3f 80", "rfc7541-5.1"],
    ["a size update over 32 bits", "3f ff ff ff ff 7f 82", "rfc7541-5.1"],
  ])("with %s ends the connection: %s", (_, hex, rule) => {
    const violation = decode(decoderWith(), hex);
    expect(violation).toMatchObject({ scope: "connection", by: "peer", code: errorCode.COMPRESSION_ERROR, rule });
  });

  it.each([
    ["80", "indexed field with index 0"],
    ["be", "index 62, the tables end at 61"],
    ["40 01 61 01 62 bf", "index 63, the tables end at 62"],
    ["82 ff 80", "block ends inside an integer"],
    ["ff ff ff ff ff ff 7f", "integer over 32 bits"],
    ["40 01 61", "block ends before a string"],
    ["40 01 61 05 62", "string of 5 octets, 1 are left in the block"],
    ["40 01 61 81 18", "Huffman string with an end-of-string symbol or wrong padding"],
    ["82 20", "table size update behind a header field"],
    ["3f e2 1f", "table size update to 4097, at most 4096 was announced"],
  ])("says of %s what came and what was expected", (hex, detail) => {
    expect(decode(decoderWith(), hex)).toMatchObject({ detail });
  });

  it("says which size was due when the table was to shrink", () => {
    const shrinking = (): HpackDecoder => {
      const decoder = decoderWith();
      decoder.setMaxTableSize(100);
      return decoder;
    };
    expect(decode(shrinking(), `${sizeUpdate(101)} 82`)).toMatchObject({
      detail: "table size update to 101, one to 100 or less was due first",
    });
    expect(decode(shrinking(), "82")).toMatchObject({
      detail: "no table size update, though 100 was announced and acknowledged",
    });
  });
});

describe("a list", () => {
  it("is frozen", () => {
    expect(Object.isFrozen(decode(decoderWith(), "82"))).toBe(true);
  });

  it("of an empty block is empty", () => {
    expect(decode(decoderWith(), "")).toEqual([]);
  });

  it("keeps octets above 0x7f as latin1", () => {
    expect(decode(decoderWith(), "00 01 61 03 80 c3 ff")).toEqual(["a", "\u0080\u00c3\u00ff"]);
  });

  it("may have empty values, and empty names where HTTP does not look", () => {
    expect(decode(decoderWith(), "00 01 61 00")).toEqual(["a", ""]);
    expect(decode(decoderWith(), "00 00 00")).toEqual(["", ""]);
  });

  it("may refer to the last entry of the static table, however full the dynamic one is", () => {
    const decoder = decoderWith();
    for (let i = 0; i < 20; i++) {
      expect(decode(decoder, "bd")).toEqual(["www-authenticate", ""]);
      decode(decoder, "40 01 61 01 62");
    }
  });

  it("may take a name from an entry that its own insertion drops (RFC 7541 §4.4)", () => {
    const decoder = decoderWith();
    // A table of 64 octets holds one such entry; the second takes its name from the first.
    expect(decode(decoder, `${sizeUpdate(64)} 40 01 61 01 62 7e 01 63`)).toEqual(["a", "b", "a", "c"]);
    expect(decode(decoder, "be")).toEqual(["a", "c"]);
  });
});

describe("the size of the table", () => {
  it("may be what was announced from the start", () => {
    expect(decode(decoderWith({ maxTableSize: 8_192 }), `${sizeUpdate(8_192)} 82`)).toEqual([":method", "GET"]);
  });

  it("may be 4,096 until the peer acknowledged less", () => {
    const decoder = decoderWith({ maxTableSize: 0 });
    expect(decode(decoder, "40 01 61 01 62")).toEqual(["a", "b"]);
    expect(decode(decoder, "be")).toEqual(["a", "b"]);
    decoder.setMaxTableSize(0);
    expect(decode(decoder, "20 82")).toEqual([":method", "GET"]);
    expect(decode(decoder, "be")).toMatchObject({ rule: "rfc7541-2.3.3" });
  });

  it("must be lowered at the front of the next block once the peer acknowledged less", () => {
    const decoder = decoderWith();
    decode(decoder, "82");
    decoder.setMaxTableSize(100);
    expect(decode(decoder, "82")).toMatchObject({ scope: "connection", rule: "rfc7541-4.2" });
  });

  it("must go through the smallest value acknowledged between two blocks", () => {
    const resized = (last: number, ...updates: number[]): HeaderList | Violation => {
      const decoder = decoderWith();
      for (const size of [0, last]) decoder.setMaxTableSize(size);
      return decode(decoder, updates.map(sizeUpdate).join("") + "82");
    };
    for (const last of [100, defaultTableSize]) {
      expect(resized(last, 0, last)).toEqual([":method", "GET"]);
      expect(resized(last, 0)).toEqual([":method", "GET"]);
      expect(resized(last, last)).toMatchObject({ rule: "rfc7541-4.2" });
      expect(resized(last, 0, last + 1)).toMatchObject({ rule: "rfc7541-6.3" });
    }
  });

  it("need not be told again when what was acknowledged is what it is", () => {
    const decoder = decoderWith();
    decoder.setMaxTableSize(defaultTableSize);
    expect(decode(decoder, "82")).toEqual([":method", "GET"]);
  });

  it("need not be told by a block without fields; the next one owes it still", () => {
    const decoder = decoderWith();
    decoder.setMaxTableSize(100);
    expect(decode(decoder, "")).toEqual([]);
    expect(decode(decoder, "82")).toMatchObject({ rule: "rfc7541-4.2" });
  });

  it("need not be told again by an encoder that uses less already", () => {
    const decoder = decoderWith();
    decode(decoder, sizeUpdate(50));
    decoder.setMaxTableSize(100);
    expect(decode(decoder, "82")).toEqual([":method", "GET"]);
  });

  it("drops what no longer fits", () => {
    const decoder = decoderWith();
    decode(decoder, "40 01 61 01 62 40 01 63 01 64");
    expect(decode(decoder, `${sizeUpdate(40)} be`)).toEqual(["c", "d"]);
    expect(decode(decoder, "bf")).toMatchObject({ rule: "rfc7541-2.3.3" });
  });
});

describe("a list over the limit", () => {
  it("is the stream's end, not the connection's, and counts name, value and 32 a field", () => {
    // ":method GET" is 7 + 3 + 32 = 42 octets.
    expect(decode(decoderWith({ maxHeaderListBytes: 84 }), "82 82")).toHaveLength(4);
    expect(decode(decoderWith({ maxHeaderListBytes: 83 }), "82 82 82")).toEqual({
      scope: "stream",
      by: "peer",
      code: errorCode.ENHANCE_YOUR_CALM,
      rule: "limit-header-list",
      detail: "header list of 126 bytes, at most 83 are taken",
    });
  });

  it("leaves the table as the peer believes it to be", () => {
    const decoder = decoderWith({ maxHeaderListBytes: 50 });
    const violation = decode(decoder, "82 82 40 01 61 01 62 82 40 01 63 01 64");
    expect(violation).toMatchObject({ rule: "limit-header-list" });
    expect(decode(decoder, "bf")).toEqual(["a", "b"]);
    expect(decode(decoder, "be")).toEqual(["c", "d"]);
  });

  it("is still searched for breaches", () => {
    expect(decode(decoderWith({ maxHeaderListBytes: 50 }), "82 82 80")).toMatchObject({ rule: "rfc7541-6.1" });
  });

  it("of one large entry named thousands of times costs no memory", () => {
    const decoder = decoderWith();
    const value = "61".repeat(4_000); // fills the table of 4,096 octets
    expect(decode(decoder, `40 01 62 7f a1 1e ${value}`)).toHaveLength(2);
    const bomb = Buffer.alloc(1_000_000, 0xbe); // a megabyte of references, four gigabytes of header list
    expect(decoder.decode(bomb)).toMatchObject({
      rule: "limit-header-list",
      detail: "header list of 4033000000 bytes, at most 65536 are taken",
    });
    expect(decode(decoder, "be")).toHaveLength(2);
  });
});
