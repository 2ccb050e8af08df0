import fc from "fast-check";
import { describe, expect, it } from "vitest";
import * as wire from "./frame.ts";
import { FrameReader } from "./frame-reader.ts";

const stream = Buffer.concat([
  wire.preface,
  wire.settingsFrame(new Map([[wire.setting.INITIAL_WINDOW_SIZE, 70_000]])),
  wire.headersFrame(1, { ":method": "POST" }, false),
  wire.dataFrame(1, Buffer.alloc(300, 7), true),
  wire.goawayFrame(wire.maxUint31, wire.code.ENHANCE_YOUR_CALM, "too_many_pings"),
]);

function read(chunks: readonly Buffer[]): string[] {
  const seen: string[] = [];
  const reader = new FrameReader((frame) =>
    seen.push(`${frame.type}/${frame.flags}/${frame.streamId}/${frame.payload.toString("hex")}`),
  );
  for (const chunk of chunks) expect(reader.push(chunk)).toBe(true);
  return seen;
}

describe("headersFrame", () => {
  it("writes the length of a long value in more than one byte, RFC 7541 §5.1", () => {
    const block = wire.headersFrame(1, { a: "x".repeat(1337 + 127) }, false).subarray(wire.frameHeaderBytes);
    // 1337 behind a full prefix is 10111001 00001010: the number of the RFC's own example.
    expect(block.subarray(0, 6).toString("hex")).toBe("000161" + "7f" + "b90a");
    expect(block.byteLength).toBe(6 + 1337 + 127);
  });
});

describe("FrameReader", () => {
  it("reads type, flags, stream and payload", () => {
    const goaway = `7fffffff0000000b${Buffer.from("too_many_pings").toString("hex")}`;
    expect(read([stream])).toEqual([
      "4/0/0/000400011170",
      `1/4/1/00073a6d6574686f6404504f5354`,
      `0/1/1/${"07".repeat(300)}`,
      `7/0/0/${goaway}`,
    ]);
  });

  it("reads the same from any pieces", () => {
    const whole = read([stream]);
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: stream.byteLength - 1 }), { maxLength: 40 }), (cuts) => {
        const ends = [...new Set(cuts), stream.byteLength].sort((a, b) => a - b);
        const pieces = ends.map((end, index) => Buffer.from(stream.subarray(ends[index - 1] ?? 0, end)));
        expect(read(pieces)).toEqual(whole);
      }),
    );
  });

  it("ignores the reserved bit of a stream id", () => {
    const frame = wire.pingFrame(Buffer.alloc(8));
    frame[5] = 0x80;
    expect(read([wire.preface, frame])).toEqual(["6/0/0/0000000000000000"]);
  });

  it("says when the client does not speak HTTP/2", () => {
    const reader = new FrameReader(() => expect.unreachable());
    expect(reader.push(Buffer.from("P"))).toBe(true);
    expect(reader.push(Buffer.from("OST / HTTP/1.1\r\n"))).toBe(false);
  });
});
