import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { ByteWriter } from "../bytes.ts";
import { type Cursor, integerTooLarge, integerTruncated, readInteger, writeInteger } from "./integer.ts";

const largest = 0xffff_ffff; // 2^32 - 1, the largest value of a SETTINGS parameter

function written(pattern: number, prefixBits: number, value: number): Uint8Array {
  const writer = new ByteWriter();
  writeInteger(writer, pattern, prefixBits, value);
  return writer.detach();
}

function read(octets: readonly number[], prefixBits: number): { value: number; at: number } {
  const cursor: Cursor = { at: 0 };
  const value = readInteger(Uint8Array.from(octets), cursor, prefixBits);
  return { value, at: cursor.at };
}

describe("HPACK integers", () => {
  it("are written as in the examples of RFC 7541 C.1", () => {
    expect([...written(0, 5, 10)]).toEqual([0x0a]);
    expect([...written(0, 5, 1337)]).toEqual([0x1f, 0x9a, 0x0a]);
    expect([...written(0, 8, 42)]).toEqual([0x2a]);
  });

  it("come back from what was written, with any prefix and whatever stands above it", () => {
    const anyValue = fc.oneof(fc.integer({ min: 0, max: 600 }), fc.integer({ min: 0, max: largest }));
    fc.assert(
      fc.property(anyValue, fc.integer({ min: 1, max: 8 }), fc.integer({ min: 0, max: 0xff }), (value, bits, above) => {
        const pattern = (above >>> bits) << bits;
        const octets = written(pattern, bits, value);
        expect((octets[0] ?? 0) >>> bits).toBe(pattern >>> bits);
        expect(read([...octets], bits)).toEqual({ value, at: octets.length });
      }),
    );
  });

  it("need an octet more from the value on that fills the prefix", () => {
    expect([...written(0x80, 7, 126)]).toEqual([0xfe]);
    expect([...written(0x80, 7, 127)]).toEqual([0xff, 0x00]);
    expect([...written(0x80, 7, 254)]).toEqual([0xff, 0x7f]);
    expect([...written(0x80, 7, 255)]).toEqual([0xff, 0x80, 0x01]);
  });

  it("may carry zeros in front, up to the length of a 32-bit value", () => {
    expect(read([0x1f, 0x80, 0x80, 0x80, 0x80, 0x00], 5)).toEqual({ value: 31, at: 6 });
    expect(read([0x1f, 0x80, 0x80, 0x80, 0x80, 0x80, 0x00], 5).value).toBe(integerTooLarge);
  });

  it("end at 32 bits", () => {
    expect(read([0xff, 0x80, 0xff, 0xff, 0xff, 0x0f], 7).value).toBe(largest);
    expect(read([0xff, 0x81, 0xff, 0xff, 0xff, 0x0f], 7).value).toBe(integerTooLarge);
    expect(read([0xff, 0xff, 0xff, 0xff, 0xff, 0x7f], 7).value).toBe(integerTooLarge);
  });

  it("that the block cuts short are told", () => {
    expect(read([0x1f], 5).value).toBe(integerTruncated);
    expect(read([0x1f, 0x80], 5).value).toBe(integerTruncated);
  });
});
