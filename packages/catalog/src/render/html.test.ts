import { describe, expect, it } from "vitest";
import fc from "fast-check";
import { compileCatalog } from "../build/compile-catalog.ts";
import { readSources } from "../build/read-sources.ts";
import { sampleFiles } from "../../test/build/sample-files.ts";
import { sampleResult } from "../../test/build/sample-result.ts";
import { sampleReceived } from "../../test/received/sample-received.ts";
import { escapeHtml, htmlLink, htmlProse, htmlWithLinks } from "./html-text.ts";
import { recordHtml, recordHtmlDocument } from "./html.ts";

const { records } = compileCatalog(readSources(sampleFiles()));
/** The sample's first entry with a result beside it. */
const [measured] = compileCatalog(
  readSources(
    new Map([...sampleFiles(), ["entries/tcp/one/measured.json", sampleResult({ executedTwice: 5 })] as const]),
  ),
).records;

/** Names of elements whose end does not meet their beginning. */
function unbalanced(html: string): readonly string[] {
  const open: string[] = [];
  for (const [, close, name = "", rest = ""] of html.matchAll(/<(\/?)([a-z][a-z0-9]*)([^<>]*)>/g)) {
    if (["meta", "br"].includes(name)) continue;
    expect(rest.replaceAll(/ [a-z-]+="[^"]*"| \/$/g, "")).toBe("");
    if (rest.endsWith("/")) continue;
    if (close === "") open.push(name);
    else if (open.pop() !== name) return [name];
  }
  return open;
}

describe("a record as HTML", () => {
  it("shows what was counted, the control first, failed and executed twice side by side", () => {
    if (measured === undefined) throw new Error("the sample has entries");
    const html = recordHtml(measured, { recordingPicture: "<svg></svg>" });
    expect(html.indexOf("Nothing done about it")).toBeLessThan(html.indexOf("sent again"));
    expect(html).toMatch(/<strong>25 %<\/strong> <span class="note">5\/20, 11–47 %<\/span>.*<strong>25 %<\/strong>/);
    expect(html).toContain("Without this failure, and so in no rate: holdfast.");
    expect(html).toContain("The first trial with grpc-js");
    expect(html.indexOf("<svg></svg>")).toBeLessThan(html.indexOf("TCP FIN"));
  });

  it.each([sampleReceived, ...records, ...(measured === undefined ? [] : [measured])])(
    "is whole, without script or style: $id",
    (record) => {
      for (const language of ["en", "zh"] as const) {
        const html = recordHtml(record, { language });
        expect(unbalanced(html)).toEqual([]);
        expect(html).not.toMatch(/<(script|style|iframe|img)|\son\w+=|\sstyle=/);
        const ids = [...html.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id);
        expect(new Set(ids).size).toBe(ids.length);
        const linked = [...html.matchAll(/href="#([^"]+)"/g)].map(([, id]) => id);
        for (const id of linked) expect(ids).toContain(id);
        const levels = [...html.matchAll(/<h(\d)/g)].map(([, level]) => Number(level));
        expect(levels[0]).toBe(1);
        levels.forEach((level, index) => expect(level - (levels[index - 1] ?? 0)).toBeLessThanOrEqual(1));
      }
    },
  );

  it("has an anchor of the same name in both languages", () => {
    const [record] = records;
    if (record === undefined) throw new Error("the sample has entries");
    const anchors = (language: "en" | "zh"): string[] =>
      [...recordHtml(record, { language }).matchAll(/<h2 id="([^"]+)"/g)].map(([, id]) => id ?? "");
    expect(anchors("en").filter((id) => !id.startsWith("chinese"))).toEqual(anchors("zh"));
  });

  it("begins a page of ours with what helps, and ends it with the Chinese of an English one", () => {
    const [record] = records;
    if (record === undefined) throw new Error("the sample has entries");
    const anchors = (language: "en" | "zh"): string[] =>
      [...recordHtml(record, { language }).matchAll(/<h2 id="([^"]+)"/g)].map(([, id]) => id ?? "");
    const first = ["happened", "workarounds", "dead-ends", "be-sure", "questions", "root-cause", "wire", "signatures"];
    expect(anchors("en").slice(0, first.length)).toEqual(first);
    expect(anchors("zh").slice(0, first.length)).toEqual(first);
    expect(anchors("en").slice(-3)).toEqual(["sources", "chinese", "chinese-steps"]);
  });

  it("folds each question, so that the cause behind them is in sight", () => {
    const record = records.find(({ questions }) => questions.length > 0);
    if (record === undefined) throw new Error("the sample has a question");
    const html = recordHtml(record);
    const folded = /<details class="asked">\n?<summary><h3 id="question-[a-z-]+">[^<]+<\/h3><\/summary>/g;
    expect(html.match(folded)).toHaveLength(record.questions.length);
    expect(html.match(/<\/details>/g)).toHaveLength(record.questions.length);
  });

  it("says on a page of ours behind a step how often it helped, and on a received one before", () => {
    const [record] = records;
    if (record === undefined) throw new Error("the sample has entries");
    const html = recordHtml(record);
    expect(html).toMatch(/<p class="claim">1\. <span class="action">/);
    expect(html).toContain('<p class="aside"><span class="rate">not measured yet</span> · ');
    expect(html).toMatch(/badge-resolvable">Resolvable: \w+</);
    const received = recordHtml(sampleReceived);
    expect(received).toMatch(/<p class="claim">1\. <span class="rate">50% success<\/span> <span class="action">/);
    expect(received).toContain('badge-resolvable">partial<');
  });

  it("keeps the order of a received record's page", () => {
    const anchors = [...recordHtml(sampleReceived).matchAll(/<h2 id="([^"]+)"/g)].map(([, id]) => id);
    expect(anchors).toEqual([
      "versions",
      "systems",
      "root-cause",
      "chinese",
      "official-documentation",
      "workarounds",
      "chinese-steps",
      "dead-ends",
      "relations",
      "sources",
    ]);
  });

  it("goes to the other faces and entries by the caller's addresses, or by relative ones", () => {
    expect(recordHtml(sampleReceived)).toContain('<a href="../zh/sample/lights-out" hreflang="zh" lang="zh">中文</a>');
    expect(recordHtml(sampleReceived, { language: "zh" })).toContain('href="../../sample/lights-out"');
    const links = { json: "/j?a=1&b", markdown: "/m", otherLanguage: "/o", entry: () => undefined };
    const html = recordHtml(sampleReceived, { links });
    expect(html).toContain('<a href="/j?a=1&amp;b">JSON</a>');
    expect(html).toContain("<dd><code>sample/stumble</code></dd>");
    expect(recordHtml(sampleReceived)).toContain(
      '<dd><a href="../sample/stumble"><code>sample/stumble</code></a></dd>',
    );
  });

  it("puts a picture above what went over the wire, and keeps the list", () => {
    const record = records.find(({ wire }) => wire.length > 0);
    if (record === undefined) throw new Error("the sample has a wire");
    const html = recordHtml(record, { wirePicture: "<svg></svg>" });
    expect(html).toMatch(/<h2 id="wire">[^<]*<\/h2>\n<svg><\/svg>\n<ol>/);
  });

  it("is a document that says its letters and its language", () => {
    const html = recordHtmlDocument(sampleReceived, { language: "zh" });
    expect(html).toMatch(/^<!doctype html>\n<html lang="zh">\n<head>\n<meta charset="utf-8">/);
    expect(unbalanced(html.replace(/^<!doctype html>/, ""))).toEqual([]);
  });
});

describe("foreign text in HTML", () => {
  it("is never markup", () => {
    const any = fc.oneof(fc.string(), fc.stringMatching(/^[<>&"'` a\n/]*$/));
    fc.assert(
      fc.property(any, (text) => {
        expect(escapeHtml(text)).not.toMatch(/[<>"']/);
        expect(htmlProse(text).replaceAll(/<\/?(p|pre|code)( class="language-[\w+-]*")?>/g, "")).not.toMatch(/[<>]/);
      }),
    );
  });

  it("has code where backticks say so", () => {
    expect(htmlProse("set `a < b`\nnow\n```yaml\nx: <1>\n```\nand ``a`b`` or ` alone")).toBe(
      "<p>set <code>a &lt; b</code>\nnow</p>\n" +
        '<pre><code class="language-yaml">x: &lt;1&gt;</code></pre>\n' +
        "<p>and <code>a`b</code> or ` alone</p>",
    );
    expect(htmlProse("```\nnever closed")).toBe("<pre><code>never closed</code></pre>");
  });

  it("links to the web and to nothing else", () => {
    expect(htmlLink("https://a.example/?b=1&c")).toBe(
      '<a href="https://a.example/?b=1&amp;c" rel="noreferrer">https://a.example/?b=1&amp;c</a>',
    );
    for (const address of ["javascript:alert(1)", " https://a.example", "data:text/html,x", "//a.example"])
      expect(htmlLink(address)).not.toContain("<a");
    expect(htmlWithLinks('RFC <1>: https://a.example/#s"x, end')).toBe(
      'RFC &lt;1&gt;: <a href="https://a.example/#s" rel="noreferrer">https://a.example/#s</a>&quot;x, end',
    );
  });
});
