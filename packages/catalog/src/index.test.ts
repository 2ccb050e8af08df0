import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { createContext, runInContext } from "node:vm";
import { build } from "esbuild";
import { describe, expect, it } from "vitest";
import { entries, entry, explain, questionAnswers, type EntryRecord, type Explanation } from "./index.ts";

const face = fileURLToPath(new URL("./index.ts", import.meta.url));

/** As a bundler makes it for a page: one text of JavaScript that needs nothing. */
async function bundle(source: string, minify = false): Promise<string> {
  const { outputFiles } = await build({
    stdin: { contents: source, resolveDir: fileURLToPath(new URL(".", import.meta.url)), loader: "ts" },
    bundle: true,
    minify,
    format: "iife",
    globalName: "page",
    platform: "browser",
    target: "es2022",
    conditions: ["holdfast-source"],
    write: false,
    logLevel: "silent",
  });
  return outputFiles[0]?.text ?? "";
}

describe("the library", () => {
  it("explains a text and leads to the record", () => {
    const { known, findings } = explain("Error: 14 UNAVAILABLE: read ECONNRESET");
    expect(known).toBe(true);
    expect(entry(findings[0]?.id ?? "")?.happened).not.toBe("");
  });

  it("takes bytes and answers", () => {
    const bytes = new TextEncoder().encode("Error: 14 UNAVAILABLE: Connection dropped");
    const asked = explain(bytes).findings[0]?.question;
    const answer = asked?.answers[0];
    if (asked === undefined || answer === undefined) throw new Error("nothing is asked about this text");
    expect(questionAnswers()[asked.id]).toEqual(asked.answers);
    const before = explain(bytes).findings[0]?.tied.length ?? 0;
    expect(explain(bytes, { answers: { [asked.id]: answer } }).findings[0]?.tied.length).toBeLessThan(before);
  });

  it("has every record by its id and its aliases", () => {
    expect(entries().length).toBeGreaterThanOrEqual(83);
    for (const record of entries()) {
      expect(entry(record.id)).toBe(record);
      for (const alias of record.aliases) expect(entry(alias)).toBeDefined();
    }
    expect(entry("tcp/no-such-failure")).toBeUndefined();
    expect(entry("constructor")).toBeUndefined();
  });

  it("runs where there is nothing of Node", { timeout: 60_000 }, async () => {
    const code = await bundle(`export * from ${JSON.stringify(face)};`);
    // What a page and a worker have; no process, no Buffer, no require.
    const page = createContext({ TextDecoder, TextEncoder, Uint8Array });
    runInContext(code, page);
    const explained = runInContext(`page.explain("14 UNAVAILABLE: read ECONNRESET")`, page) as Explanation;
    expect(JSON.parse(JSON.stringify(explained))).toEqual(explain("14 UNAVAILABLE: read ECONNRESET"));
    const record = runInContext(`page.entry("tcp/fin-inflight")`, page) as EntryRecord;
    expect(record.title).toBe(entry("tcp/fin-inflight")?.title);
  });

  it("brings no records to a page that only explains", { timeout: 60_000 }, async () => {
    const code = await bundle(`export { explain } from ${JSON.stringify(face)};`, true);
    expect(code).not.toContain(entry("tcp/fin-inflight")?.happened);
    const signatures = readFileSync(new URL("../dist/data/signatures.js", import.meta.url), "utf8");
    expect(code.length - signatures.length).toBeLessThan(150_000); // the code is 147 KB; records would be 1,900 more
  });
});
