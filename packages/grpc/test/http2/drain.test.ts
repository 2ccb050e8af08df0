/**
 * We leave, RFC 9113 §6.8. A server warns with GOAWAY(2^31-1) and a PING, takes what was on its way for that round trip,
 * then names the real last id; streams above it are ignored in every frame, and the rest is served to the end.
 */
import { describe, expect, it } from "vitest";
import { data, headers, maxUint31, octets, pingAck, rstStream, windowUpdate } from "./frames.ts";
import { JoinedPair } from "./joined-pair.ts";
import { request, requestText, response, ScriptedPeer } from "./scripted-peer.ts";

/** A server that has warned; the PING's octets beside it. */
function warned(): { readonly peer: ScriptedPeer; readonly opaque: Uint8Array } {
  const peer = ScriptedPeer.ready("server");
  peer.send(headers(1, request));
  peer.heard();
  peer.connection.drain(peer.nowMs);
  expect(peer.sent()).toEqual([`GOAWAY ${maxUint31} NO_ERROR draining`, "PING"]);
  return { peer, opaque: peer.frames[1]?.payload ?? octets() };
}

describe("a server", () => {
  it("serves late arrivals, names the last of them when the PING is back, and is drained when all are answered", () => {
    const { peer, opaque } = warned();
    peer.send(headers(3, request, { endStream: true }), pingAck(opaque));
    expect(peer.heard()).toEqual([`3 headers ${requestText} END`]);
    expect(peer.sent()).toEqual(["GOAWAY 3 NO_ERROR draining"]);
    peer.connection.sendHeaders(peer.stream(3), response, true);
    peer.connection.sendHeaders(peer.stream(1), response, true);
    peer.sent();
    expect(peer.heard()).toEqual(["3 closed complete", "1 closed complete", "drained"]);
  });

  it("ignores every frame of streams above the last id, and keeps the connection for the others", () => {
    const { peer, opaque } = warned();
    peer.send(pingAck(opaque));
    peer.sent();
    peer.send(
      headers(3, request),
      data(3, "body"),
      windowUpdate(3, 10),
      headers(3, ["a", "b"], { endStream: true }),
      headers(5, request),
      rstStream(5, 8),
    );
    expect([peer.heard(), peer.sent()]).toEqual([[], []]);
    peer.send(data(1, "", { endStream: true }));
    peer.connection.sendHeaders(peer.stream(1), response, true);
    peer.sent();
    expect(peer.heard()).toEqual(["1 data 0 END", "1 closed complete", "drained"]);
  });

  it("follows the header blocks of streams that it ignores", () => {
    const { peer, opaque } = warned();
    peer.send(pingAck(opaque), headers(3, octets(0x40, 4, "kept", 4, "here")));
    peer.send(headers(1, octets(0x80 + 62), { endStream: true }));
    expect(peer.heard()).toEqual(["1 trailers kept=here"]);
  });

  it("waits for the PING's answer 20 s and no longer", () => {
    const { peer } = warned();
    expect(peer.connection.deadline()).toBe(20_000);
    peer.at(19_999);
    expect(peer.sent()).toEqual([]);
    peer.at(20_000);
    expect(peer.sent()).toEqual(["GOAWAY 1 NO_ERROR draining"]);
  });

  it("without streams is drained when the last id is out", () => {
    const peer = ScriptedPeer.ready("server");
    peer.connection.drain(0);
    peer.sent();
    expect(peer.heard()).toEqual([]);
    peer.send(pingAck(peer.frames[1]?.payload ?? octets()));
    expect(peer.sent()).toEqual(["GOAWAY 0 NO_ERROR draining"]);
    expect(peer.heard()).toEqual(["drained"]);
  });

  it("drained twice leaves once", () => {
    const { peer, opaque } = warned();
    peer.connection.drain(0);
    expect(peer.sent()).toEqual([]);
    peer.send(pingAck(opaque));
    peer.connection.drain(0);
    expect(peer.sent()).toEqual(["GOAWAY 1 NO_ERROR draining"]);
  });

  it("condemned while it leaves says so once, does not raise its last id, and is not drained any more", () => {
    const { peer, opaque } = warned();
    peer.send(pingAck(opaque), headers(3, request), data(0, "x"));
    expect(peer.sent()).toEqual([
      "GOAWAY 1 NO_ERROR draining",
      "GOAWAY 1 PROTOCOL_ERROR rfc9113-6.1: DATA on stream 0, expected a stream",
    ]);
    expect(peer.heard()).toEqual(["failed violation rfc9113-6.1", "1 closed connection"]);

    const early = warned().peer;
    early.send(data(0, "x"));
    expect(early.connection.deadline()).toBe(Infinity);
    early.at(20_000);
    expect(early.heard()).toEqual(["failed violation rfc9113-6.1", "1 closed connection"]);
    expect(early.sent()).toHaveLength(1);
  });

  it("that has not been greeted yet leaves in one step", () => {
    const peer = new ScriptedPeer("server");
    peer.sent();
    peer.connection.drain(0);
    expect(peer.sent()).toEqual(["GOAWAY 0 NO_ERROR draining"]);
    expect(peer.heard()).toEqual(["drained"]);
  });
});

describe("a client", () => {
  it("leaves in one step: nothing new is opened, what is open ends first", () => {
    const peer = ScriptedPeer.ready("client");
    peer.open(request, true);
    peer.sent();
    peer.open(request, true);
    peer.connection.drain(0);
    expect(peer.connection.openable).toBe(0);
    expect(peer.sent()).toEqual(["GOAWAY 0 NO_ERROR draining", `HEADERS 3 END_STREAM ${requestText}`]);
    peer.send(headers(1, response, { endStream: true }), headers(3, response, { endStream: true }));
    expect(peer.heard().filter((line) => !line.includes("headers"))).toEqual([
      "1 closed complete",
      "3 closed complete",
      "drained",
    ]);
  });
});

describe("joined", () => {
  it.each([1, 2, 3, 4, 5, 6])(
    "a server leaves under load: each call is served whole or told that it was not (seed %i)",
    (seed) => {
      const pair = new JoinedPair({ seed, latencyMs: 5, pieceBytes: 200 });
      pair.serverHears.inside = (event, stream) => {
        if (event !== "onHeaders" && event !== "onData") return;
        if (stream?.state !== "half-closed-remote" && stream?.received !== "end") return;
        if (stream.head === undefined && !stream.headSent) pair.server.sendHeaders(stream, response, true);
      };
      let served = 0;
      let refused = 0;
      for (let round = 0; round < 200; round++) {
        const call = pair.clientHears.open(request);
        if (call !== undefined) pair.client.sendData(call, new Uint8Array(300), true);
        pair.settle(Math.floor(pair.random() * 4));
        if (round === 100) pair.server.drain(pair.nowMs);
      }
      pair.settle();
      for (const { stream, closed } of pair.clientHears.logs) {
        const atServer = pair.serverHears.logs.some((log) => log.stream?.id === stream?.id);
        if (closed?.kind === "complete") served++;
        else {
          expect(closed?.kind).toBe("goaway-above-last-id");
          expect(atServer).toBe(false);
          refused++;
        }
      }
      expect(served).toBeGreaterThan(50);
      expect(served + refused).toBe(pair.clientHears.logs.length);
      expect(pair.serverHears.lines.filter((line) => line === "drained")).toHaveLength(1);
      expect([pair.client.openStreams, pair.server.openStreams]).toEqual([0, 0]);
    },
  );
});
