import { describe, expect, it } from "vitest";
import {
  data,
  flag,
  frame,
  headers,
  octets,
  rstStream,
  clientPreface,
  settings,
  literals,
} from "../../test/http2/frames.ts";
import { ConnectionWatcher } from "./connection-watcher.ts";
import { StreamBook } from "./stream-book.ts";
import { streamLine } from "./stream-line.ts";
import type { FrameSender } from "./watched-frame.ts";

const request = [":method", "POST", ":path", "/a.B/C"];
const answer = [":status", "200"];

function told(...pieces: readonly (readonly [FrameSender, Uint8Array])[]): { lines: string[]; book: StreamBook } {
  const book = new StreamBook();
  const lines: string[] = [];
  const watcher = new ConnectionWatcher({
    onFrame: (seen) => {
      const each = book.note(seen);
      if (each !== undefined) lines.push(streamLine(each));
    },
  });
  watcher.push("client", clientPreface, 0);
  watcher.push("server", settings(), 0);
  pieces.forEach(([from, bytes], i) => watcher.push(from, bytes, i));
  return { lines, book };
}

describe("a stream", () => {
  it("begins with its fields and ends with the status", () => {
    const { lines, book } = told(
      ["client", headers(1, request)],
      ["client", data(1, "abc", { endStream: true })],
      ["server", headers(1, answer)],
      ["server", headers(1, ["grpc-status", "5"], { endStream: true })],
    );
    expect(lines).toEqual([
      "stream 1 begins: POST /a.B/C",
      "stream 1 ends after 3 ms: status 5 NOT_FOUND, POST /a.B/C",
    ]);
    expect([book.openCount, book.everOpened]).toEqual([0, 1]);
  });

  it("whose fields come in two frames ends when the last came", () => {
    const block = literals(request);
    const { lines, book } = told(
      ["client", headers(3, block.subarray(0, 4), { endStream: true, endHeaders: false })],
      ["client", frame({ type: 9, streamId: 3, flags: flag.END_HEADERS, payload: block.subarray(4) })],
      ["server", headers(3, answer, { endStream: true })],
    );
    expect(lines).toEqual(["stream 3 begins: POST /a.B/C", "stream 3 ends after 2 ms: HTTP 200, POST /a.B/C"]);
    expect(book.openCount).toBe(0);
  });

  it("is ended by RST_STREAM of either side", () => {
    const { lines } = told(
      ["client", headers(1, request)],
      ["server", rstStream(1, 7)],
      ["client", headers(3, request)],
      ["server", headers(3, [...answer, "grpc-status", "0"], { endStream: true })],
      ["server", rstStream(3, 0)],
      ["server", rstStream(3, 0)],
    );
    expect(lines.filter((line) => line.includes("ends"))).toEqual([
      "stream 1 ends after 1 ms: RST_STREAM(REFUSED_STREAM) from the server, POST /a.B/C",
      "stream 3 ends after 2 ms: status 0 OK, then RST_STREAM(NO_ERROR) from the server, POST /a.B/C",
    ]);
  });

  it("that nobody ends is forgotten when too many are open", () => {
    const { book } = told(["client", octets(...Array.from({ length: 10_050 }, (_, i) => headers(2 * i + 1, request)))]);
    expect([book.openCount, book.everOpened, book.openIds(1)]).toEqual([10_000, 10_050, [101]]);
    expect([book.pathOf(101), book.pathOf(99)]).toEqual(["/a.B/C", undefined]);
  });
});
