/**
 * The frames of one direction by themselves: blocks of a real encoder with its table, cut into frames and chunks anyhow, some of
 * them dropped, are read by a decoder that has seen only what was let through.
 */

import { HpackDecoder, HpackEncoder } from "@holdfast/grpc/http2";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { ByteWriter } from "../../../grpc/src/http2/bytes.ts";
import { flag, frame, frameHeaderBytes, frameType, preface, settingsFrame } from "../peer/frame.ts";
import { FrameReader } from "../peer/frame-reader.ts";
import { FrameStage } from "./frame-stage.ts";
import { literalHeaders } from "./literal-headers.ts";

const continuationType = 0x9;

interface Sent {
  readonly fields: readonly string[];
  /** Octets of the block in a frame at most. */
  readonly pieceBytes: number;
  readonly isDropped: boolean;
  /** A new size of the table, which the encoder must announce (RFC 7541 §4.2). */
  readonly tableBytes: number | undefined;
}

const name = fc.constantFrom("x-trace", "x-user", "content-type", "authorization", ":path");
const value = fc.oneof(
  fc.constantFrom("a", "the same every time"),
  fc.string({ unit: "binary-ascii", maxLength: 300 }),
);
const sent: fc.Arbitrary<Sent> = fc.record({
  fields: fc.array(fc.tuple(name, value), { minLength: 1, maxLength: 6 }).map((all) => all.flat()),
  pieceBytes: fc.integer({ min: 1, max: 200 }),
  isDropped: fc.boolean(),
  tableBytes: fc.option(fc.constantFrom(0, 100, 4_096), { nil: undefined, freq: 5 }),
});

function framesOf({ fields, pieceBytes, tableBytes }: Sent, streamId: number, encoder: HpackEncoder): Buffer {
  if (tableBytes !== undefined) encoder.setPeerMaxTableSize(tableBytes);
  const writer = new ByteWriter();
  encoder.encode(fields, writer);
  const block = Buffer.from(writer.detach());
  const frames: Buffer[] = [];
  for (let at = 0; at < block.byteLength; at += pieceBytes) {
    const flags = at + pieceBytes >= block.byteLength ? flag.END_HEADERS : 0;
    const type = at === 0 ? frameType.HEADERS : continuationType;
    frames.push(frame(type, flags, streamId, block.subarray(at, at + pieceBytes)));
  }
  return Buffer.concat(frames);
}

/** What a receiver reads, block by block; a string where it cannot. */
function readBlocks(bytes: Buffer, tableBytes: () => number | undefined): (readonly string[] | string)[] {
  const decoder = new HpackDecoder({ maxTableSize: 4_096, maxHeaderListBytes: 1_000_000 });
  const read: (readonly string[] | string)[] = [];
  let parts: Buffer[] = [];
  const reader = new FrameReader(({ type, flags, payload }) => {
    if (type !== frameType.HEADERS && type !== continuationType) return;
    parts.push(Buffer.from(payload));
    if ((flags & flag.END_HEADERS) === 0) return;
    const allowed = tableBytes();
    if (allowed !== undefined) decoder.setMaxTableSize(allowed);
    const block = decoder.decode(Buffer.concat(parts));
    parts = [];
    read.push("scope" in block ? block.detail : block);
  });
  reader.push(bytes);
  return read;
}

function stageOf(
  judge: (streamId: number) => "pass" | "drop",
  translates = true,
): { stage: FrameStage; out: Buffer[] } {
  const out: Buffer[] = [];
  const stage = new FrameStage("to-server", {
    judge: ({ streamId, type }) => (type === frameType.HEADERS ? judge(streamId) : "pass"),
    out: (bytes) => out.push(Buffer.from(bytes)),
    onStranger: (why) => expect.unreachable(why),
    translates,
  });
  return { stage, out };
}

describe("header blocks", () => {
  it("are understood after others were dropped, whatever the table holds and the frames are", () => {
    fc.assert(
      fc.property(fc.array(sent, { maxLength: 12 }), fc.integer({ min: 1, max: 50 }), (all, chunkBytes) => {
        const encoder = new HpackEncoder();
        const { stage, out } = stageOf((streamId) => (all[(streamId - 1) / 2]?.isDropped === true ? "drop" : "pass"));
        const bytes = Buffer.concat([
          preface,
          settingsFrame(new Map()),
          ...all.map((each, index) => framesOf(each, 2 * index + 1, encoder)),
        ]);
        for (let at = 0; at < bytes.byteLength; at += chunkBytes) stage.push(bytes.subarray(at, at + chunkBytes));
        const kept = all.filter(({ isDropped }) => !isDropped);
        expect(readBlocks(Buffer.concat(out), () => undefined)).toEqual(kept.map(({ fields }) => fields));
      }),
      { numRuns: 200 },
    );
  });

  it("carry the announcement of a smaller table that stood before one that was dropped", () => {
    const encoder = new HpackEncoder();
    const fields = ["x-user", "somebody"];
    const plain = { fields, pieceBytes: 1_000, isDropped: false, tableBytes: undefined };
    const { stage, out } = stageOf((streamId) => (streamId === 3 ? "drop" : "pass"));
    stage.push(Buffer.concat([preface, settingsFrame(new Map()), framesOf(plain, 1, encoder)]));
    stage.push(framesOf({ ...plain, tableBytes: 0 }, 3, encoder));
    stage.push(framesOf(plain, 5, encoder));
    // The receiver has told the sender 0 before the second block, and insists on hearing of it.
    const allowed = [undefined, 0];
    expect(readBlocks(Buffer.concat(out), () => allowed.shift())).toEqual([fields, fields]);
  });

  it("that the relay makes carry it, too", () => {
    const encoder = new HpackEncoder();
    const fields = ["x-user", "somebody"];
    const { stage, out } = stageOf(() => "drop");
    const small = { fields, pieceBytes: 1_000, isDropped: true, tableBytes: 0 };
    stage.push(Buffer.concat([preface, settingsFrame(new Map()), framesOf(small, 1, encoder)]));
    stage.inject(literalHeaders(3, ["made", "here"], true));
    const allowed = [0];
    expect(readBlocks(Buffer.concat(out), () => allowed.shift())).toEqual([["made", "here"]]);
  });

  it("are longer than a frame: HEADERS and CONTINUATION", () => {
    const fields = ["x-long", "v".repeat(40_000)];
    const bytes = literalHeaders(1, fields, false);
    expect(bytes.readUIntBE(0, 3)).toBe(16_384);
    expect(readBlocks(Buffer.concat([preface, bytes]), () => undefined)).toEqual([fields]);
  });
});

describe("frames of our own", () => {
  const ping = frame(frameType.PING, 0, 0, Buffer.alloc(8));

  it("wait for the greeting, and never stand inside a frame or a block", () => {
    const { stage, out } = stageOf(() => "pass", false);
    stage.inject(ping);
    stage.push(preface);
    const data = frame(frameType.DATA, 0, 1, Buffer.alloc(10));
    const head = frame(frameType.HEADERS, 0, 1, Buffer.from([0x88]));
    const tail = frame(continuationType, flag.END_HEADERS, 1, Buffer.from([0x88]));
    stage.push(settingsFrame(new Map()));
    stage.push(Buffer.concat([head, data.subarray(0, 0)]));
    stage.inject(ping);
    stage.push(tail);
    stage.push(data.subarray(0, frameHeaderBytes + 3));
    stage.inject(ping);
    stage.push(data.subarray(frameHeaderBytes + 3));
    expect(Buffer.concat(out)).toEqual(
      Buffer.concat([preface, settingsFrame(new Map()), ping, head, tail, ping, ping, data]),
    );
  });

  it("are refused where no HTTP/2 is spoken", () => {
    const words: string[] = [];
    const out: Buffer[] = [];
    const stage = new FrameStage("to-client", {
      judge: () => "pass",
      out: (bytes) => out.push(Buffer.from(bytes)),
      onStranger: (why) => words.push(why),
      translates: false,
    });
    stage.push(Buffer.from("HTTP/1.1 400 Bad Request\r\n"));
    expect(stage.inject(ping)).toBe(false);
    expect(Buffer.concat(out).toString()).toBe("HTTP/1.1 400 Bad Request\r\n");
    expect(words).toEqual(["what came to-client is not HTTP/2: its bytes pass as they are"]);
  });
});
