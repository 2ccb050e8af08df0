/** What two ends may say about streams, judged frame by frame. */
import { describe, expect, it } from "vitest";
import type { ScannedFrame } from "../../watch/frame-scanner.ts";
import { WireStreams } from "./wire-streams.ts";

const [data, headers, reset, settings, goaway, windowUpdate] = [0x0, 0x1, 0x3, 0x4, 0x7, 0x8];
const u32 = (value: number): number[] => [value >>> 24, (value >>> 16) & 255, (value >>> 8) & 255, value & 255];
const setting = (id: number, value: number): number[] => [0, id, ...u32(value)];

function end(role: "client" | "server") {
  const broken: string[] = [];
  const streams = new WireStreams(role, (what) => broken.push(what));
  const frame = (type: number, streamId: number, more: Partial<ScannedFrame> & { start?: Uint8Array }) => ({
    ...{ type, streamId, flags: 0, length: 0, start: new Uint8Array(0) },
    ...more,
  });
  return {
    broken,
    streams,
    wrote: (type: number, streamId: number, flags = 0, length = 0, start: number[] = []) =>
      streams.wrote(frame(type, streamId, { flags, length, start: Uint8Array.from(start) })),
    read: (type: number, streamId: number, flags = 0, length = 0, start: number[] = []) =>
      streams.read(frame(type, streamId, { flags, length, start: Uint8Array.from(start) })),
  };
}

describe("streams on the wire", () => {
  it("are over when both halves are, or after a reset, or above the last id", () => {
    const { streams, wrote, read, broken } = end("client");
    for (const id of [1, 3, 5, 7]) wrote(headers, id, id === 1 ? 1 : 0);
    expect(streams.size).toBe(4);
    read(headers, 1);
    read(data, 1, 1, 10);
    wrote(reset, 3, 0, 4, u32(8));
    read(goaway, 0, 0, 8, [...u32(5), ...u32(0)]);
    expect(streams.text).toBe("5");
    expect(broken).toEqual([]);
  });

  it("of a server are those up to the id that it named", () => {
    const { streams, wrote, read, broken } = end("server");
    read(headers, 1);
    wrote(goaway, 0, 0, 8, [...u32(1), ...u32(0)]);
    read(headers, 3);
    expect(streams.text).toBe("1");
    wrote(headers, 3);
    expect(broken).toEqual(["sent a frame of type 1 on stream 3, which is over"]);
  });

  it("are no more than the peer allows", () => {
    const { wrote, read, broken } = end("client");
    read(settings, 0, 0, 6, setting(3, 1));
    wrote(headers, 1);
    wrote(headers, 3);
    expect(broken).toEqual(["opened stream 3 beside 1, and the peer allows 1"]);
  });

  it("carry no more than their windows", () => {
    const { wrote, read, broken } = end("client");
    wrote(headers, 1);
    wrote(data, 1, 0, 65_535); // RFC 9113 §6.9.2
    expect(broken).toEqual([]);
    read(windowUpdate, 1, 0, 4, u32(10));
    read(settings, 0, 0, 6, setting(4, 65_536)); // one more than at first
    wrote(data, 1, 0, 12);
    expect(broken).toEqual(["sent 1 octets too many on stream 1"]);
    wrote(data, 1, 1);
    wrote(data, 1, 0, 1);
    expect(broken.at(-2)).toBe("sent DATA on stream 1 after its END_STREAM");
  });

  it("are given back what came, and no more", () => {
    const { wrote, read, broken } = end("client");
    wrote(headers, 1);
    read(data, 1, 0, 16_384); // a frame
    wrote(windowUpdate, 1, 0, 4, u32(16_384));
    expect(broken).toEqual([]);
    wrote(windowUpdate, 1, 0, 4, u32(16_385)); // a frame may be counted late, and no more than one
    expect(broken).toEqual(["credited stream 1 with 1 octets that it was not sent"]);
  });
});
