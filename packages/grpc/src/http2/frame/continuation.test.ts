import { describe, expect, it } from "vitest";
import { continuation, data, frame, headers, literals, octets, ping, settings } from "../../../test/http2/frames.ts";
import { request, requestText, ScriptedPeer } from "../../../test/http2/scripted-peer.ts";

const block = literals(request);
const opening = headers(1, block.subarray(0, 4), { endHeaders: false });

describe("CONTINUATION, RFC 9113 §6.10", () => {
  it("joins a block that was cut anywhere, empty frames between", () => {
    for (let cut = 0; cut <= block.length; cut++) {
      const peer = ScriptedPeer.ready("server");
      peer.send(
        headers(1, block.subarray(0, cut), { endHeaders: false }),
        continuation(1, octets(), false),
        continuation(1, block.subarray(cut), true),
      );
      expect(peer.heard()).toEqual([`1 headers ${requestText}`]);
    }
  });

  it("may carry one octet at a time", () => {
    const peer = ScriptedPeer.ready("server");
    peer.send(headers(1, octets(), { endHeaders: false, endStream: true }));
    for (let i = 0; i < block.length; i++) {
      peer.sendInPieces(1, continuation(1, block.subarray(i, i + 1), i === block.length - 1));
    }
    expect(peer.heard()).toEqual([`1 headers ${requestText} END`]);
  });

  it("owns the fragments that it waits with: reads are lent, and a Buffer's slice copies nothing", () => {
    const peer = ScriptedPeer.ready("server");
    const lent = Buffer.alloc(200);
    for (const bytes of [
      opening,
      continuation(1, block.subarray(4, 9), false),
      continuation(1, block.subarray(9), true),
    ]) {
      lent.fill(0xee);
      lent.set(bytes);
      peer.send(lent.subarray(0, bytes.length));
    }
    expect(peer.heard()).toEqual([`1 headers ${requestText}`]);
  });

  it.each([
    ["without HEADERS before it", [continuation(1, octets(), true)]],
    ["behind a block that is whole", [headers(1, request), continuation(1, octets(), true)]],
    ["on another stream", [opening, continuation(3, block.subarray(4), true)]],
    ["on stream 0", [opening, continuation(0, block.subarray(4), true)]],
  ])("ends the connection %s", (_, frames) => {
    const peer = ScriptedPeer.ready("server");
    peer.send(...frames);
    expect(peer.heard()).toContain("failed violation rfc9113-6.10");
    expect(peer.sent().at(-1)).toMatch(/^GOAWAY [01] PROTOCOL_ERROR /);
  });

  it.each([
    ["DATA", data(1, "x")],
    ["HEADERS", headers(3, request)],
    ["HEADERS of the same stream", headers(1, request)],
    ["PING", ping()],
    ["SETTINGS", settings()],
    ["a frame of unknown type", frame({ type: 0xbe, streamId: 1 })],
  ])("may not be kept waiting by %s", (_, other) => {
    const peer = ScriptedPeer.ready("server");
    peer.send(opening, other);
    expect(peer.heard()).toEqual(["failed violation rfc9113-6.10"]);
    expect(peer.sent()[0]).toMatch(/^GOAWAY 0 PROTOCOL_ERROR /);
  });

  it("comes so often and no oftener: the limit's name is in GOAWAY", () => {
    const flood = (count: number): ScriptedPeer => {
      const peer = ScriptedPeer.ready("server", { limits: { maxContinuations: 8 } });
      peer.send(opening);
      for (let i = 1; i < count; i++) peer.send(continuation(1, octets(), false));
      peer.send(continuation(1, block.subarray(4), true));
      return peer;
    };
    expect(flood(8).heard()).toEqual([`1 headers ${requestText}`]);
    const over = flood(9);
    expect(over.heard()).toEqual(["failed violation limit-continuation"]);
    expect(over.sent()[0]).toMatch(/^GOAWAY 0 ENHANCE_YOUR_CALM limit-continuation: /);
  });

  it("may not grow a block beyond the largest header list", () => {
    const peer = ScriptedPeer.ready("server", { limits: { maxHeaderListBytes: 1_000 } });
    peer.send(headers(1, new Uint8Array(600), { endHeaders: false }), continuation(1, new Uint8Array(3_401), false));
    expect(peer.heard()).toEqual(["failed violation limit-header-list"]);
    expect(peer.sent()[0]).toMatch(/^GOAWAY 0 ENHANCE_YOUR_CALM limit-header-list: /);
  });
});
