import { describe, expect, it } from "vitest";
import { table } from "#catalog/signatures.js";
import { choicesIn, fixedParts } from "./fixed-parts.ts";
import { parseTemplate } from "./parse-template.ts";

describe("fixedParts", () => {
  it.each([
    ["closed", ["closed"], []],
    ["code {http2_code:int}", ["code ", ""], []],
    ["{A|B}{int} of", ["", "", " of"], ["A", "B"]],
    ["Reset {{ id: {int} }}", ["Reset { id: ", " }"], []],
    ["{{{a|b}}} x {{}}", ["{", "} x {}"], ["a", "b"]],
    ["{{a|b}} is no hole", ["{a|b} is no hole"], []],
  ])("takes %j apart", (template, fixed, choices) => {
    expect(fixedParts(template)).toEqual(fixed);
    expect(choicesIn(template)).toEqual(choices);
  });

  it("agrees with the reader of templates about those of the catalog", () => {
    for (const text of new Set(table.signatures.map((signature) => signature.text))) {
      const parts = parseTemplate(text);
      const ofParts = parts.map((part) => (part.kind === "texts" ? part.texts : []));
      const fixed = fixedParts(text);
      expect(fixed.filter((each) => each !== "")).toEqual(ofParts.filter((texts) => texts.length === 1).flat());
      expect(fixed.length - 1).toBe(ofParts.filter((texts) => texts.length !== 1).length);
      expect(choicesIn(text).length).toBe(ofParts.filter((texts) => texts.length > 1).flat().length);
    }
  });
});
