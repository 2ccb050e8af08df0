/** The face of the connection; `test/http2` holds its behaviour, a file for each kind of failure. */
import { describe, expect, it } from "vitest";
import { data, headers, octets, rstStream, settings } from "../../test/http2/frames.ts";
import { JoinedPair } from "../../test/http2/joined-pair.ts";
import { request, requestText, response, ScriptedPeer } from "../../test/http2/scripted-peer.ts";

describe("two connections joined", () => {
  it("greet, call and answer", () => {
    const pair = new JoinedPair();
    expect(pair.clientHears.open(request)).toBe(undefined);
    pair.settle();
    expect([pair.serverHears.heard(), pair.clientHears.heard()]).toEqual([["ready"], ["ready"]]);
    const call = pair.clientHears.open(request);
    if (call === undefined) throw new Error("not ready");
    pair.client.sendData(call, octets("hello"), true);
    pair.settle();
    expect(pair.serverHears.heard()).toEqual([`1 headers ${requestText}`, "1 data 5 END"]);
    const answer = pair.serverHears.stream(1);
    pair.server.sendHeaders(answer, response, false);
    pair.server.sendData(answer, octets("world"), false);
    pair.server.sendTrailers(answer, ["grpc-status", "0"]);
    pair.settle();
    expect(pair.clientHears.heard()).toEqual([
      "1 headers :status=200",
      "1 data 5",
      "1 trailers grpc-status=0",
      "1 closed complete",
    ]);
    expect(pair.serverHears.heard()).toEqual(["1 closed complete"]);
  });

  it("keep a body in order through every window and every cut", () => {
    const pair = new JoinedPair({ seed: 7, latencyMs: 10, pieceBytes: 5_000 });
    pair.settle();
    const body = new Uint8Array(3_000_000).map((_, i) => i % 251);
    const call = pair.clientHears.open(request);
    if (call === undefined) throw new Error("not ready");
    pair.settle();
    const answer = pair.serverHears.stream(1);
    const { onData } = answer.events;
    let got = 0;
    answer.events.onData = (bytes, end) => {
      for (const octet of bytes) if (octet !== got++ % 251) throw new Error(`octet ${got} is wrong`);
      onData(bytes, end);
    };
    pair.client.sendData(call, body, true);
    pair.settle();
    expect(got).toBe(body.length);
    expect(pair.dataBytes.toServer).toBe(body.length);
  });
});

describe("a caller's mistakes are TypeErrors at once", () => {
  it("after END_STREAM was queued, and after it left", () => {
    const peer = ScriptedPeer.ready("client");
    const { connection } = peer;
    const call = peer.open();
    connection.sendData(call, octets("x"), true);
    for (const when of ["queued", "gone"]) {
      expect(() => connection.sendData(call, octets("y"), false), when).toThrow(TypeError);
      expect(() => connection.sendData(call, octets(), true), when).toThrow(TypeError);
      expect(() => connection.sendTrailers(call, ["a", "b"]), when).toThrow(TypeError);
      expect(() => connection.sendHeaders(call, response, false), when).toThrow(TypeError);
      peer.sent();
    }
    expect(peer.sent()).toEqual([]);
  });

  it("a body or trailers before the response's header section", () => {
    const peer = ScriptedPeer.ready("server");
    peer.send(headers(1, request));
    const stream = peer.stream(1);
    expect(() => peer.connection.sendData(stream, octets("x"), false)).toThrow(TypeError);
    expect(() => peer.connection.sendTrailers(stream, ["a", "b"])).toThrow(TypeError);
    peer.connection.sendHeaders(stream, response, false);
    expect(() => peer.connection.sendHeaders(stream, response, false)).toThrow(TypeError);
    peer.connection.sendData(stream, octets("x"), false);
    expect(peer.sent()).toEqual(["HEADERS 1 :status=200", "DATA 1 1"]);
  });

  it("but not on a stream that is closed: there nothing happens, whoever closed it", () => {
    const peer = ScriptedPeer.ready("server");
    peer.send(headers(1, request), rstStream(1, 8));
    const stream = peer.stream(1);
    const { connection } = peer;
    connection.sendHeaders(stream, response, false);
    expect(connection.sendData(stream, octets("x"), true)).toBe(true);
    connection.sendTrailers(stream, ["a", "b"]);
    connection.reset(stream, 8);
    connection.credit(stream, 5);
    connection.free(stream, 5);
    expect(peer.sent()).toEqual([]);
  });

  it("a server opens no streams", () => {
    const peer = ScriptedPeer.ready("server");
    expect(peer.connection.openable).toBe(0);
    expect(peer.recorder.open(request)).toBe(undefined);
  });
});

describe("sending", () => {
  it("a lone request leaves in one run of bytes, END_STREAM on its last frame", () => {
    const peer = ScriptedPeer.ready("client");
    peer.connection.sendData(peer.open(), octets("a"), false);
    peer.connection.sendData(peer.stream(1), octets("bc"), true);
    const chunks: Uint8Array[] = [];
    peer.connection.take(65_536, chunks, 0);
    expect(chunks).toHaveLength(1);

    expect(ScriptedPeer.ready("client").sent()).toEqual([]);
    const bodiless = ScriptedPeer.ready("client");
    bodiless.open(request, true);
    expect(bodiless.sent()).toEqual([`HEADERS 1 END_STREAM ${requestText}`]);
  });

  it("hands out large pieces by reference and small ones in runs", () => {
    const peer = ScriptedPeer.ready("client");
    const big = new Uint8Array(10_000);
    peer.connection.sendData(peer.open(), big, true);
    const chunks: Uint8Array[] = [];
    peer.connection.take(65_536, chunks, 0);
    expect(chunks).toHaveLength(2);
    expect(chunks[1]).toBe(big);
  });

  it("gives streams turns of one frame each", () => {
    const peer = ScriptedPeer.ready("client");
    for (let i = 0; i < 3; i++) peer.connection.sendData(peer.open(), new Uint8Array(20_000), true);
    expect(peer.sent().map((line) => line.replace(requestText, ""))).toEqual([
      "HEADERS 1 ",
      "DATA 1 16384",
      "HEADERS 3 ",
      "DATA 3 16384",
      "HEADERS 5 ",
      "DATA 5 16384",
      "DATA 1 3616 END_STREAM",
      "DATA 3 3616 END_STREAM",
      "DATA 5 3616 END_STREAM",
    ]);
  });

  it("stops at the budget, one frame later at most; what controls goes first", () => {
    const peer = ScriptedPeer.ready("client");
    peer.connection.sendData(peer.open(), new Uint8Array(60_000), true);
    expect(peer.take(1).length).toBeLessThan(16_384 + 100);
    peer.connection.ping(0);
    const rest = peer.take(20_000);
    expect([rest.length > 16_384, rest.length < 40_000, rest[3]]).toEqual([true, true, 6]);
  });

  it("asks to wait above 64 KiB and says when it is below 16 KiB again", () => {
    const peer = ScriptedPeer.ready("client");
    const call = peer.open();
    expect(peer.connection.sendData(call, new Uint8Array(65_536), false)).toBe(true);
    expect(peer.connection.sendData(call, new Uint8Array(1), false)).toBe(false);
    peer.take(30_000);
    expect(peer.heard()).toEqual([]);
    peer.take();
    expect(peer.heard()).toEqual(["1 drain"]);
    expect(peer.connection.sendData(call, new Uint8Array(1), false)).toBe(true);
  });

  it("does not begin before the peer's SETTINGS", () => {
    const peer = new ScriptedPeer("server");
    peer.send(octets("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"));
    expect(peer.connection.ready).toBe(false);
    peer.send(settings(), headers(1, request), data(1, "", { endStream: true }));
    expect(peer.heard()).toEqual(["ready", `1 headers ${requestText}`, "1 data 0 END"]);
  });
});
