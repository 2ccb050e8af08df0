import { describe, expect, it } from "vitest";
import { table } from "#catalog/signatures.js";
import { fixedParts } from "./fixed-parts.ts";
import { parseTemplate } from "./parse-template.ts";

describe("fixedParts", () => {
  it.each([
    ["closed", ["closed"], []],
    ["code {http2_code:int}", ["code ", ""], ["http2_code:int"]],
    ["{A|B}{int} of", ["", "", " of"], ["A|B", "int"]],
    ["Reset {{ id: {int} }}", ["Reset { id: ", " }"], ["int"]],
    ["{{{a|b}}} x {{}}", ["{", "} x {}"], ["a|b"]],
    ["{{text}} is no hole", ["{text} is no hole"], []],
  ])("takes %j apart", (template, fixed, holes) => {
    expect(fixedParts(template)).toEqual({ fixed, holes });
  });

  it("agrees with the reader of templates about those of the catalog", () => {
    const texts = new Set(table.signatures.map(({ text }) => text));
    for (const text of texts) {
      const { fixed, holes } = fixedParts(text);
      const words = parseTemplate(text).flatMap((part) =>
        part.kind === "texts" && part.texts.length === 1 ? part.texts : [],
      );
      expect([fixed.filter((each) => each !== ""), holes.length]).toEqual([
        words,
        parseTemplate(text).length - words.length,
      ]);
    }
  });
});
