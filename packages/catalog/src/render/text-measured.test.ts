/** What was counted, in the faces that are plain text. */
import { describe, expect, it } from "vitest";
import { sampleFiles } from "../../test/build/sample-files.ts";
import { sampleResult } from "../../test/build/sample-result.ts";
import { compileCatalog } from "../build/compile-catalog.ts";
import { readSources } from "../build/read-sources.ts";
import { recordMarkdown } from "./markdown.ts";
import { recordText } from "./text.ts";

const files = new Map([
  ...sampleFiles(),
  ["entries/tcp/one/measured.json", sampleResult({ executedTwice: 5 })] as const,
]);
const [record] = compileCatalog(readSources(files)).records;
if (record === undefined) throw new RangeError("the sample has entries");

describe("what was counted", () => {
  it("is bars on a terminal, the control first", () => {
    const text = recordText(record, { columns: 80 });
    const lines = text.slice(text.indexOf("\nMeasured\n") + 1, text.indexOf("\nHow to Be Sure")).split("\n");
    expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(80);
    expect(lines.slice(5).join("\n")).toMatchInlineSnapshot(`
      "  Nothing done about it
          failed ████████████ 100 % (84–100)  executed twice ············ 0 % (0–16)
          grpc-js 20/20
        Send it again.
          failed ███········· 25 % (11–47)  executed twice ███········· 25 % (11–47)
          grpc-js 5/20 (5 executed twice)
        Waiting.
          failed ████████████ 100 % (84–100)  executed twice ············ 0 % (0–16)
          grpc-js 20/20
        Without this failure, and so in no rate: holdfast.
        Not to be had on the machine of this run: tonic.
        Count again: npm run prove -- tcp/one --seed 1
      "
    `);
  });

  it("is a table in Markdown, each program below the row it is part of", () => {
    expect(recordMarkdown(record)).toContain(
      [
        "| Tried | failed | executed twice | never settled |",
        "|---|---|---|---|",
        "| **Nothing done about it** | 100 %, 20/20 (95 % interval 83.9 to 100 %) | 0 %, 0/20 (95 % interval 0 to 16.1 %) | 0 |",
        "| grpc-js | 100 %, 20/20 (95 % interval 83.9 to 100 %) | 0 %, 0/20 (95 % interval 0 to 16.1 %) | 0 |",
        "| **Send it again.** | 25 %, 5/20 (95 % interval 11.2 to 46.9 %) | 25 %, 5/20 (95 % interval 11.2 to 46.9 %) | 0 |",
      ].join("\n"),
    );
  });

  it("speaks Chinese", () => {
    expect(recordText(record, { language: "zh" })).toContain("实测结果");
    expect(recordMarkdown(record, { language: "zh" })).toContain("| **不采取任何措施** |");
  });
});
