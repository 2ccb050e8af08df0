import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { table } from "#catalog/signatures.js";
import type * as Sources from "./index.ts";
import { explain, questionAnswers } from "./index.ts";

const file = new URL("../../dist/explain/bundle.js", import.meta.url);

describe("the bundle of explain", () => {
  it("answers like the sources that it was made from", async () => {
    const bundle = (await import(/* @vite-ignore */ file.href)) as typeof Sources;
    const log = table.signatures.map(({ text }) => `2026-11-21T12:00:00Z ERROR ${text.replace(/\{[^}]*\}/g, "7")}\n`);
    expect(bundle.explain(log.join(""))).toEqual(explain(log.join("")));
    expect(bundle.questionAnswers()).toEqual(questionAnswers());
  });

  it("loads nothing when it starts, and is of ASCII alone, which V8 reads faster", () => {
    const bytes = readFileSync(file);
    expect(/^import\b|;import\b[^(]/m.test(bytes.toString())).toBe(false);
    expect(bytes.every((byte) => byte < 0x80)).toBe(true);
  });
});
