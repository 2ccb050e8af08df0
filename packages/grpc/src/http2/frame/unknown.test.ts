import { expect, it } from "vitest";
import { frame, headers, octets } from "../../../test/http2/frames.ts";
import { request, requestText, ScriptedPeer } from "../../../test/http2/scripted-peer.ts";

it.each([0xa, 0xb, 0x10, 0xff])("a frame of type %i is ignored wherever it comes, RFC 9113 §5.5", (type) => {
  const peer = ScriptedPeer.ready("server");
  for (const streamId of [0, 1, 2, 99]) {
    peer.sendInPieces(5, frame({ type, flags: 0xff, streamId, payload: octets("GREASE is good") }));
    peer.send(frame({ type, streamId }));
  }
  peer.send(headers(1, request));
  expect(peer.heard()).toEqual([`1 headers ${requestText}`]);
  expect(peer.sent()).toEqual([]);
});

it("a flood of them ends the connection by name", () => {
  const peer = ScriptedPeer.ready("server");
  for (let i = 0; i < 10_000; i++) peer.send(frame({ type: 0xbe }));
  expect(peer.heard()).toEqual([]);
  peer.send(frame({ type: 0xbe }));
  expect(peer.heard()).toEqual(["failed violation limit-useless-frames"]);
});
