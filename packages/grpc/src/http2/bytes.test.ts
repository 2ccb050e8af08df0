import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { ByteWriter, equalBytes, fromBase64, fromLatin1, fromUtf8, latin1, utf8 } from "./bytes.ts";

/** A write, and the octets that it must leave. */
type Write = readonly [write: (writer: ByteWriter) => void, octets: readonly number[]];

const anyOctets = fc.uint8Array({ maxLength: 40_000, size: "max" }); // more than two slabs

const anyWrite: fc.Arbitrary<Write> = fc.oneof(
  fc.integer({ min: 0, max: 0xff }).map((value): Write => [(writer) => writer.u8(value), [value]]),
  fc.integer({ min: 0, max: 0xffff }).map((value): Write => {
    return [(writer) => writer.u16(value), [value >>> 8, value & 0xff]];
  }),
  fc.integer({ min: 0, max: 0xffff_ffff }).map((value): Write => {
    return [(writer) => writer.u32(value), [value >>> 24, (value >>> 16) & 0xff, (value >>> 8) & 0xff, value & 0xff]];
  }),
  anyOctets.map((octets): Write => [(writer) => writer.bytes(octets), [...octets]]),
  fc.uint8Array({ maxLength: 20 }).map((octets): Write => [(writer) => writer.run(octets), [...octets]]),
  fc.uint8Array({ maxLength: 300 }).map((octets): Write => {
    const text = latin1(octets, 0, octets.length);
    return [(writer) => writer.latin1(text), [...octets]];
  }),
);

describe("a writer", () => {
  it("holds what was written in order, whenever it is taken away", () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(anyWrite, fc.boolean()), { maxLength: 60 }), (writes) => {
        const writer = new ByteWriter();
        const taken: Uint8Array[] = [];
        const expected: number[] = [];
        for (const [[write, octets], detach] of writes) {
          write(writer);
          for (const octet of octets) expected.push(octet);
          if (detach) taken.push(writer.detach());
        }
        taken.push(writer.detach());
        // Compared at the end: what was handed out must not change when more is written.
        expect(Buffer.compare(Buffer.concat(taken), Buffer.from(expected))).toBe(0);
      }),
      { numRuns: 50 },
    );
  });

  it("writes a frame header, RFC 9113 §4.1, and a length that is known late", () => {
    const writer = new ByteWriter();
    writer.u8(7);
    writer.detach();
    writer.u8(7);
    const mark = writer.mark();
    writer.frameHeader(0, 1, 4, 0x7fff_ffff);
    writer.patchU24(mark, 0x01_02_03);
    expect([...writer.detach()]).toEqual([7, 1, 2, 3, 1, 4, 0x7f, 0xff, 0xff, 0xff]);
  });

  it("shows what it holds, forgets it when told, and counts it", () => {
    const writer = new ByteWriter();
    writer.u16(0x0102);
    expect([...writer.peek()]).toEqual([1, 2]);
    expect(writer.length).toBe(2);
    writer.rewindTo(1);
    expect([...writer.peek()]).toEqual([1]);
    writer.rewindTo(0);
    expect(writer.length).toBe(0);
    writer.u8(3);
    expect([...writer.detach()]).toEqual([3]);
    writer.u8(4);
    writer.rewindTo(0);
    writer.u8(5);
    expect([...writer.detach()]).toEqual([5]);
  });

  it("shares its slab with others, never its octets", () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.nat(4), anyWrite, fc.nat(3)), { maxLength: 80 }), (deeds) => {
        const writers = Array.from({ length: 5 }, () => ({ writer: new ByteWriter(), held: [] as number[] }));
        const taken: { readonly bytes: Uint8Array; readonly expected: readonly number[] }[] = [];
        for (const [who, [write, octets], then] of deeds) {
          const one = writers[who] as (typeof writers)[number];
          write(one.writer);
          for (const octet of octets) one.held.push(octet);
          if (then === 0) one.writer.rewindTo(0);
          else if (then === 1) taken.push({ bytes: one.writer.detach(), expected: one.held });
          else continue;
          one.held = [];
        }
        for (const { writer, held } of writers) taken.push({ bytes: writer.detach(), expected: held });
        for (const { bytes, expected } of taken) expect(Buffer.compare(bytes, Buffer.from(expected))).toBe(0);
      }),
      { numRuns: 100 },
    );
  });

  it("keeps the lower eight bits of a char", () => {
    const writer = new ByteWriter();
    writer.latin1("\u0161\u20ac");
    expect([...writer.detach()]).toEqual([0x61, 0xac]);
  });
});

describe("texts", () => {
  it("of octets come back, from the middle of a plain Uint8Array too", () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 2 }), (octets) => {
        expect([...fromLatin1(latin1(octets, 1, octets.length - 1))]).toEqual([...octets.subarray(1, -1)]);
      }),
    );
  });

  it("in UTF-8 come back, and what is not UTF-8 is replaced", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme" }), (text) => {
        expect(utf8(fromUtf8(text))).toBe(text);
      }),
    );
    expect(utf8(Uint8Array.of(0x61, 0xff))).toBe("a\ufffd");
  });

  it("in base64 need no padding", () => {
    expect([...fromBase64("AQI")]).toEqual([1, 2]);
    expect([...fromBase64("AQI=")]).toEqual([1, 2]);
  });
});

describe("equalBytes", () => {
  it("compares a part with a whole", () => {
    const a = Uint8Array.of(1, 2, 3, 4);
    expect(equalBytes(a, 1, 3, Uint8Array.of(2, 3))).toBe(true);
    expect(equalBytes(a, 1, 3, Uint8Array.of(2, 4))).toBe(false);
    expect(equalBytes(a, 1, 4, Uint8Array.of(2, 3))).toBe(false);
  });
});
