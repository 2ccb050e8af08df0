import { describe, expect, it } from "vitest";
import { readTimeField } from "./read-time.ts";

describe("a time in a field", () => {
  const ms = Date.UTC(2026, 10, 21, 12, 0, 1);

  it.each([
    ["seconds", ms / 1_000],
    ["milliseconds", ms],
    ["microseconds", ms * 1_000],
    ["nanoseconds", ms * 1_000_000],
    ["a text", "2026-11-21T12:00:01Z"],
  ])("may be %s", (_, value) => {
    expect(readTimeField(value)).toBe(ms);
  });

  it.each([[0], [-1], [Number.NaN], ["soon"], [true], [undefined]])("is none: %s", (value) => {
    expect(readTimeField(value)).toBeUndefined();
  });
});
