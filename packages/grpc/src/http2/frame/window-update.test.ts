import { describe, expect, it } from "vitest";
import { frame, frameType, headers, maxUint31, octets, windowUpdate } from "../../../test/http2/frames.ts";
import { request, response, ScriptedPeer } from "../../../test/http2/scripted-peer.ts";
import { ByteWriter } from "../bytes.ts";
import { writeWindowUpdate } from "./window-update.ts";

/** A client with stream 1 open, every window at its first 65,535. */
function clientWithCall(): ScriptedPeer {
  const peer = ScriptedPeer.ready("client");
  peer.open();
  peer.sent();
  return peer;
}

describe("WINDOW_UPDATE, RFC 9113 §6.9", () => {
  it("is written byte for byte", () => {
    const out = new ByteWriter();
    writeWindowUpdate(out, 3, maxUint31);
    expect(out.peek()).toEqual(Buffer.from([0, 0, 4, 8, 0, 0, 0, 0, 3, 0x7f, 0xff, 0xff, 0xff]));
  });

  it("lets so many octets go and no more; both windows must allow them", () => {
    const peer = clientWithCall();
    peer.connection.sendData(peer.stream(1), new Uint8Array(65_535 + 100), false);
    expect(peer.sent().map((line) => line.split(" ")[2])).toEqual(["16384", "16384", "16384", "16383"]);
    peer.send(windowUpdate(1, 30));
    expect(peer.sent()).toEqual([]);
    peer.send(windowUpdate(0, 20));
    expect(peer.sent()).toEqual(["DATA 1 20"]);
    peer.sendInPieces(3, windowUpdate(0, 50));
    expect(peer.sent()).toEqual(["DATA 1 10"]);
    peer.send(windowUpdate(1, 0x80000000 + 70));
    expect(peer.sent()).toEqual(["DATA 1 40"]);
  });

  it.each([
    ["of 3 octets", frame({ type: frameType.WINDOW_UPDATE, payload: octets(0, 0, 1) }), "6.9", "FRAME_SIZE_ERROR"],
    ["by 0 on the connection", windowUpdate(0, 0), "6.9", "PROTOCOL_ERROR"],
    ["by 0 with the reserved bit set", windowUpdate(0, 0x80000000), "6.9", "PROTOCOL_ERROR"],
    ["on an idle stream", windowUpdate(3, 1), "5.1", "PROTOCOL_ERROR"],
    ["beyond 2^31-1 on the connection", windowUpdate(0, maxUint31 - 65_534), "6.9.1", "FLOW_CONTROL_ERROR"],
  ])("ends the connection %s", (_, bytes, section, code) => {
    const peer = clientWithCall();
    peer.send(bytes);
    expect(peer.heard()[0]).toBe(`failed violation rfc9113-${section}`);
    expect(peer.sent()[0]).toMatch(new RegExp(`^GOAWAY 0 ${code} `));
  });

  it("up to 2^31-1 is allowed", () => {
    const peer = clientWithCall();
    peer.send(windowUpdate(0, maxUint31 - 65_535), windowUpdate(1, maxUint31 - 65_535));
    expect(peer.heard()).toEqual([]);
  });

  it.each([
    ["by 0", windowUpdate(1, 0), "6.9", "PROTOCOL_ERROR", 1],
    ["beyond 2^31-1", windowUpdate(1, maxUint31 - 65_534), "6.9.1", "FLOW_CONTROL_ERROR", 3],
  ])("on a stream %s ends the stream alone", (_, bytes, section, name, code) => {
    const peer = clientWithCall();
    peer.send(bytes);
    expect(peer.heard()).toEqual([`1 closed reset-by-us ${code} rfc9113-${section}`]);
    expect(peer.sent()).toEqual([`RST_STREAM 1 ${name}`]);
  });

  it("on a stream that is over is late, not wrong", () => {
    const peer = clientWithCall();
    peer.connection.sendData(peer.stream(1), octets(), true);
    peer.sent();
    peer.send(headers(1, response, { endStream: true }), windowUpdate(1, 5));
    expect(peer.heard().at(-1)).toBe("1 closed complete");
    expect(peer.sent()).toEqual([]);
    const server = ScriptedPeer.ready("server");
    server.send(headers(1, request, { endStream: true }), windowUpdate(1, 5));
    expect(server.sent()).toEqual([]);
  });
});
