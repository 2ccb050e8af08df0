import { describe, expect, it } from "vitest";
import type { Told } from "./raw-connection.ts";
import { inWords } from "./told-words.ts";

const silent: Told = { goaway: undefined, resets: new Map(), closed: undefined, closedAfterMs: 0 };

describe("what an attacker was told", () => {
  it("is nothing when every connection is still open", () => {
    expect(inWords([silent, silent])).toBe("nothing");
  });

  it("is the GOAWAY that came most often, resets added up, and the middle one of the ends", () => {
    const calm: Told = {
      goaway: { code: 11, debug: "limit-ping: more" },
      resets: new Map([[7, 2]]),
      closed: "fin",
      closedAfterMs: 9,
    };
    const other: Told = { ...calm, goaway: { code: 0, debug: "" }, closedAfterMs: 4 };
    expect(inWords([other, calm, { ...calm, closedAfterMs: 6.4 }, silent])).toBe(
      'GOAWAY ENHANCE_YOUR_CALM "limit-ping: more"; RST_STREAM REFUSED_STREAM × 6; FIN on 3 of 4 after 6 ms',
    );
  });

  it("shows no control characters, and no more than a line has room for", () => {
    const long: Told = { ...silent, goaway: { code: 99, debug: `\n${"x".repeat(200)}` } };
    expect(inWords([long])).toBe(`GOAWAY 0x63 "?${"x".repeat(79)}…"`);
  });
});
