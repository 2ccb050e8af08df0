import { expect, it } from "vitest";
import { frame, frameType, octets, u32 } from "../../../test/http2/frames.ts";
import { ScriptedPeer } from "../../../test/http2/scripted-peer.ts";

const promise = frame({ type: frameType.PUSH_PROMISE, flags: 0x4, streamId: 1, payload: octets(u32(2), 0x82) });

it.each([
  ["server, which was told SETTINGS_ENABLE_PUSH = 0, RFC 9113 §6.6", "client", "rfc9113-6.6"],
  ["client, which may never push, RFC 9113 §8.4", "server", "rfc9113-8.4"],
] as const)("PUSH_PROMISE ends the connection: it comes from a %s", (_, role, rule) => {
  const peer = ScriptedPeer.ready(role);
  if (role === "client") peer.open();
  peer.sent();
  peer.send(promise);
  expect(peer.heard()[0]).toBe(`failed violation ${rule}`);
  expect(peer.sent()[0]).toMatch(new RegExp(`^GOAWAY 0 PROTOCOL_ERROR ${rule}: `));
});
