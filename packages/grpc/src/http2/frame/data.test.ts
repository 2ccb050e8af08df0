import { describe, expect, it } from "vitest";
import { data, frame, frameType, headers, octets, rstStream } from "../../../test/http2/frames.ts";
import { request, requestText, response, ScriptedPeer } from "../../../test/http2/scripted-peer.ts";
import { ByteWriter } from "../bytes.ts";
import { writeDataHeader } from "./data.ts";

/** A server with the request of stream 1 open. */
function serverWithRequest(): ScriptedPeer {
  const peer = ScriptedPeer.ready("server");
  peer.send(headers(1, request));
  peer.heard();
  return peer;
}

describe("DATA, RFC 9113 §6.1", () => {
  it("is written byte for byte", () => {
    const out = new ByteWriter();
    expect(writeDataHeader(out, 0x01020304, 0x0a0b0c, true)).toBe(0x1);
    expect(writeDataHeader(out, 5, 0, false)).toBe(0);
    expect(out.peek()).toEqual(Buffer.from([0x0a, 0x0b, 0x0c, 0, 1, 1, 2, 3, 4, ...[0, 0, 0, 0, 0, 0, 0, 0, 5]]));
  });

  it("is read in one piece and octet by octet", () => {
    const whole = serverWithRequest();
    whole.send(data(1, "hello"), data(1, "", { endStream: true }));
    expect(whole.heard()).toEqual(["1 data 5", "1 data 0 END"]);
    const pieces = serverWithRequest();
    pieces.sendInPieces(1, data(1, "abc", { endStream: true }));
    expect(pieces.heard()).toEqual(["1 data 1", "1 data 1", "1 data 1 END"]);
  });

  it("hands on the body without its padding, wherever the pieces are cut", () => {
    for (const padding of [0, 1, 2, 255]) {
      for (const pieceBytes of [1, 2, 3, 9, 10, 11, 12, 300]) {
        const peer = serverWithRequest();
        let body = "";
        const stream = peer.stream(1);
        const { onData } = stream.events;
        stream.events.onData = (bytes, end) => {
          body += Buffer.from(bytes).toString("latin1");
          onData(bytes, end);
        };
        peer.sendInPieces(pieceBytes, data(1, "abc", { padding }));
        peer.sendInPieces(pieceBytes, data(1, "def", { padding, endStream: true }));
        expect(body).toBe("abcdef");
        expect(peer.heard().filter((line) => line.endsWith(" END"))).toHaveLength(1);
        expect(stream.state).toBe("half-closed-remote");
      }
    }
  });

  it("may be nothing but padding", () => {
    const peer = serverWithRequest();
    peer.send(data(1, "", { padding: 10 }), data(1, "", { padding: 0 }), data(1, "", { padding: 4, endStream: true }));
    expect(peer.heard()).toEqual(["1 data 0 END"]);
  });

  it("lets flags that it does not know pass", () => {
    const peer = serverWithRequest();
    peer.send(frame({ type: frameType.DATA, flags: 0xf6, streamId: 1, payload: octets("hello") }));
    expect(peer.heard()).toEqual(["1 data 5"]);
  });

  it("counts padding against both windows, and gives it back at once", () => {
    const peer = ScriptedPeer.ready("server", { streamWindowBytes: 65_536, connectionWindowBytes: 65_536 });
    peer.recorder.usesData = false;
    peer.send(headers(1, request));
    for (let i = 0; i < 128; i++) peer.send(data(1, "", { padding: 255 }));
    const updates = ["WINDOW_UPDATE 0 +16384", "WINDOW_UPDATE 1 +16384"];
    expect(peer.sent().filter((line) => line.startsWith("WINDOW_UPDATE"))).toEqual([...updates, ...updates]);
  });

  it.each([
    ["on stream 0", data(0, "x"), "failed violation rfc9113-6.1", "PROTOCOL_ERROR"],
    ["on an idle stream", data(3, "x"), "failed violation rfc9113-5.1", "PROTOCOL_ERROR"],
    ["on a stream that only the server opens", data(2, "x"), "failed violation rfc9113-5.1", "PROTOCOL_ERROR"],
    [
      "padded, without room for the pad length",
      frame({ type: frameType.DATA, flags: 0x8, streamId: 1 }),
      "failed violation rfc9113-6.1",
      "FRAME_SIZE_ERROR",
    ],
    [
      "with padding as long as the rest and one more",
      frame({ type: frameType.DATA, flags: 0x8, streamId: 1, payload: octets(4, "abc") }),
      "failed violation rfc9113-6.1",
      "PROTOCOL_ERROR",
    ],
  ])("ends the connection %s", (_, bytes, line, code) => {
    const peer = serverWithRequest();
    peer.send(bytes);
    expect(peer.heard()[0]).toBe(line);
    expect(peer.sent().at(-1)).toMatch(new RegExp(`^GOAWAY 1 ${code} `));
  });

  it("ends the stream alone when it comes before the response's HEADERS", () => {
    const peer = ScriptedPeer.ready("client");
    peer.open();
    peer.sent();
    peer.send(data(1, "x"));
    expect(peer.heard()).toEqual(["1 closed reset-by-us 1 rfc9113-8.1"]);
    expect(peer.sent()).toEqual(["RST_STREAM 1 PROTOCOL_ERROR"]);
  });

  it("ends the stream with STREAM_CLOSED when it comes after END_STREAM", () => {
    const peer = ScriptedPeer.ready("server");
    peer.send(headers(1, request, { endStream: true }), data(1, "x"));
    expect(peer.heard()).toEqual([`1 headers ${requestText} END`, "1 closed reset-by-us 5 rfc9113-5.1"]);
    expect(peer.sent()).toEqual(["RST_STREAM 1 STREAM_CLOSED"]);
  });

  it("on a stream that is over: STREAM_CLOSED for all after END_STREAM, nothing after our reset, RST after the peer's", () => {
    const ended = ScriptedPeer.ready("client");
    ended.open(request, true);
    ended.sent();
    ended.send(headers(1, response, { endStream: true }), data(1, "x"));
    expect(ended.sent()).toEqual(["GOAWAY 0 STREAM_CLOSED rfc9113-5.1: DATA on stream 1 after END_STREAM"]);

    const ours = serverWithRequest();
    ours.connection.reset(ours.stream(1), 8);
    ours.sent();
    ours.send(data(1, "late", { padding: 9, endStream: true }));
    expect([ours.sent(), ours.heard()]).toEqual([[], ["1 closed reset-by-us 8"]]);

    const theirs = serverWithRequest();
    theirs.send(rstStream(1, 8), data(1, "late"));
    expect(theirs.sent()).toEqual(["RST_STREAM 1 STREAM_CLOSED"]);
  });

  it("beyond the stream's window ends the stream alone", () => {
    const peer = ScriptedPeer.ready("server", { streamWindowBytes: 65_535 });
    peer.recorder.usesData = false;
    peer.send(headers(1, request));
    for (let i = 0; i < 4; i++) peer.send(data(1, new Uint8Array(16_383)));
    peer.send(data(1, "abc"));
    expect(peer.heard()).not.toContain("1 closed reset-by-us 3 rfc9113-6.9.1");
    peer.send(data(1, "d"));
    expect(peer.heard()).toEqual(["1 closed reset-by-us 3 rfc9113-6.9.1"]);
    expect(peer.sent()).toContain("RST_STREAM 1 FLOW_CONTROL_ERROR");
  });
});
