/** Nothing waits for ever: silence with calls in flight, a peer that takes no bytes, and what a late clock excuses. */
import { describe, expect, it } from "vitest";
import { goaway, headers, octets, ping, pingAck } from "./frames.ts";
import { request, response, ScriptedPeer } from "./scripted-peer.ts";

const liveness = { quietMs: 1_000, answerMs: 200, lateMs: 100 };

/** A client with one call on the wire. */
function waitingClient(): ScriptedPeer {
  const peer = ScriptedPeer.ready("client", { liveness });
  peer.open(request, true);
  peer.sent();
  return peer;
}

describe("liveness", () => {
  it("asks after so much silence, and condemns when there is no answer", () => {
    const peer = waitingClient();
    expect(peer.connection.deadline()).toBe(1_000);
    peer.at(999);
    expect(peer.sent()).toEqual([]);
    peer.at(1_000);
    expect(peer.connection.deadline()).toBe(Infinity);
    expect(peer.sent()).toEqual(["PING"]);
    expect(peer.connection.deadline()).toBe(1_200);
    peer.at(1_200);
    expect(peer.heard()).toEqual(["failed ping-timeout limit-silence", "1 closed connection"]);
    expect(peer.sent()[0]).toMatch(/^GOAWAY 0 NO_ERROR limit-silence: /);
    expect(peer.connection.deadline()).toBe(Infinity);
  });

  it("takes any bytes for an answer", () => {
    for (const bytes of [octets(0), ping()]) {
      const peer = waitingClient();
      peer.at(1_000);
      peer.sent();
      peer.nowMs = 1_199;
      peer.send(bytes);
      peer.at(1_200);
      expect(peer.recorder.failure).toBe(undefined);
      expect(peer.connection.deadline()).toBe(2_199);
    }
  });

  it("does not count before the PING is with the kernel", () => {
    const peer = waitingClient();
    peer.at(1_000);
    const chunks: Uint8Array[] = [];
    const taken = peer.connection.take(65_536, chunks, 1_000);
    peer.at(5_000);
    expect(peer.recorder.failure).toBe(undefined);
    peer.connection.wrote(taken, 5_000);
    expect(peer.connection.deadline()).toBe(5_200);
  });

  it("does not count from bytes that the kernel took before the PING", () => {
    const peer = waitingClient();
    peer.connection.ping(999);
    const taken = peer.connection.take(65_536, [], 999);
    peer.at(1_000);
    peer.connection.wrote(taken, 1_000);
    expect(peer.connection.deadline()).toBe(Infinity);
    expect(peer.sent()).toEqual(["PING"]);
    expect(peer.connection.deadline()).toBe(1_200);
  });

  it("gives the peer another PING when our own clock is late", () => {
    const peer = waitingClient();
    peer.at(1_000);
    peer.sent();
    peer.at(1_301);
    expect(peer.recorder.failure).toBe(undefined);
    expect(peer.sent()).toEqual(["PING"]);
    peer.at(1_501);
    expect(peer.heard()[0]).toBe("failed ping-timeout limit-silence");
  });

  it("lets an idle connection be silent", () => {
    const peer = waitingClient();
    peer.send(headers(1, response, { endStream: true }));
    expect(peer.connection.deadline()).toBe(Infinity);
    peer.at(1e9);
    expect(peer.sent()).toEqual([]);
  });

  it("asks an idle connection, too, where the policy says so", () => {
    const peer = ScriptedPeer.ready("server", { liveness: { ...liveness, restMs: 5_000 } });
    expect(peer.connection.deadline()).toBe(5_000);
    peer.at(5_000);
    expect(peer.sent()).toEqual(["PING"]);
    peer.at(5_200);
    expect(peer.heard()).toEqual(["failed ping-timeout limit-silence"]);
  });

  it("asks nobody who has not said SETTINGS: the handshake has a deadline of its own", () => {
    const peer = new ScriptedPeer("server", { liveness: { ...liveness, restMs: 100 } });
    expect(peer.connection.deadline()).toBe(20_000);
    peer.at(19_999);
    expect(peer.sent().filter((line) => line === "PING")).toEqual([]);
  });

  it("asks first when a connection that was quiet gets a call: behind its HEADERS, and at once", () => {
    const peer = ScriptedPeer.ready("client", { liveness });
    peer.at(500_000);
    expect(peer.sent()).toEqual([]);
    peer.open(request, true);
    expect(peer.sent()[0]).toMatch(/^HEADERS 1/);
    expect(peer.connection.deadline()).toBeLessThan(500_000);
    peer.at(500_000);
    expect(peer.sent()).toEqual(["PING"]);
    peer.at(500_200);
    expect(peer.heard()[0]).toBe("failed ping-timeout limit-silence");
  });

  it("goes on while the peer leaves: what answers is not killed, what is gone is found", () => {
    const peer = waitingClient();
    peer.send(goaway(1, 0, "max_age"));
    for (let nowMs = 1_000; nowMs < 20_000; nowMs += 1_010) {
      peer.at(nowMs);
      expect(peer.sent()).toEqual(["PING"]);
      peer.nowMs = nowMs + 10;
      peer.send(pingAck(peer.frames[0]?.payload ?? octets()));
    }
    expect(peer.recorder.failure).toBeUndefined();
    peer.at(peer.nowMs + 1_000);
    peer.sent();
    peer.at(peer.nowMs + 200);
    expect(peer.recorder.failure?.reason).toBe("ping-timeout");
  });

  it("is not asked by bandwidth probes or the user's own PINGs", () => {
    const peer = ScriptedPeer.ready("client", { liveness });
    const sequence = peer.connection.ping(0);
    peer.sent();
    peer.send(pingAck(peer.frames[0]?.payload ?? octets()));
    expect(peer.heard()).toEqual([`pong ${sequence}`]);
    expect(peer.connection.deadline()).toBe(Infinity);
  });
});

describe("no progress", () => {
  it("condemns a peer that takes none of what was written for so long; any octet taken counts", () => {
    const peer = ScriptedPeer.ready("client", { limits: { noProgressMs: 500 } });
    peer.connection.sendData(peer.open(), new Uint8Array(1_000), true);
    const chunks: Uint8Array[] = [];
    const taken = peer.connection.take(65_536, chunks, 0);
    expect(peer.connection.deadline()).toBe(500);
    peer.connection.wrote(1, 400);
    expect(peer.connection.deadline()).toBe(900);
    peer.at(899);
    expect(peer.recorder.failure).toBe(undefined);
    peer.at(900);
    expect(peer.heard()).toEqual(["failed no-progress limit-no-progress", "1 closed connection"]);
    expect(peer.recorder.failure?.violation.detail).toBe(`the peer took none of ${taken - 1} octets for 500 ms`);
  });

  it("is not held against a connection that had nothing to write", () => {
    const peer = ScriptedPeer.ready("client", { limits: { noProgressMs: 500 } });
    peer.at(10_000);
    peer.connection.sendData(peer.open(), new Uint8Array(10), true);
    const chunks: Uint8Array[] = [];
    peer.connection.take(65_536, chunks, 10_000);
    expect(peer.connection.deadline()).toBe(10_500);
  });
});

describe("the flight record", () => {
  it("holds the last frames both ways with their times, as they were on the wire", () => {
    const peer = ScriptedPeer.ready("client", { nowMs: 5 });
    peer.open(request, true);
    peer.sent();
    peer.nowMs = 9;
    peer.send(ping(), headers(1, response, { endStream: true }));
    expect(peer.connection.notes.map((n) => `${n.atMs} ${n.direction} ${n.type} ${n.streamId} ${n.flags}`)).toEqual([
      "5 out SETTINGS 0 0",
      "5 out WINDOW_UPDATE 0 0",
      "5 in SETTINGS 0 0",
      "5 out SETTINGS 0 1",
      "5 in SETTINGS 0 1",
      "5 out HEADERS 1 5",
      "9 in PING 0 0",
      "9 out PING 0 1",
      "9 in HEADERS 1 5",
    ]);
    const { startedAtMs, readyAtMs, lastReceivedAtMs, streamsOpen, streamsEver } = peer.connection.facts;
    expect([startedAtMs, readyAtMs, lastReceivedAtMs, streamsOpen, streamsEver]).toEqual([5, 5, 9, 0, 1]);
  });

  it("keeps the frame that was fatal, and our GOAWAY behind it", () => {
    const peer = ScriptedPeer.ready("server");
    peer.send(headers(0, request));
    const last = peer.connection.notes.slice(-2).map(({ direction, type }) => `${direction} ${type}`);
    expect(last).toEqual(["in HEADERS", "out GOAWAY"]);
    expect(peer.connection.facts.goawaySent?.code).toBe(1);
  });
});

describe("the end", () => {
  it("of the transport closes every stream once; nothing happens after it", () => {
    const peer = waitingClient();
    peer.open();
    peer.connection.end(3);
    peer.connection.end(4);
    expect(peer.heard()).toEqual(["1 closed connection", "3 closed connection"]);
    expect(peer.connection.openable).toBe(0);
    peer.send(headers(1, response, { endStream: true }));
    peer.at(1e9);
    expect([peer.heard(), peer.sent(), peer.connection.deadline()]).toEqual([[], [], Infinity]);
  });
});
