import { describe, expect, it } from "vitest";
import { data, frame, frameType, headers, octets, ping } from "../../../test/http2/frames.ts";
import { request, requestText, ScriptedPeer } from "../../../test/http2/scripted-peer.ts";
import { connectionError, readU16, readU32, streamError } from "./frame.ts";

describe("frames, RFC 9113 §4", () => {
  it("numbers are read unsigned", () => {
    expect(readU32(octets(9, 0xff, 0xff, 0xff, 0xfe), 1)).toBe(0xfffffffe);
    expect(readU16(octets(9, 0xff, 0xfe), 1)).toBe(0xfffe);
  });

  it("violations say scope, code and rule", () => {
    expect(connectionError("rfc9113-6.7", "FRAME_SIZE_ERROR", "x")).toEqual({
      ...{ scope: "connection", by: "peer", code: 6, rule: "rfc9113-6.7", detail: "x" },
    });
    expect(streamError("rfc9113-6.9", "PROTOCOL_ERROR", 3, "x")).toEqual({
      ...{ scope: "stream", by: "peer", code: 1, rule: "rfc9113-6.9", streamId: 3, detail: "x" },
    });
  });

  it("the reserved bit of a stream id is ignored, §4.1", () => {
    const peer = ScriptedPeer.ready("server");
    peer.send(headers(0x80000001, request), data(0x80000001, "x", { endStream: true }));
    expect(peer.heard()).toEqual([`1 headers ${requestText}`, "1 data 1 END"]);
  });

  it.each(Object.entries(frameType))("%s over 16,384 octets is refused before its payload, §4.2", (_, type) => {
    const peer = ScriptedPeer.ready("server");
    peer.send(headers(1, request));
    peer.heard();
    peer.send(frame({ type, streamId: 1, length: 16_385 }));
    expect(peer.heard()[0]).toBe("failed violation rfc9113-4.2");
    expect(peer.sent()[0]).toMatch(/^GOAWAY 1 FRAME_SIZE_ERROR /);
  });

  it("of 16,384 octets is taken, whole, split, and with another frame behind it in one read", () => {
    const peer = ScriptedPeer.ready("server");
    const body = new Uint8Array(16_384);
    peer.send(headers(1, request), octets(data(1, body), ping()), octets(data(1, body.subarray(1)), ping()));
    peer.sendInPieces(1_000, data(1, body));
    expect(peer.sent().filter((line) => line === "PING ack")).toHaveLength(2);
    expect(peer.recorder.logs[0]?.bodyBytes).toBe(3 * 16_384 - 1);
  });

  it("after a connection error nothing more is read", () => {
    const peer = ScriptedPeer.ready("server");
    peer.send(octets(ping("12345678"), data(0, "x"), ping("12345678")), ping());
    expect(peer.sent().map((line) => line.split(" ")[0])).toEqual(["PING", "GOAWAY"]);
  });
});
