import { describe, expect, it } from "vitest";
import { frame, frameType, headers, octets, rstStream } from "../../../test/http2/frames.ts";
import { request, ScriptedPeer } from "../../../test/http2/scripted-peer.ts";
import { ByteWriter } from "../bytes.ts";
import { writeRstStream } from "./rst-stream.ts";

describe("RST_STREAM, RFC 9113 §6.4", () => {
  it("is written byte for byte", () => {
    const out = new ByteWriter();
    writeRstStream(out, 0x01020304, 0x0a0b0c0d);
    expect(out.peek()).toEqual(Buffer.from([0, 0, 4, 3, 0, 1, 2, 3, 4, 0x0a, 0x0b, 0x0c, 0x0d]));
  });

  it("ends its stream with the code that it carries, known or not, and is not answered", () => {
    const peer = ScriptedPeer.ready("client");
    peer.open();
    peer.open();
    peer.sent();
    peer.sendInPieces(5, rstStream(3, 0xffffffff));
    peer.send(rstStream(1, 7), rstStream(1, 7));
    expect(peer.heard()).toEqual([`3 closed reset-by-peer ${0xffffffff}`, "1 closed reset-by-peer 7"]);
    expect(peer.sent()).toEqual([]);
  });

  it("drops what the stream still had to send", () => {
    const peer = ScriptedPeer.ready("client");
    const stream = peer.open();
    peer.sent();
    peer.connection.sendData(stream, octets("too late"), true);
    peer.send(rstStream(1, 8));
    expect(peer.sent()).toEqual([]);
  });

  it.each([
    ["on stream 0", rstStream(0, 8), "PROTOCOL_ERROR"],
    ["on an idle stream", rstStream(3, 8), "PROTOCOL_ERROR"],
    ["on an idle stream of ours", rstStream(2, 8), "PROTOCOL_ERROR"],
    ["of 3 octets", frame({ type: frameType.RST_STREAM, streamId: 1, payload: octets(0, 0, 0) }), "FRAME_SIZE_ERROR"],
    ["of 5 octets", frame({ type: frameType.RST_STREAM, streamId: 1, payload: new Uint8Array(5) }), "FRAME_SIZE_ERROR"],
  ])("ends the connection %s", (_, bytes, code) => {
    const peer = ScriptedPeer.ready("server");
    peer.send(headers(1, request), bytes);
    expect(peer.heard()[1]).toBe("failed violation rfc9113-6.4");
    expect(peer.sent()[0]).toMatch(new RegExp(`^GOAWAY 1 ${code} `));
  });

  it("on a stream that has not left us yet is one on an idle stream", () => {
    const peer = ScriptedPeer.ready("client");
    peer.open();
    peer.send(rstStream(1, 8));
    expect(peer.heard()[0]).toBe("failed violation rfc9113-6.4");
  });
});
