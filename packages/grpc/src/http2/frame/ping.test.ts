import { describe, expect, it } from "vitest";
import { flag, frame, frameType, octets, ping, pingAck } from "../../../test/http2/frames.ts";
import { ScriptedPeer } from "../../../test/http2/scripted-peer.ts";
import { ByteWriter } from "../bytes.ts";
import { writePing } from "./ping.ts";

describe("PING, RFC 9113 §6.7", () => {
  it("is written byte for byte", () => {
    const out = new ByteWriter();
    writePing(out, octets("abcdefgh"), false);
    writePing(out, octets("12345678"), true);
    expect(out.peek()).toEqual(
      Buffer.from([
        ...[0, 0, 8, 6, 0, 0, 0, 0, 0, ...octets("abcdefgh")],
        ...[0, 0, 8, 6, 1, 0, 0, 0, 0, ...octets("12345678")],
      ]),
    );
  });

  it("is sent back with the same octets, in whatever pieces it came", () => {
    const peer = ScriptedPeer.ready("server");
    peer.sendInPieces(2, ping("8 octets"));
    expect(peer.sent()).toEqual(["PING ack"]);
    expect(peer.frames[0]?.payload).toEqual(octets("8 octets"));
  });

  it("of ours tells its acknowledgement once; one that answers nothing is nothing", () => {
    const peer = ScriptedPeer.ready("client");
    const sequence = peer.connection.ping(0);
    expect(peer.sent()).toEqual(["PING"]);
    const opaque = peer.frames[0]?.payload ?? octets();
    peer.send(pingAck(octets("stranger")), pingAck(opaque), pingAck(opaque));
    expect(peer.heard()).toEqual([`pong ${sequence}`]);
    expect(peer.sent()).toEqual([]);
  });

  it.each([
    ["on a stream", frame({ type: frameType.PING, streamId: 1, payload: new Uint8Array(8) }), "PROTOCOL_ERROR"],
    ["of 7 octets", frame({ type: frameType.PING, payload: new Uint8Array(7) }), "FRAME_SIZE_ERROR"],
    ["of 9 octets", frame({ type: frameType.PING, payload: new Uint8Array(9) }), "FRAME_SIZE_ERROR"],
    ["acknowledged by 0 octets", frame({ type: frameType.PING, flags: flag.ACK }), "FRAME_SIZE_ERROR"],
  ])("ends the connection %s", (_, bytes, code) => {
    const peer = ScriptedPeer.ready("client");
    peer.send(bytes);
    expect(peer.heard()).toEqual(["failed violation rfc9113-6.7"]);
    expect(peer.sent()[0]).toMatch(new RegExp(`^GOAWAY 0 ${code} `));
  });
});
