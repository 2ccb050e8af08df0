import { describe, expect, it } from "vitest";
import { FrameReader } from "../peer/frame-reader.ts";
import * as wire from "../peer/frame.ts";
import { call, headers, insertedLiteral, literal, requestBlock, Volley } from "./octets.ts";

interface Seen {
  readonly type: number;
  readonly flags: number;
  readonly streamId: number;
  readonly bytes: number;
}

function framesOf(bytes: Buffer): Seen[] {
  const seen: Seen[] = [];
  const reader = new FrameReader(
    ({ type, flags, streamId, payload }) => seen.push({ type, flags, streamId, bytes: payload.byteLength }),
    "server",
  );
  reader.push(bytes);
  return seen;
}

describe("a header block", () => {
  it("has lengths of any size, RFC 7541 §5.1", () => {
    expect([...literal("a", "b".repeat(200))].slice(0, 5)).toEqual([0, 1, 97, 127, 73]);
    expect([...insertedLiteral("a", "b".repeat(1_337 + 127))].slice(3, 6)).toEqual([127, 185, 10]);
  });

  it("goes on in CONTINUATION when a frame is too small, and ends in the last one", () => {
    const frames = framesOf(headers(3, Buffer.alloc(40_000), true));
    expect(frames.map(({ type, flags, bytes }) => [type, flags, bytes])).toEqual([
      [1, 1, 16_384],
      [9, 0, 16_384],
      [9, 4, 7_232],
    ]);
  });
});

describe("a volley", () => {
  it("is the same frames on other streams", () => {
    const block = requestBlock("/x");
    const volley = new Volley(3, (id) => Buffer.concat([call(id, block), wire.windowUpdateFrame(0, 1)]));
    expect(volley.from(5)).toEqual(
      Buffer.concat([5, 7, 9].flatMap((id) => [call(id, block), wire.windowUpdateFrame(0, 1)])),
    );
    expect(framesOf(volley.from(101)).map(({ streamId }) => streamId)).toEqual([101, 101, 0, 103, 103, 0, 105, 105, 0]);
  });
});
