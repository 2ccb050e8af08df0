import { describe, expect, it } from "vitest";
import { FlightRecord, frameTypeName } from "./flight-record.ts";

describe("the flight record", () => {
  it("is empty, and costs nothing, before the first frame", () => {
    expect(new FlightRecord().notes()).toEqual([]);
  });

  it("keeps direction, type, flags, stream, length, value and time", () => {
    const record = new FlightRecord();
    record.received(1.5, 0x7, 0, 0, 15, 11);
    record.sent(2.5, 0x1, 0x5, 4_294_967_295, 30, 0);
    expect(record.notes()).toEqual([
      { atMs: 1.5, direction: "in", type: "GOAWAY", flags: 0, streamId: 0, length: 15, value: 11 },
      { atMs: 2.5, direction: "out", type: "HEADERS", flags: 5, streamId: 4_294_967_295, length: 30, value: 0 },
    ]);
  });

  it("loses nothing as it grows", () => {
    const record = new FlightRecord();
    for (let i = 0; i < 20; i++) {
      record.received(i, 0, 0, i, i, i);
      expect(record.notes().map(({ atMs, streamId, value }) => atMs + streamId + value)).toEqual(
        Array.from({ length: i + 1 }, (_, at) => 3 * at),
      );
    }
  });

  it("forgets the oldest first", () => {
    const record = new FlightRecord();
    for (let i = 0; i < 1_000; i++) record.received(i, 0, 0, i, 0, 0);
    const streams = record.notes().map((note) => note.streamId);
    expect(streams).toEqual(Array.from({ length: 80 }, (_, i) => 920 + i));
  });

  it("names unknown frame types by number", () => {
    expect(frameTypeName(0x1f)).toBe("0x1f");
  });
});
