import fc from "fast-check";
import { RE2JS } from "re2js";
import { describe, expect, it } from "vitest";
import { requiredLiteral } from "./required-literal.ts";

describe("requiredLiteral", () => {
  it.each([
    ["14 UNAVAILABLE: Connection dropped", "14 UNAVAILABLE: Connection dropped"],
    ["(?:14 )?UNAVAILABLE: .* closed$", "UNAVAILABLE: "],
    ["error code \\d+ \\(refused stream\\)", " (refused stream)"],
    ["connect[s]? closing\\.", " closing."],
    ["streams? refused here", " refused here"],
    ["streamsss* no", "streamss"],
    ["closeda{0,3} or closedb{2}", " or closed"],
    ["goaway(draining|closing) soon gone", " soon gone"],
    ["[]abc]closing [^]x] y\\x{41}", "closing "],
    ["first part|second part", undefined],
    ["(?i)connection dropped", undefined],
    ["connection (?i:dropped)", undefined],
    ["\\Qconnection+\\E*", undefined],
    ["\\w+ short .+", " short "],
    ["(connection dropped)", undefined],
  ])("of %j is %j", (regex, literal) => {
    expect(requiredLiteral(regex)).toBe(literal);
  });

  it("stands in whatever the expression finds", () => {
    const token = fc.constantFrom(
      ...["closed", "GOAWAY", "a", "b?", "c*", "d+", "e{0,2}", "f{2}", "\\.", "\\d", "[g-i]", "(jk)", "(l|m)?", "."],
      ...["|", "(?:no)*", "\\x41", "^", "$", "x??", "y+?", "\\pL"],
    );
    const text = fc.array(fc.constantFrom("closed", "GOAWAY", ..."abcdeff.1gjklmnoAxy"), { maxLength: 14 });
    fc.assert(
      fc.property(fc.array(token, { maxLength: 8 }), text, (tokens, pieces) => {
        const literal = requiredLiteral(tokens.join(""));
        const found = compiled(tokens.join(""))?.matcher(pieces.join(""));
        if (literal !== undefined && found?.find() === true) expect(found.group()).toContain(literal);
      }),
      { numRuns: 3_000 }, // some seconds
    );
  });
});

function compiled(regex: string): RE2JS | undefined {
  try {
    return RE2JS.compile(regex);
  } catch {
    return undefined;
  }
}
