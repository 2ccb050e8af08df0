import { describe, expect, it } from "vitest";
import { frame, frameType, goaway, maxUint31, octets } from "../../../test/http2/frames.ts";
import { ScriptedPeer } from "../../../test/http2/scripted-peer.ts";
import { ByteWriter } from "../bytes.ts";
import { writeGoaway } from "./goaway.ts";

describe("GOAWAY, RFC 9113 §6.8", () => {
  it("is written byte for byte, and returns its payload's length", () => {
    const out = new ByteWriter();
    expect(writeGoaway(out, maxUint31, 11, "é")).toBe(10);
    expect(out.peek()).toEqual(
      Buffer.from([0, 0, 10, 7, 0, 0, 0, 0, 0, 0x7f, 0xff, 0xff, 0xff, 0, 0, 0, 11, 0xc3, 0xa9]),
    );
  });

  it("cuts what it says too long", () => {
    const out = new ByteWriter();
    expect(writeGoaway(out, 0, 0, "x".repeat(100_000))).toBe(8 + 256);
  });

  it("is read with id, code and text; the reserved bit and unknown flags are nothing", () => {
    const peer = ScriptedPeer.ready("client");
    const payload = octets(0xff, 0xff, 0xff, 0xff, 0, 0, 0, 11, "too_many_pings");
    peer.sendInPieces(3, frame({ type: frameType.GOAWAY, flags: 0xff, payload }));
    expect(peer.heard()).toEqual([`goaway ${maxUint31} 11 too_many_pings`]);
  });

  it("is read without debug data, with a code nobody knows, and with data that is no text", () => {
    const peer = ScriptedPeer.ready("client");
    peer.send(goaway(7, 0xdeadbeef), goaway(5, 0, "\xff"));
    expect(peer.heard()).toEqual([`goaway 7 ${0xdeadbeef}`, "goaway 5 0 \ufffd"]);
  });

  it("keeps at most 1 KiB of debug data", () => {
    const peer = ScriptedPeer.ready("client");
    peer.send(goaway(0, 0, "y".repeat(10_000)));
    expect(peer.heard()).toEqual([`goaway 0 0 ${"y".repeat(1_024)}`]);
  });

  it.each([
    [
      "on a stream",
      frame({ type: frameType.GOAWAY, streamId: 1, payload: octets(new Uint8Array(8)) }),
      "PROTOCOL_ERROR",
    ],
    ["of 7 octets", frame({ type: frameType.GOAWAY, payload: new Uint8Array(7) }), "FRAME_SIZE_ERROR"],
  ])("ends the connection %s", (_, bytes, code) => {
    const peer = ScriptedPeer.ready("client");
    peer.send(bytes);
    expect(peer.heard()).toEqual(["failed violation rfc9113-6.8"]);
    expect(peer.sent()[0]).toMatch(new RegExp(`^GOAWAY 0 ${code} `));
  });
});
