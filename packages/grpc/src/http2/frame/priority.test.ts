import { describe, expect, it } from "vitest";
import { frame, frameType, headers, priority } from "../../../test/http2/frames.ts";
import { request, requestText, ScriptedPeer } from "../../../test/http2/scripted-peer.ts";

describe("PRIORITY, RFC 9113 §6.3", () => {
  it("is ignored on open, idle and closed streams", () => {
    const peer = ScriptedPeer.ready("server");
    peer.send(headers(3, request, { endStream: true }), priority(3), priority(5), priority(1), priority(4));
    expect(peer.heard()).toEqual([`3 headers ${requestText} END`]);
    expect(peer.sent()).toEqual([]);
  });

  it("opens nothing: an idle stream that was given a priority is still idle", () => {
    const peer = ScriptedPeer.ready("server");
    peer.send(priority(5), headers(1, request));
    expect(peer.heard()).toEqual([`1 headers ${requestText}`]);
  });

  it("on stream 0 ends the connection", () => {
    const peer = ScriptedPeer.ready("server");
    peer.send(priority(0));
    expect(peer.sent()[0]).toMatch(/^GOAWAY 0 PROTOCOL_ERROR rfc9113-6.3: /);
  });

  it("of another length than 5 ends the stream; an idle stream cannot be reset, so there the connection", () => {
    const wrong = (streamId: number): Uint8Array =>
      frame({ type: frameType.PRIORITY, streamId, payload: new Uint8Array(4) });
    const open = ScriptedPeer.ready("server");
    open.send(headers(1, request), wrong(1));
    expect(open.heard()[1]).toBe("1 closed reset-by-us 6 rfc9113-6.3");
    expect(open.sent()).toEqual(["RST_STREAM 1 FRAME_SIZE_ERROR"]);

    const idle = ScriptedPeer.ready("server");
    idle.send(wrong(1));
    expect(idle.sent()[0]).toMatch(/^GOAWAY 0 FRAME_SIZE_ERROR rfc9113-6.3: /);
  });
});
