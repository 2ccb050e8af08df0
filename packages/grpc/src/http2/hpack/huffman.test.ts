import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { ByteWriter } from "../bytes.ts";
import { codeBits, endOfString } from "./huffman-table.ts";
import { decodeHuffman, encodeHuffman, huffmanLength } from "./huffman.ts";

function encoded(text: string): Uint8Array {
  const writer = new ByteWriter();
  encodeHuffman(text, huffmanLength(text), writer);
  return writer.detach();
}

function decoded(...octets: number[]): string | undefined {
  return decodeHuffman(Uint8Array.from(octets), 0, octets.length);
}

describe("Huffman code", () => {
  it("leaves no code unused: Kraft's sum is one", () => {
    expect(codeBits).toHaveLength(endOfString + 1);
    expect(codeBits.reduce((sum, bits) => sum + 2 ** -bits, 0)).toBe(1);
  });

  it("is that of RFC 7541 C.4.1", () => {
    expect(Buffer.from(encoded("www.example.com")).toString("hex")).toBe("f1e3c2e5f23a6ba0ab90f4ff");
  });

  it("knows every octet, alone and behind each other", () => {
    for (let a = 0; a < 256; a++) {
      const one = String.fromCharCode(a);
      expect(encoded(one)).toHaveLength(huffmanLength(one));
      expect(decoded(...encoded(one))).toBe(one);
      for (const b of [0x00, 0x20, 0x30, 0x7f, 0xff]) {
        const two = one + String.fromCharCode(b);
        expect(decoded(...encoded(two))).toBe(two);
      }
    }
  });

  it("gives back any text, wherever it stands among other octets", () => {
    const octets = fc.uint8Array({ maxLength: 200 }).map((bytes) => String.fromCharCode(...bytes));
    const printable = fc.string({ unit: "grapheme-ascii", maxLength: 200 });
    fc.assert(
      fc.property(fc.oneof(octets, printable), fc.uint8Array({ maxLength: 3 }), (text, around) => {
        const code = encoded(text);
        expect(code).toHaveLength(huffmanLength(text));
        const bytes = Uint8Array.from([...around, ...code, ...around]);
        expect(decodeHuffman(bytes, around.length, around.length + code.length)).toBe(text);
      }),
    );
  });

  it("gives back texts longer than the shared scratch", () => {
    const text = "0123456789 aceiost".repeat(1_000); // 18,000 chars, above the 4,096 octets of scratch
    expect(decoded(...encoded(text))).toBe(text);
  });

  it("takes only the padding that it would write itself: what decodes encodes to the same octets", () => {
    let strings = 0;
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 1, maxLength: 6 }), (octets) => {
        const text = decoded(...octets);
        if (text === undefined) return;
        strings++;
        expect([...encoded(text)]).toEqual([...octets]);
      }),
      { numRuns: 2_000 }, // enough for some hundreds that do decode
    );
    expect(strings).toBeGreaterThan(50);
  });
});

describe("Huffman code gone wrong", () => {
  // "a" is 00011, so 0x1f is "a" with the right padding.
  it("is padding that is not all ones", () => {
    expect(decoded(0b0001_1111)).toBe("a");
    expect(decoded(0b0001_1110)).toBeUndefined();
    expect(decoded(0b0001_1000)).toBeUndefined();
  });

  it("is padding of eight bits or more", () => {
    expect(decoded(0xff)).toBeUndefined();
    expect(decoded(0b0001_1111, 0xff)).toBeUndefined();
    expect(decoded(0b0001_1111, 0xff, 0xff)).toBeUndefined();
  });

  it("is an end-of-string symbol, with or without something behind it", () => {
    expect(decoded(0xff, 0xff, 0xff, 0xff)).toBeUndefined();
    expect(decoded(0xff, 0xff, 0xff, 0xfc)).toBeUndefined();
    expect(decoded(0xff, 0xff, 0xff, 0xfc, 0b0001_1111)).toBeUndefined();
  });

  it("is an end-of-string symbol wherever in an octet it begins", () => {
    // "a" has five bits: one to seven of them move what follows to every place in an octet.
    for (let moved = 1; moved < 8; moved++) {
      const bits = "00011".repeat(moved) + "1".repeat(30);
      const octets = bits.padEnd(Math.ceil(bits.length / 8) * 8, "1").match(/.{8}/g) ?? [];
      expect(decoded(...octets.map((octet) => parseInt(octet, 2))), `${5 * moved} bits in front`).toBeUndefined();
    }
  });

  it("is a symbol that is cut short", () => {
    const code = encoded("\u0001");
    expect(decoded(...code.subarray(0, 2))).toBeUndefined();
  });
});
