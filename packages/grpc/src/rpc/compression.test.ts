import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { nodeCompress, nodeDecompress } from "../host/node/zip.ts";
import { concat, fromLatin1, zeroed } from "../http2/bytes.ts";
import {
  acceptEncoding,
  accepts,
  checkCompression,
  type Coding,
  codingOf,
  decompressMessage,
  frameCompressed,
  type Zip,
} from "./compression.ts";
import { type CompressedMessage, MessageReader } from "./message.ts";

const zip: Zip = { compress: nodeCompress, decompress: nodeDecompress };
const codings: readonly Coding[] = ["gzip", "deflate"];

/** What a peer reads of a framed message. */
function arrived(chunks: readonly Uint8Array[]): { plain?: Uint8Array; packed?: Uint8Array } {
  const heard: { plain?: Uint8Array; packed?: Uint8Array } = {};
  const reader = new MessageReader(1_000_000, {
    mayBeCompressed: true,
    onMessage: (bytes) => (heard.plain = bytes),
    onCompressed: ({ packed }: CompressedMessage) => (heard.packed = packed),
  });
  expect(
    reader.push(
      concat(
        chunks,
        chunks.reduce((sum, { length }) => sum + length, 0),
      ),
    ),
  ).toBeUndefined();
  expect(reader.end()).toBeUndefined();
  return heard;
}

describe("a compressed message", () => {
  it.each(codings)("comes out as it went in: %s", (coding) => {
    const octets = fc.uint8Array({ maxLength: 200 }).map((some) => concat([some, some, some], some.length * 3));
    fc.assert(
      fc.property(octets, (message) => {
        const { plain, packed } = arrived(frameCompressed(zip, coding, message));
        const opened = packed === undefined ? plain : decompressMessage(zip, coding, packed, message.length);
        expect(opened).toEqual(message);
        if (packed !== undefined) expect(packed.length).toBeLessThan(message.length);
      }),
    );
  });

  it("goes as it is where packing makes it larger", () => {
    expect(arrived(frameCompressed(zip, "gzip", fromLatin1("abc"))).plain).toEqual(fromLatin1("abc"));
    expect(arrived(frameCompressed(zip, "gzip", zeroed(1_000))).packed?.length).toBeLessThan(100);
  });

  it.each(codings)("is not opened beyond the limit: %s", (coding) => {
    const bomb = nodeCompress(coding, zeroed(10_000_000));
    expect(bomb.length).toBeLessThan(12_000);
    expect(decompressMessage(zip, coding, bomb, 1_000)).toMatchObject({ kind: "too-large", code: 8 });
    expect(decompressMessage(zip, coding, nodeCompress(coding, zeroed(1_001)), 1_000)).toMatchObject({
      kind: "too-large",
      detail: expect.stringContaining("decompressed, over the limit of 1000") as string,
    });
    expect(decompressMessage(zip, coding, nodeCompress(coding, zeroed(1_000)), 1_000)).toEqual(zeroed(1_000));
    expect(decompressMessage(zip, coding, nodeCompress(coding, zeroed(1)), 0)).toMatchObject({ kind: "too-large" });
    expect(decompressMessage(zip, coding, nodeCompress(coding, zeroed(0)), 0)).toEqual(zeroed(0));
    expect(decompressMessage(zip, coding, nodeCompress(coding, zeroed(9)), Infinity)).toEqual(zeroed(9));
  });

  it.each(codings)("that is none is told, whatever the octets: %s", (coding) => {
    const whole = nodeCompress(coding, fromLatin1("a message"));
    expect(decompressMessage(zip, coding, whole.subarray(0, -1), 100)).toMatchObject({
      kind: "bad-compression",
      code: 13,
    });
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 60 }), (octets) => {
        const told = decompressMessage(zip, coding, octets, 100);
        expect(told instanceof Uint8Array || told.kind === "bad-compression").toBe(true);
      }),
    );
  });

  it("is taken only when its reader says so", () => {
    const reader = new MessageReader(100, { onMessage: () => undefined });
    expect(reader.push(Uint8Array.of(1, 0, 0, 0, 0))).toMatchObject({ kind: "compressed" });
  });
});

describe("names of codings", () => {
  it("are those that we read, and no others", () => {
    expect(acceptEncoding.split(",").map(codingOf)).toEqual([undefined, "deflate", "gzip"]);
    expect([codingOf("snappy"), codingOf("GZIP"), codingOf(undefined)]).toEqual([undefined, undefined, undefined]);
  });

  it("stand in a list, with or without spaces", () => {
    expect(accepts("identity, deflate ,gzip", "deflate")).toBe(true);
    expect([accepts("gzipped", "gzip"), accepts(undefined, "gzip"), accepts("", "gzip")]).toEqual([
      false,
      false,
      false,
    ]);
  });

  it("that are none are named where they are given", () => {
    for (const good of ["gzip", "deflate", "identity", undefined]) checkCompression("compression", good);
    expect(() => checkCompression("channel option compression", "br")).toThrow(
      'channel option compression: "br", expected "gzip", "deflate" or "identity"',
    );
  });
});
