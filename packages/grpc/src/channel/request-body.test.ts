import { describe, expect, it } from "vitest";
import { fromLatin1, latin1 } from "../http2/bytes.ts";
import type { Http2Connection } from "../http2/connection.ts";
import type { Http2Stream } from "../http2/stream.ts";
import { RequestBody } from "./request-body.ts";

/** A connection that only writes down what it is given; `full` makes it ask for patience. */
function recorder(full = false) {
  const sent: string[] = [];
  const connection = {
    sendData: (_stream: unknown, bytes: Uint8Array, end: boolean) => {
      sent.push(latin1(bytes, 0, bytes.length) + (end ? "." : ""));
      return !full;
    },
  } as unknown as Http2Connection;
  return { connection, sent };
}
const stream = {} as Http2Stream;

describe("a whole request body", () => {
  it("is sent again from the start, at any size", () => {
    const body = RequestBody.whole([fromLatin1("head"), fromLatin1("tail")]);
    for (let attempt = 0; attempt < 2; attempt++) {
      const { connection, sent } = recorder();
      body.attach(connection, stream);
      expect(sent).toEqual(["head", "tail."]);
      body.detach();
      expect(body.replayable).toBe(true);
    }
  });

  it("is bound to its attempt once an answer began", () => {
    const body = RequestBody.whole([fromLatin1("x")]);
    body.commit();
    expect(body.replayable).toBe(false);
  });
});

describe("a streamed request body", () => {
  it("sends what was pushed before and after a stream was found, and all of it again", () => {
    const body = RequestBody.streaming();
    body.push(fromLatin1("a"));
    const first = recorder();
    body.attach(first.connection, stream);
    body.push(fromLatin1("b"));
    body.detach();
    body.push(fromLatin1("c"));
    body.end();
    const second = recorder();
    body.attach(second.connection, stream);
    expect([first.sent, second.sent]).toEqual([
      ["a", "b"],
      ["a", "b", "c."],
    ]);
  });

  it("keeps so much and no more; then the call is bound to its attempt", () => {
    const body = RequestBody.streaming(2);
    const { connection, sent } = recorder();
    const opened = { headSent: false };
    body.attach(connection, opened as Http2Stream);
    body.push(fromLatin1("abc"));
    // Its head has not left: it can go elsewhere whatever its size.
    expect(body.replayable).toBe(true);
    opened.headSent = true;
    body.push(fromLatin1("d"));
    expect(body.replayable).toBe(false);
    body.end();
    expect(sent).toEqual(["abc", "d", "."]);
  });

  it("asks for patience while nothing takes it, or its stream is full, and calls back when there is room", () => {
    const body = RequestBody.streaming(2);
    expect(body.push(fromLatin1("ab"))).toBe(false);
    let room = 0;
    body.filler = { pull: () => room++, leave: () => undefined };
    body.wantRoom();
    body.attach(recorder(true).connection, stream);
    expect(room).toBe(0);
    body.onDrain();
    expect(room).toBe(1);
    body.wantRoom();
    expect(room).toBe(2);
  });

  it("tells whoever fills it when the call is over, once", () => {
    const body = RequestBody.streaming();
    let told = 0;
    body.filler = { pull: () => undefined, leave: () => told++ };
    body.close();
    body.close();
    expect(told).toBe(1);
  });
});
