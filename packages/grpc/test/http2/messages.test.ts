/** What header sections and bodies may follow each other, RFC 9113 §8.1, and what is malformed, §8.1.1. */
import { describe, expect, it } from "vitest";
import { continuation, data, headers, literals, octets } from "./frames.ts";
import { request, requestText, response, ScriptedPeer } from "./scripted-peer.ts";

function clientWithCall(list = request): ScriptedPeer {
  const peer = ScriptedPeer.ready("client");
  peer.open(list, true);
  peer.sent();
  return peer;
}

const malformed = "closed reset-by-us 1 rfc9113-8.1.1";

describe("a response", () => {
  it("is informational sections, a header section, a body, trailers", () => {
    const peer = clientWithCall();
    peer.send(
      headers(1, [":status", "100"]),
      headers(1, [":status", "103", "link", "x"]),
      headers(1, response),
      data(1, "abc"),
      headers(1, ["grpc-status", "0"], { endStream: true }),
    );
    expect(peer.heard()).toEqual([
      "1 informational :status=100",
      "1 informational :status=103 link=x",
      "1 headers :status=200",
      "1 data 3",
      "1 trailers grpc-status=0",
      "1 closed complete",
    ]);
  });

  it("may be trailers right behind the header section, or one section alone", () => {
    const both = clientWithCall();
    both.send(headers(1, response), headers(1, ["a", "b"], { endStream: true }));
    expect(both.heard()).toEqual(["1 headers :status=200", "1 trailers a=b", "1 closed complete"]);
    const one = clientWithCall();
    one.send(headers(1, response, { endStream: true }));
    expect(one.heard()).toEqual(["1 headers :status=200 END", "1 closed complete"]);
  });

  it("may be cut anywhere, section boundaries and all", () => {
    const block = literals([...response, "content-type", "application/grpc"]);
    const trailers = literals(["grpc-status", "0"]);
    const bytes = octets(
      headers(1, block.subarray(0, 5), { endHeaders: false }),
      continuation(1, block.subarray(5), true),
      data(1, "abcdef", { padding: 2 }),
      headers(1, trailers.subarray(0, 3), { endHeaders: false, endStream: true }),
      continuation(1, trailers.subarray(3), true),
    );
    for (let cut = 0; cut <= bytes.length; cut++) {
      const peer = clientWithCall();
      peer.send(bytes.subarray(0, cut), bytes.subarray(cut));
      const told = peer.heard();
      expect(told.filter((line) => !line.startsWith("1 data"))).toEqual([
        "1 headers :status=200 content-type=application/grpc",
        "1 trailers grpc-status=0",
        "1 closed complete",
      ]);
      expect(peer.recorder.logs[0]?.bodyBytes).toBe(6);
    }
  });

  it.each([
    ["without :status", ["server", "x"]],
    ["with a pseudo-header of a request", [...response, ":path", "/"]],
    ["with an upper-case name", [...response, "Server", "x"]],
    ["with a connection-specific field", [...response, "connection", "close"]],
    ["with a line feed in a value", [...response, "a", "b\nc"]],
    ["with a :status of two digits", [":status", "20"]],
    ["that switches protocols", [":status", "101"]],
  ])("%s is malformed", (_, list) => {
    const peer = clientWithCall();
    peer.send(headers(1, list));
    expect(peer.heard()).toEqual([`1 ${malformed}`]);
    expect(peer.sent()).toEqual(["RST_STREAM 1 PROTOCOL_ERROR"]);
  });

  it("may not end with an informational section", () => {
    const peer = clientWithCall();
    peer.send(headers(1, [":status", "103"], { endStream: true }));
    expect(peer.heard()).toEqual([`1 ${malformed}`]);
  });

  it("may not have a second section that does not end it, nor pseudo-headers in its trailers", () => {
    const second = clientWithCall();
    second.send(headers(1, response), headers(1, response));
    expect(second.heard()).toEqual(["1 headers :status=200", `1 ${malformed}`]);
    const pseudo = clientWithCall();
    pseudo.send(headers(1, response), headers(1, [":status", "200"], { endStream: true }));
    expect(pseudo.heard()).toEqual(["1 headers :status=200", `1 ${malformed}`]);
  });
});

describe("content-length", () => {
  const announced = (value: string): readonly string[] => [...response, "content-length", value];

  it.each([
    ["more", [headers(1, announced("3")), data(1, "abcd")]],
    ["less", [headers(1, announced("3")), data(1, "ab", { endStream: true })]],
    ["less, by trailers", [headers(1, announced("3")), data(1, "ab"), headers(1, ["a", "b"], { endStream: true })]],
    ["nothing", [headers(1, announced("3"), { endStream: true })]],
    ["nothing, in an empty frame", [headers(1, announced("3")), data(1, "", { endStream: true })]],
  ])("that promised another body than came (%s) makes it malformed", (_, frames) => {
    const peer = clientWithCall();
    peer.send(...frames);
    expect(peer.heard().at(-1)).toBe(`1 ${malformed}`);
    expect(peer.sent()).toEqual(["RST_STREAM 1 PROTOCOL_ERROR"]);
  });

  it("is kept by a body that is as long, in any pieces, padding not counted", () => {
    const peer = clientWithCall();
    peer.send(headers(1, announced("3")));
    peer.sendInPieces(1, octets(data(1, "ab", { padding: 9 }), data(1, "c", { padding: 9, endStream: true })));
    expect(peer.heard().at(-1)).toBe("1 closed complete");
    const empty = clientWithCall();
    empty.send(headers(1, announced("0"), { endStream: true }));
    expect(empty.heard().at(-1)).toBe("1 closed complete");
  });

  it.each([
    ["HEAD", "200", [":method", "HEAD", ":scheme", "http", ":path", "/"]],
    ["204", "204", request],
    ["304", "304", request],
  ])("without a body is right in an answer to or of %s", (_, status, list) => {
    const peer = clientWithCall(list);
    peer.send(headers(1, [":status", status, "content-length", "9"], { endStream: true }));
    expect(peer.heard().at(-1)).toBe("1 closed complete");
  });

  it.each([["x"], ["-1"], ["1e3"], ["99999999999999999999"]])("of %s is malformed", (value) => {
    const peer = clientWithCall();
    peer.send(headers(1, announced(value)));
    expect(peer.heard()).toEqual([`1 ${malformed}`]);
  });
});

describe("a request", () => {
  it.each([
    ["without :method", [":scheme", "http", ":path", "/"]],
    ["without :path", [":method", "GET", ":scheme", "http"]],
    ["with an empty :path", [":method", "GET", ":scheme", "http", ":path", ""]],
    ["with :path twice", [":method", "GET", ":scheme", "http", ":path", "/", ":path", "/"]],
    ["with a pseudo-header behind a field", [":method", "GET", ":scheme", "http", "a", "b", ":path", "/"]],
    ["with te: gzip", [...request, "te", "gzip"]],
    ["with transfer-encoding", [...request, "transfer-encoding", "chunked"]],
  ])("%s is reset, no stream is told, and the next request is served", (_, list) => {
    const peer = ScriptedPeer.ready("server");
    peer.send(headers(1, list), data(1, "late"), headers(3, request, { endStream: true }));
    expect(peer.heard()).toEqual([`3 headers ${requestText} END`]);
    expect(peer.sent()).toEqual(["RST_STREAM 1 PROTOCOL_ERROR"]);
  });

  it("may have trailers", () => {
    const peer = ScriptedPeer.ready("server");
    peer.send(headers(1, request), data(1, "x"), headers(1, ["checksum", "7"], { endStream: true }));
    expect(peer.heard()).toEqual([`1 headers ${requestText}`, "1 data 1", "1 trailers checksum=7"]);
  });

  it("with a header list over the limit is refused by name; HPACK goes on, on both sides of it", () => {
    const peer = ScriptedPeer.ready("server", { limits: { maxHeaderListBytes: 500 } });
    // The big block inserts a field (literal with incremental indexing) that the next one uses.
    const insertion = octets(0x40, 4, "kept", 4, "here");
    peer.send(headers(1, octets(insertion, literals([...request, "x", "y".repeat(500)]))));
    peer.send(headers(3, octets(literals(request), 0x80 + 62), { endStream: true }));
    expect(peer.heard()).toEqual([`3 headers ${requestText} kept=here END`]);
    expect(peer.sent()).toEqual(["RST_STREAM 1 ENHANCE_YOUR_CALM"]);
  });

  it("that is answered before it is whole is cut off with NO_ERROR, and what was on its way is nothing, §8.1", () => {
    const peer = ScriptedPeer.ready("server");
    peer.send(headers(1, request), data(1, "first"));
    peer.connection.sendHeaders(peer.stream(1), response, false);
    peer.connection.sendTrailers(peer.stream(1), ["grpc-status", "3"]);
    expect(peer.sent()).toEqual([
      "HEADERS 1 :status=200",
      "HEADERS 1 END_STREAM grpc-status=3",
      "RST_STREAM 1 NO_ERROR",
    ]);
    peer.send(data(1, "late"), headers(1, ["a", "b"], { endStream: true }));
    expect(peer.heard()).toEqual([`1 headers ${requestText}`, "1 data 5", "1 closed complete"]);
    expect(peer.sent()).toEqual([]);
  });

  it("that ends after its answer ended is complete without a reset", () => {
    const peer = ScriptedPeer.ready("server");
    peer.send(headers(1, request));
    peer.connection.sendHeaders(peer.stream(1), response, true);
    peer.send(data(1, "", { endStream: true }));
    expect(peer.sent()).toEqual(["HEADERS 1 END_STREAM :status=200"]);
    expect(peer.heard().at(-1)).toBe("1 closed complete");
  });
});
