/** The parts of a template as an expression that RE2 reads, with the meaning that `find-parts.ts` gives them. */

import { digits, isWordUnit, type TemplatePart } from "./template-part.ts";

export function partsRegex(parts: readonly TemplatePart[]): string {
  return parts.map((part, i) => partRegex(part, i === 0, i === parts.length - 1)).join("");
}

function partRegex(part: TemplatePart, isFirst: boolean, isLast: boolean): string {
  switch (part.kind) {
    case "texts": {
      const texts = part.texts.map((text) => {
        const before = isFirst && isWordUnit(text.charCodeAt(0)) ? "\\b" : "";
        const after = isLast && isWordUnit(text.charCodeAt(text.length - 1)) ? "\\b" : "";
        return before + escaped(text) + after;
      });
      return texts.length === 1 ? texts.join("") : `(?:${texts.join("|")})`;
    }
    case "run": {
      const edge = part.set === digits ? "\\b" : "";
      const run = part.last === undefined ? `${part.set.regex}+` : `${part.set.regex}*${part.last.regex}`;
      return (isFirst ? edge : "") + run + (isLast ? edge : "");
    }
    case "gap":
      return ".*?";
    case "rest":
      return ".*";
  }
}

function escaped(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|]/g, "\\$&");
}
