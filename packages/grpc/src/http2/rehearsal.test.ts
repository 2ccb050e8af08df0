import { describe, expect, it } from "vitest";
import { Http2Connection } from "./connection.ts";
import { rehearse } from "./rehearsal.ts";

describe("a rehearsal", () => {
  it("plays whole calls: what connections do once and what they do with each call", () => {
    const done: string[] = [];
    const { open, sendTrailers } = Http2Connection.prototype;
    Http2Connection.prototype.open = function (list, endStream, events) {
      const onTrailers = (trailers: readonly string[]): void => void done.push(trailers.join("="));
      return open.call(this, list, endStream, { ...events, onTrailers });
    };
    Http2Connection.prototype.sendTrailers = function (stream, list) {
      expect(stream.received).toBe("end");
      sendTrailers.call(this, stream, list);
    };
    try {
      rehearse();
    } finally {
      Object.assign(Http2Connection.prototype, { open, sendTrailers });
    }
    expect(done).toEqual(new Array(18).fill("grpc-status=0"));
  });
});
