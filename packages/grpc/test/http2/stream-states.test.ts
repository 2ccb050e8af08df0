/** Frames that come too late, too early, or on the wrong side of a half-closed stream, RFC 9113 §5.1. */
import { describe, expect, it } from "vitest";
import { data, headers, octets, rstStream, settings, windowUpdate } from "./frames.ts";
import { request, requestText, response, ScriptedPeer } from "./scripted-peer.ts";

describe("after our own reset", () => {
  it("whatever was on its way is nothing: HEADERS, DATA, trailers, WINDOW_UPDATE, RST_STREAM", () => {
    const peer = ScriptedPeer.ready("client");
    peer.connection.reset(peer.open(), 8);
    expect(peer.sent()).toEqual([]);
    peer.open();
    peer.sent();
    peer.connection.reset(peer.stream(3), 8);
    expect(peer.sent()).toEqual(["RST_STREAM 3 CANCEL"]);
    peer.heard();
    peer.send(
      headers(3, response),
      data(3, "late"),
      windowUpdate(3, 10),
      headers(3, ["a", "b"], { endStream: true }),
      rstStream(3, 0),
    );
    expect([peer.heard(), peer.sent()]).toEqual([[], []]);
  });

  it("header blocks still count: the decoder's table follows", () => {
    const peer = ScriptedPeer.ready("client");
    peer.open();
    peer.open();
    peer.sent();
    peer.connection.reset(peer.stream(1), 8);
    peer.heard();
    peer.send(headers(1, octets(0x88, 0x40, 4, "kept", 4, "here")), headers(3, octets(0x88, 0x80 + 62)));
    expect(peer.heard()).toEqual(["3 headers :status=200 kept=here"]);
  });

  it("in the middle of a DATA frame, the rest of the frame is skipped, not told", () => {
    const peer = ScriptedPeer.ready("server");
    const frameBytes = data(1, "abcdef", { endStream: true });
    peer.send(headers(1, request), frameBytes.subarray(0, 12));
    peer.connection.reset(peer.stream(1), 8);
    peer.send(frameBytes.subarray(12), headers(3, request, { endStream: true }));
    expect(peer.heard()).toEqual([
      `1 headers ${requestText}`,
      "1 data 3",
      "1 closed reset-by-us 8",
      `3 headers ${requestText} END`,
    ]);
  });
});

describe("a stream whose request has not left", () => {
  it("is withdrawn by a reset: nothing on the wire, and the next one is sound", () => {
    const peer = ScriptedPeer.ready("client");
    const call = peer.open(["x-first", "time", ...request].slice(2));
    peer.connection.sendData(call, octets("body"), true);
    peer.connection.reset(call, 8);
    expect(call.headSent).toBe(false);
    peer.open(request, true);
    expect(peer.sent()).toEqual([`HEADERS 3 END_STREAM ${requestText}`]);
    expect(peer.heard()).toEqual(["1 closed reset-by-us 8"]);
  });

  it("stays silent whatever its owner still does to it", () => {
    const peer = ScriptedPeer.ready("client");
    const call = peer.open();
    peer.connection.reset(call, 8);
    peer.connection.sendData(call, octets("x"), false);
    peer.connection.sendTrailers(call, ["a", "b"]);
    peer.connection.reset(call, 2);
    peer.connection.credit(call, 100_000);
    expect(peer.sent()).toEqual([]);
  });
});

describe("half-closed", () => {
  it("(remote): the server answers after END_STREAM; the client's window updates count, its body does not", () => {
    const peer = ScriptedPeer.ready("server", {}, [0x4, 2]);
    peer.send(headers(1, request, { endStream: true }));
    peer.connection.sendHeaders(peer.stream(1), response, false);
    peer.connection.sendData(peer.stream(1), octets("abcd"), true);
    expect(peer.sent()).toEqual(["HEADERS 1 :status=200", "DATA 1 2"]);
    peer.send(windowUpdate(1, 2));
    expect(peer.sent()).toEqual(["DATA 1 2 END_STREAM"]);
    expect(peer.heard().at(-1)).toBe("1 closed complete");
  });

  it("(remote): HEADERS after END_STREAM are STREAM_CLOSED", () => {
    const peer = ScriptedPeer.ready("server");
    peer.send(headers(1, request, { endStream: true }), headers(1, ["a", "b"], { endStream: true }));
    expect(peer.heard().at(-1)).toBe("1 closed reset-by-us 5 rfc9113-5.1");
  });

  it("(local): the whole response comes after our END_STREAM", () => {
    const peer = ScriptedPeer.ready("client");
    const call = peer.open(request, true);
    peer.sent();
    expect(call.state).toBe("half-closed-local");
    peer.send(headers(1, response), data(1, "x"));
    expect(call.state).toBe("half-closed-local");
    peer.send(data(1, "", { endStream: true }));
    expect(call.state).toBe("closed");
  });

  it("(remote) at a client: a whole response does not end its own body; RST_STREAM(NO_ERROR) then does", () => {
    const peer = ScriptedPeer.ready("client");
    const call = peer.open();
    peer.sent();
    peer.send(headers(1, response, { endStream: true }));
    expect(call.state).toBe("half-closed-remote");
    peer.connection.sendData(call, octets("more"), false);
    expect(peer.sent()).toEqual(["DATA 1 4"]);
    peer.send(rstStream(1, 0));
    expect(peer.heard()).toEqual(["1 headers :status=200 END", "1 closed reset-by-peer 0"]);
  });
});

describe("a stream that is over", () => {
  it("by END_STREAM both ways: HEADERS are STREAM_CLOSED for the connection", () => {
    const peer = ScriptedPeer.ready("client");
    peer.open(request, true);
    peer.sent();
    peer.send(headers(1, response, { endStream: true }), headers(1, response));
    expect(peer.heard().at(-1)).toBe("failed violation rfc9113-5.1");
    expect(peer.sent()).toEqual(["GOAWAY 0 STREAM_CLOSED rfc9113-5.1: HEADERS on stream 1 after END_STREAM"]);
  });

  it("by the peer's reset: HEADERS and DATA of its sender are STREAM_CLOSED for the stream", () => {
    const peer = ScriptedPeer.ready("server");
    peer.send(headers(1, request), rstStream(1, 8), headers(1, ["a", "b"], { endStream: true }), data(1, "x"));
    expect(peer.sent()).toEqual(["RST_STREAM 1 STREAM_CLOSED"]);
    expect(peer.heard().at(-1)).toBe("1 closed reset-by-peer 8");
  });

  it("long ago, forgotten: late frames are ignored by a client, an old id opened again ends a server's connection", () => {
    const client = ScriptedPeer.ready("client");
    for (let i = 0; i < 300; i++) {
      client.open(request, true);
      client.sent();
      client.send(headers(2 * i + 1, response, { endStream: true }));
    }
    client.heard();
    client.send(headers(1, response), data(1, "x"), rstStream(1, 8), windowUpdate(1, 1));
    expect([client.heard(), client.sent()]).toEqual([[], []]);

    const server = ScriptedPeer.ready("server");
    server.send(headers(601, request), headers(1, request));
    expect(server.heard()[1]).toBe("failed violation rfc9113-5.1.1");
  });
});

describe("SETTINGS_MAX_CONCURRENT_STREAMS", () => {
  const maxConcurrentStreams = 0x3;

  it("of the peer: so many may be opened, at 0 none, and one more for each that ends", () => {
    const peer = ScriptedPeer.ready("client", {}, [maxConcurrentStreams, 2]);
    expect(peer.connection.openable).toBe(2);
    peer.open(request, true);
    peer.open(request, true);
    expect([peer.connection.openable, peer.recorder.open(request)]).toEqual([0, undefined]);
    peer.sent();
    peer.send(headers(1, response, { endStream: true }));
    expect(peer.connection.openable).toBe(1);
    peer.send(settings([maxConcurrentStreams, 0]));
    expect(peer.connection.openable).toBe(0);
    peer.send(headers(3, response, { endStream: true }));
    expect(peer.connection.openable).toBe(0);
    peer.send(settings([maxConcurrentStreams, 1]));
    expect(peer.open(request, true).id).toBe(5);
  });

  it("lowered while requests wait for their turn: the latest are withdrawn, those on the wire go on", () => {
    const peer = ScriptedPeer.ready("client", {}, [maxConcurrentStreams, 5]);
    peer.open(request, true);
    peer.sent();
    for (let i = 0; i < 3; i++) peer.open(request, true);
    peer.send(settings([maxConcurrentStreams, 2]));
    expect(peer.heard()).toEqual(["7 closed reset-by-us 7", "5 closed reset-by-us 7", "settings"]);
    expect(peer.sent().slice(1)).toEqual([`HEADERS 3 END_STREAM ${requestText}`]);
    peer.send(settings([maxConcurrentStreams, 0]));
    expect(peer.heard()).toEqual(["settings"]);
    peer.send(headers(1, response, { endStream: true }));
    expect(peer.heard().at(-1)).toBe("1 closed complete");
  });

  it("of ours: one stream too many is refused, the others are served, its late frames are nothing", () => {
    const peer = ScriptedPeer.ready("server", { limits: { maxConcurrentStreams: 1 } });
    peer.send(headers(1, request), headers(3, request), data(3, "x", { endStream: true }), data(1, "y"));
    expect(peer.sent()).toEqual(["RST_STREAM 3 REFUSED_STREAM"]);
    expect(peer.heard()).toEqual([`1 headers ${requestText}`, "1 data 1"]);
    peer.connection.reset(peer.stream(1), 8);
    peer.send(headers(5, request, { endStream: true }));
    expect(peer.heard().at(-1)).toBe(`5 headers ${requestText} END`);
  });
});
