/**
 * A client PINGs an idle server to death. gRFC A8: PINGs closer than the policy allows are strikes; after one too many the
 * server says GOAWAY(ENHANCE_YOUR_CALM, "too_many_pings"). Whoever gets HEADERS or DATA from us in between is working, and
 * may ask.
 */
import { describe, expect, it } from "vitest";
import { defaultPingPolicy, type PingPolicy } from "../../src/http2/ping-policy.ts";
import { data, headers, ping } from "./frames.ts";
import { request, response, ScriptedPeer } from "./scripted-peer.ts";

const fatal = ["PING ack", "GOAWAY 1 ENHANCE_YOUR_CALM too_many_pings"];

/** A server with one call open. */
function serverWithCall(pingPolicy: PingPolicy = defaultPingPolicy): ScriptedPeer {
  const peer = ScriptedPeer.ready("server", { pingPolicy });
  peer.send(headers(1, request));
  peer.heard();
  return peer;
}

function pingAt(peer: ScriptedPeer, atMs: number): string[] {
  peer.at(atMs);
  peer.send(ping());
  return peer.sent();
}

describe("PINGs that come too often", () => {
  it("are answered twice, and end the connection at the third strike, with the words that clients know", () => {
    const peer = serverWithCall();
    for (const atMs of [30_000, 60_000, 90_000]) expect(pingAt(peer, atMs)).toEqual(["PING ack"]);
    expect(pingAt(peer, 120_000)).toEqual(fatal);
    expect(peer.heard()).toEqual(["failed violation limit-ping-policy", "1 closed connection"]);
    expect(peer.recorder.failure?.violation.detail).toBe(
      "3 PINGs came too soon: 300000 ms must lie between two, and 2 h without calls",
    );
  });

  it("are forgiven by every HEADERS and DATA that we send", () => {
    for (const answer of ["headers", "data"] as const) {
      const peer = serverWithCall();
      peer.connection.sendHeaders(peer.stream(1), response, false);
      peer.sent();
      for (let atMs = 1_000; atMs < 100_000; atMs += 1_000) {
        if (answer === "data") peer.connection.sendData(peer.stream(1), new Uint8Array(1), false);
        else {
          peer.send(headers(2 * atMs + 1, request, { endStream: true }));
          peer.connection.sendHeaders(peer.stream(2 * atMs + 1), response, true);
        }
        peer.sent();
        expect(pingAt(peer, atMs)).toEqual(["PING ack"]);
        expect(pingAt(peer, atMs + 1)).toEqual(["PING ack"]);
      }
    }
  });

  it("are not forgiven by what the client sends", () => {
    const peer = serverWithCall();
    for (const atMs of [1, 2, 3]) {
      peer.send(data(1, "x"));
      pingAt(peer, atMs);
    }
    expect(pingAt(peer, 4)).toEqual(fatal);
  });

  it("are fewer without calls, unless that is permitted", () => {
    for (const [permitWithoutCalls, ends] of [
      [false, true],
      [true, false],
    ] as const) {
      const peer = ScriptedPeer.ready("server", { pingPolicy: { ...defaultPingPolicy, permitWithoutCalls } });
      for (let atMs = 300_000; atMs <= 1_200_000; atMs += 300_000) pingAt(peer, atMs);
      expect(peer.recorder.failure !== undefined).toBe(ends);
    }
  });

  it("are nobody's business where there is no policy", () => {
    const peer = ScriptedPeer.ready("server");
    for (let atMs = 1; atMs < 100; atMs++) expect(pingAt(peer, atMs)).toEqual(["PING ack"]);
  });
});
