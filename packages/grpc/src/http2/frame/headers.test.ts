import { describe, expect, it } from "vitest";
import { continuation, frame, frameType, headers, literals, octets } from "../../../test/http2/frames.ts";
import { request, requestText, ScriptedPeer } from "../../../test/http2/scripted-peer.ts";
import { ByteWriter } from "../bytes.ts";
import { closeHeaders, flagsOfFirst, openHeaders } from "./headers.ts";

function written(streamId: number, endStream: boolean, block: Uint8Array, maxFrameSize: number): Uint8Array {
  const out = new ByteWriter();
  // What stands before it in the same run stays as it is.
  out.u8(0xaa);
  const start = openHeaders(out, streamId, endStream);
  out.bytes(block);
  expect(closeHeaders(out, start, streamId, endStream, maxFrameSize)).toBe(block.length);
  expect(out.peek()[0]).toBe(0xaa);
  return out.peek().subarray(1);
}

describe("HEADERS, RFC 9113 §6.2", () => {
  it("is written byte for byte", () => {
    expect(written(7, true, octets(1, 2, 3), 16_384)).toEqual(Buffer.from([0, 0, 3, 1, 5, 0, 0, 0, 7, 1, 2, 3]));
    expect(written(7, false, octets(), 16_384)).toEqual(Buffer.from([0, 0, 0, 1, 4, 0, 0, 0, 7]));
    expect([flagsOfFirst(true, 3, 16_384), flagsOfFirst(false, 0, 16_384)]).toEqual([0x5, 0x4]);
  });

  it("goes on in CONTINUATION frames of the size that the peer takes; END_STREAM stays on the first", () => {
    expect(flagsOfFirst(true, 5, 2)).toBe(0x1);
    expect(written(7, true, octets(1, 2, 3, 4, 5), 2)).toEqual(
      Buffer.from([
        ...[0, 0, 2, 1, 1, 0, 0, 0, 7, 1, 2],
        ...[0, 0, 2, 9, 0, 0, 0, 0, 7, 3, 4],
        ...[0, 0, 1, 9, 4, 0, 0, 0, 7, 5],
      ]),
    );
    expect(written(7, false, octets(1, 2, 3, 4), 2)).toEqual(
      Buffer.from([0, 0, 2, 1, 0, 0, 0, 0, 7, 1, 2, 0, 0, 2, 9, 4, 0, 0, 0, 7, 3, 4]),
    );
  });

  it.each([
    ["plain", {}],
    ["padded", { padding: 7 }],
    ["padded by 0", { padding: 0 }],
    ["with a priority", { priority: true }],
    ["padded, with a priority", { padding: 255, priority: true }],
  ])("is read %s, in pieces of every size", (_, fields) => {
    for (const pieceBytes of [1, 2, 3, 8, 9, 10, 11, 1_000]) {
      const peer = ScriptedPeer.ready("server");
      peer.sendInPieces(pieceBytes, headers(1, request, { ...fields, endStream: true }));
      expect(peer.heard()).toEqual([`1 headers ${requestText} END`]);
    }
  });

  it.each([
    ["on stream 0", headers(0, request), "PROTOCOL_ERROR", "rfc9113-6.2"],
    [
      "too short for the pad length",
      frame({ type: frameType.HEADERS, flags: 0xc, streamId: 1 }),
      "FRAME_SIZE_ERROR",
      "rfc9113-6.2",
    ],
    [
      "too short for the priority",
      frame({ type: frameType.HEADERS, flags: 0x2c, streamId: 1, payload: octets(0, 0, 0, 0, 0) }),
      "FRAME_SIZE_ERROR",
      "rfc9113-6.2",
    ],
    [
      "with more padding than there is room",
      frame({ type: frameType.HEADERS, flags: 0xc, streamId: 1, payload: octets(3, 0x82, 0x86) }),
      "PROTOCOL_ERROR",
      "rfc9113-6.2",
    ],
    [
      "with a priority and more padding than there is room",
      frame({ type: frameType.HEADERS, flags: 0x2c, streamId: 1, payload: octets(1, 0, 0, 0, 0, 0) }),
      "PROTOCOL_ERROR",
      "rfc9113-6.2",
    ],
    ["with a block that does not decode", headers(1, octets(0x80)), "COMPRESSION_ERROR", "rfc7541-6.1"],
    ["that opens a stream with an even id", headers(2, request), "PROTOCOL_ERROR", "rfc9113-5.1.1"],
  ])("ends the connection %s", (_, bytes, code, rule) => {
    const peer = ScriptedPeer.ready("server");
    peer.send(bytes);
    expect(peer.heard()).toEqual([`failed violation ${rule}`]);
    expect(peer.sent()[0]).toMatch(new RegExp(`^GOAWAY 0 ${code} ${rule}: `));
  });

  it("that opens a stream below an earlier one ends the connection, RFC 9113 §5.1.1", () => {
    const peer = ScriptedPeer.ready("server");
    peer.send(headers(5, request), headers(3, request));
    expect(peer.heard()).toEqual([`5 headers ${requestText}`, "failed violation rfc9113-5.1.1", "5 closed connection"]);
  });

  it("from a server may not open a stream", () => {
    for (const id of [1, 2]) {
      const peer = ScriptedPeer.ready("client");
      peer.send(headers(id, [":status", "200"]));
      expect(peer.heard()).toEqual(["failed violation rfc9113-5.1"]);
    }
  });

  it("does not take its block for the next frame's: only END_HEADERS ends it", () => {
    const peer = ScriptedPeer.ready("server");
    const block = literals(request);
    peer.send(headers(1, block.subarray(0, 10), { endHeaders: false, endStream: true, padding: 5 }));
    expect(peer.heard()).toEqual([]);
    peer.send(continuation(1, block.subarray(10), true));
    expect(peer.heard()).toEqual([`1 headers ${requestText} END`]);
  });
});
