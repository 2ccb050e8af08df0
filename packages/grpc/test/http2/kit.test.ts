/** A walk through the kit: read it before writing a test of the engine. */
import { describe, expect, it } from "vitest";
import { data, goaway, headers, octets, settings } from "./frames.ts";
import { JoinedPair } from "./joined-pair.ts";
import { request, requestText, response, ScriptedPeer } from "./scripted-peer.ts";

describe("a scripted peer", () => {
  it("speaks with one connection, frame by frame", () => {
    const peer = new ScriptedPeer("client");
    // A client greets first; a line for each frame.
    expect(peer.sent()).toEqual(["SETTINGS 2=0 4=262144 6=65536", "WINDOW_UPDATE 0 +983041"]);
    peer.send(settings([0x3, 100]));
    expect(peer.heard()).toEqual(["ready"]);
    expect(peer.sent()).toEqual(["SETTINGS ack"]);

    const call = peer.open(request);
    peer.connection.sendData(call, octets("hello"), true);
    expect(peer.sent()).toEqual([`HEADERS 1 ${requestText}`, "DATA 1 5 END_STREAM"]);
    expect(peer.frames[1]?.payload).toEqual(octets("hello"));

    peer.send(headers(1, response), data(1, "world", { endStream: true, padding: 3 }));
    expect(peer.heard()).toEqual(["1 headers :status=200", "1 data 5 END", "1 closed complete"]);
  });

  it("plays the client, too", () => {
    const peer = ScriptedPeer.ready("server");
    peer.send(headers(1, request, { endStream: true }));
    expect(peer.heard()).toEqual([`1 headers ${requestText} END`]);
    peer.connection.sendHeaders(peer.stream(1), response, true);
    expect(peer.sent()).toEqual(["HEADERS 1 END_STREAM :status=200"]);
  });

  it("lies when told to, in pieces of any size", () => {
    const peer = ScriptedPeer.ready("client");
    peer.sendInPieces(1, data(1, "for a stream that was never opened"));
    expect(peer.heard()).toEqual(["failed violation rfc9113-5.1"]);
    expect(peer.sent()).toEqual(["GOAWAY 0 PROTOCOL_ERROR rfc9113-5.1: DATA on stream 1, which is idle"]);
  });

  it("puts a hand inside any event", () => {
    const peer = ScriptedPeer.ready("client");
    const call = peer.open();
    peer.sent();
    peer.recorder.inside = (event) => {
      if (event === "onGoaway") peer.connection.reset(call, 8);
    };
    peer.send(goaway(1));
    expect(peer.heard()).toEqual(["goaway 1 0", "1 closed reset-by-us 8"]);
  });

  it("moves time only when told to", () => {
    const peer = new ScriptedPeer("server", { limits: { handshakeMs: 500 } });
    peer.at(499);
    expect(peer.heard()).toEqual([]);
    peer.at(500);
    expect(peer.heard()).toEqual(["failed settings-timeout limit-handshake"]);
  });
});

describe("a joined pair", () => {
  it("carries calls over a wire that cuts and delays, the same way for the same seed", () => {
    const run = (seed: number): string[] => {
      const pair = new JoinedPair({ seed, latencyMs: 20, pieceBytes: 7 });
      pair.settle();
      const call = pair.clientHears.open(request);
      if (call === undefined) throw new Error("not ready");
      pair.client.sendData(call, new Uint8Array(100), true);
      pair.settle();
      pair.server.sendHeaders(pair.serverHears.stream(1), response, true);
      pair.settle();
      expect(pair.dataBytes).toEqual({ toServer: 100, toClient: 0 });
      expect(pair.clientHears.lines.at(-1)).toBe("1 closed complete");
      return [...pair.serverHears.lines, ...pair.clientHears.lines];
    };
    expect(run(1)).toEqual(run(1));
    expect(run(1)).not.toEqual(run(2));
  });
});
