/** Two ends talk, a bystander listens. What it says must not depend on the pieces, and nothing may make it throw. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  clientPreface,
  data,
  flag,
  frame,
  frameType,
  goaway,
  literals,
  octets,
  ping,
  pingAck,
  rstStream,
  settings,
  settingsAck,
  u32,
  windowUpdate,
} from "../../test/http2/frames.ts";
import { ByteWriter } from "../http2/bytes.ts";
import { HpackEncoder } from "../http2/hpack/encoder.ts";
import { ConnectionWatcher } from "./connection-watcher.ts";
import { frameLine } from "./frame-line.ts";
import type { FrameSender } from "./watched-frame.ts";

/** Lines of a conversation, each piece pushed as it stands. */
function linesOf(
  pieces: readonly (readonly [FrameSender, Uint8Array])[],
  secrets: "masked" | "shown" = "masked",
): string[] {
  const lines: string[] = [];
  const watcher = new ConnectionWatcher({
    secrets,
    onFrame: (seen) => lines.push(`${seen.from === "client" ? ">" : "<"} ${frameLine(seen)}`),
    onStranger: (from, words) => lines.push(`${from === "client" ? ">" : "<"} ${words}`),
  });
  for (const [from, bytes] of pieces) watcher.push(from, bytes, 0);
  for (const from of ["client", "server"] as const) watcher.end(from);
  return lines;
}

const fromClient = (...frames: Uint8Array[]): string[] => linesOf([["client", octets(clientPreface, ...frames)]]);

const request = [":method", "POST", ":path", "/a.B/C", "authorization", "Bearer abcdefgh", "x-data-bin", "AAAA"];
const headers = (fields: Partial<Parameters<typeof frame>[0]>): Uint8Array =>
  frame({ type: frameType.HEADERS, flags: flag.END_HEADERS, streamId: 1, payload: literals(request), ...fields });

describe("a bystander", () => {
  it.each<readonly [Uint8Array, string]>([
    [settings(), "SETTINGS nothing set"],
    [settingsAck(), "SETTINGS ACK"],
    [
      settings([3, 100], [4, 65_535], [0xfe03, 1], [0x99, 7]),
      "SETTINGS MAX_CONCURRENT_STREAMS 100, INITIAL_WINDOW_SIZE 65535, GRPC_ALLOW_TRUE_BINARY_METADATA 1, 0x99 7",
    ],
    [data(1, "abc", { endStream: true }), "DATA stream 1, 3 octets, END_STREAM"],
    [
      frame({ type: 0, streamId: 3, flags: flag.PADDED, payload: octets(2, "a", 0, 0) }),
      "DATA stream 3, 4 octets, 2 of them padding, PADDED",
    ],
    [
      headers({}),
      "HEADERS stream 1, 76 octets, END_HEADERS; :method: POST, :path: /a.B/C, " +
        "authorization: [masked, 15 octets], x-data-bin: [masked, 4 octets]",
    ],
    [
      headers({
        flags: flag.END_HEADERS | flag.PRIORITY | flag.PADDED,
        payload: octets(1, u32(0x80000003), 15, literals(["a", "b"]), 0),
      }),
      "HEADERS stream 1, 12 octets, 1 of them padding, weight 16 under stream 3 alone, END_HEADERS, PADDED, PRIORITY; a: b",
    ],
    [frame({ type: 2, streamId: 5, payload: octets(u32(3), 255) }), "PRIORITY stream 5, weight 256 under stream 3"],
    [rstStream(7, 8), "RST_STREAM stream 7, CANCEL"],
    [rstStream(7, 0x1f), "RST_STREAM stream 7, 0x1f"],
    [ping(octets(1, 2, 3, 4, 5, 6, 7, 255)), "PING 01020304050607ff"],
    [pingAck(new Uint8Array(8)), "PING 0000000000000000, ACK"],
    [goaway(2 ** 31 - 1, 0, "max_age"), 'GOAWAY NO_ERROR, last stream 2147483647 (any), "max_age"'],
    [goaway(41, 11, "too\u001b[2Jmany"), 'GOAWAY ENHANCE_YOUR_CALM, last stream 41, "too\\u{1b}[2Jmany"'],
    [windowUpdate(0, 1_000), "WINDOW_UPDATE 1000 more"],
    [windowUpdate(9, 1), "WINDOW_UPDATE stream 9, 1 more"],
    [
      frame({ type: 5, streamId: 1, flags: flag.END_HEADERS, payload: octets(u32(2), literals(["a", "b"])) }),
      "PUSH_PROMISE stream 1, promises stream 2, 9 octets, END_HEADERS; a: b",
    ],
    [frame({ type: 0x1f, streamId: 1, flags: 0x41, payload: octets("xyz") }), "0x1f stream 1, 3 octets, 0x41"],
    [
      frame({ type: 3, streamId: 1, payload: octets("abc") }),
      "RST_STREAM stream 1, malformed: RST_STREAM of 3 octets, expected 4",
    ],
    [frame({ type: 4, payload: octets("abc") }), "SETTINGS malformed: SETTINGS of 3 octets, expected a multiple of 6"],
    [
      frame({ type: 1, streamId: 1, flags: flag.PADDED | flag.END_HEADERS, payload: octets(9, "abc") }),
      "HEADERS stream 1, malformed: HEADERS of 4 octets, expected 10 or more, END_HEADERS, PADDED",
    ],
  ])("says %#: %s", (bytes, line) => {
    expect(fromClient(bytes)).toEqual([`> ${line}`]);
  });

  it("joins CONTINUATION, and keeps the header tables of both directions apart", () => {
    const encoders = { client: new HpackEncoder(), server: new HpackEncoder() };
    const blockOf = (from: FrameSender, list: string[]): Uint8Array => {
      const writer = new ByteWriter();
      encoders[from].encode(list, writer);
      return writer.detach();
    };
    const pieces: [FrameSender, Uint8Array][] = [
      ["client", clientPreface],
      ["server", settings()],
    ];
    for (let i = 0; i < 3; i++) {
      const block = blockOf("client", [":method", "POST", ":path", "/a.B/C", "x-kept", "as it is"]);
      const head = { type: 1, streamId: 1 + 2 * i, flags: 1 };
      pieces.push(["client", frame({ ...head, payload: block.subarray(0, 2) })]);
      pieces.push(["client", frame({ ...head, type: 9, flags: 0, payload: block.subarray(2, 3) })]);
      pieces.push(["client", frame({ ...head, type: 9, flags: 4, payload: block.subarray(3) })]);
      const answer = blockOf("server", [":status", "200", "x-other", "as it is"]);
      pieces.push(["server", frame({ ...head, flags: 4, payload: answer })]);
    }
    const fields = linesOf(pieces).flatMap((line) => line.split("; ")[1] ?? []);
    const both = [":method: POST, :path: /a.B/C, x-kept: as it is", ":status: 200, x-other: as it is"];
    expect(fields).toEqual([...both, ...both, ...both]);
  });

  it("follows a header table that the other side allowed to grow, and says when it cannot follow", () => {
    const grow = octets(0x3f, 0xe1, 0x5f); // size update to 12,288, RFC 7541 §6.3
    const block = octets(grow, literals(["a", "b"]));
    const asks = frame({ type: 1, streamId: 1, flags: 4, payload: block });
    const allowed = linesOf([
      ["server", settings([1, 12_288])],
      ["client", octets(clientPreface, asks)],
    ]);
    expect(allowed.at(-1)).toContain("; a: b");
    const [first, second] = linesOf([["client", octets(clientPreface, asks, headers({ streamId: 3 }))]]);
    expect(first).toContain("fields not readable: the header table was lost: table size update to 12288");
    expect(second).toContain("HEADERS stream 3, 76 octets, END_HEADERS; fields not readable");
  });

  it("passes over a header block that is larger than any server takes", () => {
    const part = frame({ type: 9, streamId: 1, payload: new Uint8Array(200_000) });
    const lines = fromClient(headers({ flags: 0 }), part, part, headers({ streamId: 3 }), ping(new Uint8Array(8)));
    expect(lines[3]).toContain("fields not readable: a header block of more than 262144 octets was passed over");
    expect(lines[4]).toBe("> PING 0000000000000000");
  });

  it.each<readonly [FrameSender, string, string | undefined]>([
    ["client", "GET / HTTP/1.1\r\n", "the client sent an HTTP/1.1 request, expected HTTP/2"],
    ["client", "\u0016\u0003\u0001\u0002\u0000\u0001\u0000", "the client speaks TLS on a plain-text connection"],
    ["client", "PING\r\n", "the client does not begin as HTTP/2 does"],
    ["client", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r!", "the client does not begin as HTTP/2 does"],
    ["client", "PRI * HTTP/2", undefined],
    ["client", "", undefined],
    ["server", "HTTP/1.1 400 Bad Request\r\n", "the server speaks HTTP/1.1, expected HTTP/2"],
    ["server", "SSH-2.0-OpenSSH_9", "the server speaks SSH, expected HTTP/2"],
    ["server", "\u0000\u0000\u0000\u0006\u0000\u0000\u0000\u0000\u0000", "the server does not begin as HTTP/2 does"],
    ["server", "\u0000\u0000", "the server does not begin as HTTP/2 does"],
  ])("takes what the %s begins with, %j, for what it is", (from, text, words) => {
    const whole = linesOf([[from, octets(text)]]);
    const split = linesOf(Array.from(text, (char): [FrameSender, Uint8Array] => [from, octets(char)]));
    expect(whole.map((line) => line.slice(2))).toEqual(words === undefined ? [] : [words]);
    expect(split).toEqual(whole);
  });

  it("says the same whatever the pieces are", () => {
    const stream = octets(
      clientPreface,
      settings([1, 100], [4, 9]),
      headers({ flags: 0, payload: literals(request).subarray(0, 5) }),
      frame({ type: 9, streamId: 1, flags: 4, payload: literals(request).subarray(5) }),
      data(1, "x".repeat(70), { endStream: true }),
      goaway(7, 2, "bye"),
    );
    const whole = linesOf([["client", stream]]);
    expect(whole).toHaveLength(5);
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 60 }), { minLength: 1 }), (sizes) => {
        const pieces: [FrameSender, Uint8Array][] = [];
        for (let at = 0, i = 0; at < stream.length; i++) {
          const size = sizes[i % sizes.length] as number;
          pieces.push(["client", stream.slice(at, at + size)]);
          at += size;
        }
        expect(linesOf(pieces)).toEqual(whole);
      }),
    );
  });

  it("lives through any bytes, and its lines hold nothing that a terminal obeys", () => {
    const anyFrame = fc
      .record({
        type: fc.integer({ min: 0, max: 12 }),
        flags: fc.integer({ min: 0, max: 255 }),
        streamId: fc.nat(9),
        payload: fc.uint8Array({ maxLength: 40 }),
      })
      .map((fields) => frame(fields));
    const piece = fc.tuple(
      fc.constantFrom<FrameSender>("client", "server"),
      fc.oneof({ weight: 9, arbitrary: anyFrame }, fc.uint8Array({ maxLength: 30 })),
    );
    fc.assert(
      fc.property(fc.array(piece), (pieces) => {
        const lines = linesOf([["client", clientPreface], ["server", settings()], ...pieces], "shown");
        for (const line of lines) expect(line).not.toMatch(/[\p{Cc}\p{Cf}]/u);
      }),
      { numRuns: 500 },
    );
  });
});
