import { describe, expect, it } from "vitest";
import { compileCatalog } from "../build/compile-catalog.ts";
import { readSources } from "../build/read-sources.ts";
import { sampleFiles } from "../../test/build/sample-files.ts";
import { sampleReceived } from "../../test/received/sample-received.ts";
import { recordMarkdown } from "./markdown.ts";

describe("a received record as Markdown", () => {
  it("has the format's own frame, and nothing for what it does not say", () => {
    expect(recordMarkdown(sampleReceived)).toBe(`# lights are out: code 7

- **ID:** \`sample/lights-out\`
- **Domain:** sample
- **Category:** network_error
- **Verification:** ai_generated
- **Fix Rate:** —
- **Aliases:** \`sample/dark\`

## Root Cause

Somebody turned the switch.

## Version Compatibility

| Version | Status | Introduced | Deprecated |
|---------|--------|------------|------------|
| Sample 1.0 | active | — | — |
| Sample 0.9 | gone | 2020 | 2021 |

## Operating Systems

- **linux:** Look into the fuse box.

## Workarounds

1. **Turn it back** (50% success)
   when you find it
   \`\`\`
   press \`on\`
   \`\`\`
   ([1])
2. **Open the curtain**

## Dead Ends

- **Shouting** — Lamps do not hear. (95.5% fail)
- Waiting brings only the morning. at night

## Related

- **Leads to:** \`sample/stumble\`
- **Often confused with:** \`sample/eyes-shut\`

## Sources

1. a note
`);
  });

  it("takes the Chinese where there is some", () => {
    const text = recordMarkdown(sampleReceived, { language: "zh" });
    expect(text).toContain("# 灯灭了：代码 7\n");
    expect(text).toContain("- **验证方式:** AI 生成\n");
    expect(text).toContain("## 根本原因\n\n有人关了开关。\n");
    expect(text).toContain("1. **再打开**（50% 成功）");
  });

  it("keeps code whole that holds fences, and tables whole that hold bars", () => {
    const [step] = sampleReceived.workarounds;
    const [version] = sampleReceived.versions;
    if (step === undefined || version === undefined) throw new Error("the sample has both");
    const text = recordMarkdown({
      ...sampleReceived,
      workarounds: [{ ...step, how: "```sh\nls\n```" }],
      versions: [{ ...version, version: "a|b\nc" }],
    });
    expect(text).toContain("   ````\n   ```sh\n   ls\n   ```\n   ````\n");
    expect(text).toContain("| a\\|b c | active | — | — |");
  });

  it("lets nothing through that a terminal obeys", () => {
    const text = recordMarkdown({
      ...sampleReceived,
      root_cause: "a\u001b[31mb\u001b]0;t\u0007c\u202ed\u0007e\r\nf",
    });
    expect(text).toContain("## Root Cause\n\nabc d e\nf\n");
  });
});

describe("an entry as Markdown", () => {
  const [record] = compileCatalog(readSources(sampleFiles())).records;
  if (record === undefined) throw new Error("the sample has entries");
  const [step] = record.workarounds;
  if (step === undefined) throw new Error("the sample has workarounds");

  it("says first what happened and what helps, then why, then who says so", () => {
    const text = recordMarkdown({
      ...record,
      official_doc_url: "https://example.org/",
      transition_graph: { ...record.transition_graph, leads_to: ["a/b"] },
    });
    const headings = [...text.matchAll(/^## (.+)$/gm)].map(([, heading]) => heading);
    expect(headings).toEqual([
      "What Happened",
      "What to Do",
      "What Not to Do",
      "How to Be Sure",
      "Questions That Tell",
      "Root Cause",
      "On the Wire",
      "What Each Program Prints",
      "Version Compatibility",
      "Official Documentation",
      "Related",
      "Sources",
    ]);
    expect(text).toContain("- **Fix Rate:** not measured yet");
  });

  it("numbers each source once", () => {
    const text = recordMarkdown(record);
    const listed = [...(text.split("## Sources\n\n")[1] ?? "").matchAll(/^(\d+)\. /gm)].map(([, number]) =>
      Number(number),
    );
    const used = [...text.matchAll(/\[(\d+)\]/g)].map(([, number]) => Number(number));
    expect(new Set(used)).toEqual(new Set(listed));
    expect(listed).toEqual(listed.map((_, index) => index + 1));
  });

  it("keeps what was claimed apart from what was measured", () => {
    const claimed = { rate: 0.85, tier: "ai_generated", evidence_count: 1, from: "a page" };
    const measured = {
      trials: 300,
      survived: 36,
      executed_twice: 2,
      never_settled: 0,
      interval: [0.088, 0.162] as [number, number],
      experiment: "holdfast prove x",
      says: "a policy of 4 attempts",
      by: [],
    };
    const rates = (value: Partial<typeof step>): string => {
      const text = recordMarkdown({ ...record, workarounds: [{ ...step, ...value }] });
      return /^1\. .*\((.*)\)$/m.exec(text.split("## What to Do")[1] ?? "")?.[1] ?? "";
    };
    expect(rates({ claimed: null, measured: null })).toBe("not measured yet");
    expect(rates({ claimed, measured: null })).toBe("claimed 85 %, trials unknown · not measured yet");
    expect(rates({ claimed, measured })).toBe(
      "claimed 85 %, trials unknown · measured: 12 % survived, n = 300 · 95 % interval 8.8 to 16.2 % · 2 executed twice",
    );
  });

  it("leaves no English interface on a Chinese page", () => {
    const text = recordMarkdown(record, { language: "zh" });
    for (const [heading] of text.matchAll(/^## .+$/gm)) expect(heading).toMatch(/\p{Script=Han}/u);
    expect(text).toContain("- **修复率:** 尚未测量");
  });

  it("makes no link of an address that is none of the web", () => {
    const page = (official_doc_url: string): string => recordMarkdown({ ...record, official_doc_url });
    expect(page("https://grpc.io/docs/")).toContain("<https://grpc.io/docs/>");
    for (const address of ["javascript:alert(1)", "https://a.example/> <script>alert(1)</script>"])
      expect(page(address)).toContain(`\`${address}\``);
  });
});
