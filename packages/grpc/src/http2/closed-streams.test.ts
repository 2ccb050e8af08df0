import { describe, expect, it } from "vitest";
import { type ClosedHow, ClosedStreams } from "./closed-streams.ts";

describe("streams that closed", () => {
  it("are not known before any closed", () => {
    expect(new ClosedStreams().of(0)).toBe("forgotten");
    expect(new ClosedStreams().of(1)).toBe("forgotten");
  });

  it("are remembered with how they ended, the last 256 of a side", () => {
    const closed = new ClosedStreams();
    const ways: ClosedHow[] = ["ended-by-peer", "reset-by-peer", "reset-by-us"];
    const ids = Array.from({ length: 300 }, (_, i) => 2 * i + 1);
    for (const id of ids) closed.note(id, ways[id % 3] as ClosedHow);
    expect(ids.map((id) => closed.of(id))).toEqual(ids.map((id, i) => (i < 300 - 256 ? "forgotten" : ways[id % 3])));
    expect(closed.of(601)).toBe("forgotten");
  });
});
