import { describe, expect, it } from "vitest";
import { likelyGlues, wrappingOf } from "./wrapping-of.ts";

const first = "13 INTERNAL: Received RST_STREAM with code 2 triggered by internal client";

describe("wrappingOf", () => {
  it.each([
    [`${first}\nerror: Session closed with error code 2`, "possible"],
    [`> ${first}\n> error: Session closed`, "possible"],
    [`UNAVAILABLE: Stream removed (Socket closed (GOAWAY received;\nDebug Text: bye))`, "evident"],
    [`rpc error: code = Unavailable desc = closing transport due to:\nerror reading`, "evident"],
    [`${first.padEnd(80, "x")}\nerror`, "evident"],
    [`${first}\n\nerror: Session closed`, "none"],
    [`${first}\n14 UNAVAILABLE: Connection dropped`, "none"],
    [`${first}:\n2026-11-21 14:00:46 error`, "none"],
    [`${first}\n    at Object.callErrorFromStatus (call.js:32:19)`, "none"],
    [
      `${first}, and\nthat line was short beside the last of these lines, which is by far long enough to have had room for more than a word`,
      "none",
    ],
    [`${first}.\nThanks for any help`, "none"],
    ["14 UNAVAILABLE\nConnection dropped", "none"],
    [first, "none"],
  ])("%j: %s", (text, wrapping) => {
    expect(wrappingOf(text)).toBe(wrapping);
  });
});

describe("likelyGlues", () => {
  it("puts nothing first between lines of one length, and a blank between others", () => {
    expect(likelyGlues("ab\ncd\ne")).toEqual(["", " "]);
    expect(likelyGlues("abc\ncd\ne")).toEqual([" "]);
    expect(likelyGlues("ab\ncd")).toEqual([" ", ""]);
    expect(likelyGlues(`${"x".repeat(80)}\ncd`)).toEqual(["", " "]);
  });
});
