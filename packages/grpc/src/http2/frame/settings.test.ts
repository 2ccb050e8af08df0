import { describe, expect, it } from "vitest";
import { flag, frame, frameType, maxUint31, octets, settings, settingsAck } from "../../../test/http2/frames.ts";
import { ScriptedPeer } from "../../../test/http2/scripted-peer.ts";
import { ByteWriter } from "../bytes.ts";
import { writeSettings } from "./settings.ts";

describe("SETTINGS, RFC 9113 §6.5", () => {
  it("is written byte for byte", () => {
    const out = new ByteWriter();
    writeSettings(out, [
      [0x3, 100],
      [0x4, maxUint31],
    ]);
    expect(out.peek()).toEqual(
      Buffer.from([0, 0, 12, 4, 0, 0, 0, 0, 0, ...[0, 3, 0, 0, 0, 100], ...[0, 4, 0x7f, 0xff, 0xff, 0xff]]),
    );
  });

  it("is acknowledged, once each, empty or with ids that nobody knows; the application hears of it", () => {
    const peer = ScriptedPeer.ready("client");
    peer.sendInPieces(4, settings([0x3, 9], [0xfafa, 1], [0x3, 7]));
    peer.send(settings());
    expect(peer.heard()).toEqual(["settings", "settings"]);
    expect(peer.sent()).toEqual(["SETTINGS ack", "SETTINGS ack"]);
    expect(peer.connection.openable).toBe(7);
  });

  it("acknowledgements are not answered", () => {
    const peer = ScriptedPeer.ready("client");
    peer.send(settingsAck(), settingsAck());
    expect([peer.sent(), peer.heard()]).toEqual([[], []]);
  });

  it.each([
    ["on a stream", frame({ type: frameType.SETTINGS, streamId: 1 }), "rfc9113-6.5", "PROTOCOL_ERROR"],
    ["of 7 octets", frame({ type: frameType.SETTINGS, payload: new Uint8Array(7) }), "rfc9113-6.5", "FRAME_SIZE_ERROR"],
    [
      "whose acknowledgement has a payload",
      frame({ type: frameType.SETTINGS, flags: flag.ACK, payload: new Uint8Array(6) }),
      "rfc9113-6.5",
      "FRAME_SIZE_ERROR",
    ],
    ["with ENABLE_PUSH = 2", settings([0x2, 2]), "rfc9113-6.5.2", "PROTOCOL_ERROR"],
    ["with ENABLE_PUSH = 1 from a server", settings([0x2, 1]), "rfc9113-6.5.2", "PROTOCOL_ERROR"],
    ["with INITIAL_WINDOW_SIZE = 2^31", settings([0x4, maxUint31 + 1]), "rfc9113-6.5.2", "FLOW_CONTROL_ERROR"],
    ["with MAX_FRAME_SIZE = 16383", settings([0x5, 16_383]), "rfc9113-6.5.2", "PROTOCOL_ERROR"],
    ["with MAX_FRAME_SIZE = 2^24", settings([0x5, 16_777_216]), "rfc9113-6.5.2", "PROTOCOL_ERROR"],
  ])("ends the connection %s", (_, bytes, rule, code) => {
    const peer = ScriptedPeer.ready("client");
    peer.send(bytes);
    expect(peer.heard()).toEqual([`failed violation ${rule}`]);
    expect(peer.sent()[0]).toMatch(new RegExp(`^GOAWAY 0 ${code} `));
  });

  it("takes the outermost values that are allowed, and ENABLE_PUSH = 1 from a client", () => {
    const server = ScriptedPeer.ready("server");
    server.send(settings([0x2, 1], [0x4, maxUint31], [0x5, 16_384], [0x5, 16_777_215], [0x1, 0xffffffff], [0x6, 0]));
    expect(server.heard()).toEqual(["settings"]);
  });

  it("takes a table size of 0 at once: the next block says so, and uses the table no more", () => {
    const peer = ScriptedPeer.ready("client");
    const list = [":method", "POST", ":scheme", "http", ":path", "/a", ":authority", "x", "user-agent", "holdfast"];
    peer.open(list, true);
    peer.open(list, true);
    peer.sent();
    peer.send(settings([0x1, 0]));
    peer.open(list, true);
    expect(peer.sent()[1]).toContain("user-agent=holdfast");
    const block = peer.frames[1]?.payload ?? octets();
    expect(block[0]).toBe(0x20);
    expect([...block].every((octet) => octet < 0x80 || octet < 0x80 + 62)).toBe(true);
  });
});
