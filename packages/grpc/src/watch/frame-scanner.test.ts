import { expect, it } from "vitest";
import { clientPreface, data, goaway, octets, ping, settings } from "../../test/http2/frames.ts";
import { FrameScanner, prefaceBytes, readU32 } from "./frame-scanner.ts";

const stream = octets(
  clientPreface,
  settings([4, 9]),
  data(1, "x".repeat(100), { endStream: true }),
  settings(),
  goaway(7, 2, "bye"),
);

function scan(pieceBytes: number): string[] {
  const seen: string[] = [];
  const scanner = new FrameScanner(
    prefaceBytes,
    () => 64,
    ({ type, flags, streamId, length, start }) => {
      seen.push(
        `${type} ${flags} ${streamId} ${length} ${start.length}${type === 7 ? ` ${readU32(start, 0)} ${readU32(start, 4)}` : ""}`,
      );
    },
  );
  for (let at = 0; at < stream.length; at += pieceBytes) scanner.push(stream.subarray(at, at + pieceBytes));
  return seen;
}

it.each([1, 2, 7, 24, 33, 1_000])("finds the same frames in pieces of %i", (pieceBytes) => {
  expect(scan(pieceBytes)).toEqual(["4 0 0 6 6", "0 1 1 100 64", "4 0 0 0 0", "7 0 0 11 11 7 2"]);
});

it("tells nothing of a frame that is not whole", () => {
  const seen: number[] = [];
  const scanner = new FrameScanner(
    0,
    () => 64,
    ({ type }) => seen.push(type),
  );
  const bytes = ping(new Uint8Array(8));
  scanner.push(bytes.subarray(0, bytes.length - 1));
  expect(seen).toEqual([]);
  scanner.push(bytes.subarray(bytes.length - 1));
  expect(seen).toEqual([6]);
});

it("keeps of a payload what it was told to, whatever the pieces", () => {
  const seen: string[] = [];
  const scanner = new FrameScanner(
    0,
    (type) => (type === 0 ? 3 : 200),
    ({ start }) => seen.push(String.fromCharCode(...start)),
  );
  const bytes = octets(data(1, "abcdef"), goaway(7, 2, "g".repeat(150)), data(1, "ghi"));
  for (const byte of bytes) scanner.push(Uint8Array.of(byte));
  scanner.push(bytes);
  const once = ["abc", expect.stringMatching(/^[^]{8}g{150}$/), "ghi"];
  expect(seen).toEqual([...once, ...once]);
});

it("says what an end would cut off", () => {
  const scanner = new FrameScanner(
    prefaceBytes,
    () => 0,
    () => undefined,
  );
  const at = (bytes: Uint8Array): unknown => (scanner.push(bytes), scanner.unfinished);
  expect(at(clientPreface)).toBeUndefined();
  expect(at(Uint8Array.of(0, 0))).toEqual({ length: 0, seen: 2 });
  expect(at(Uint8Array.of(5, 0, 0, 0, 0, 0, 1))).toEqual({ type: 0, length: 5, seen: 9 });
  expect(at(octets("abc"))).toEqual({ type: 0, length: 5, seen: 12 });
  expect(at(octets("de"))).toBeUndefined();
});
