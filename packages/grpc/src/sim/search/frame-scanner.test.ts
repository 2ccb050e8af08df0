import { expect, it } from "vitest";
import { clientPreface, data, goaway, octets, ping, settings } from "../../../test/http2/frames.ts";
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
  const scanner = new FrameScanner(prefaceBytes, ({ type, flags, streamId, length, start }) => {
    seen.push(
      `${type} ${flags} ${streamId} ${length} ${start.length}${type === 7 ? ` ${readU32(start, 0)} ${readU32(start, 4)}` : ""}`,
    );
  });
  for (let at = 0; at < stream.length; at += pieceBytes) scanner.push(stream.subarray(at, at + pieceBytes));
  return seen;
}

it.each([1, 2, 7, 24, 33, 1_000])("finds the same frames in pieces of %i", (pieceBytes) => {
  expect(scan(pieceBytes)).toEqual(["4 0 0 6 6", "0 1 1 100 64", "4 0 0 0 0", "7 0 0 11 11 7 2"]);
});

it("tells nothing of a frame that is not whole", () => {
  const seen: number[] = [];
  const scanner = new FrameScanner(0, ({ type }) => seen.push(type));
  const bytes = ping(new Uint8Array(8));
  scanner.push(bytes.subarray(0, bytes.length - 1));
  expect(seen).toEqual([]);
  scanner.push(bytes.subarray(bytes.length - 1));
  expect(seen).toEqual([6]);
});
