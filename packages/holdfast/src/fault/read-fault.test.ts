/** What is written behind `--goaway` and its like, and the fault that comes of it. */

import { faultTable } from "@holdfast/lab/fault";
import { describe, expect, it } from "vitest";
import { noPaint } from "../demo/paint.ts";
import { faultListLines, faultListMarkdown } from "./fault-list.ts";
import { doingLine, faultPicture } from "./fault-picture.ts";
import { readFault } from "./read-fault.ts";

function read(id: string, text: string): string {
  const facts = faultTable.find((each) => each.id === id);
  if (facts === undefined) throw new Error(`no fault ${id}`);
  const found = readFault(facts, text);
  return found.kind === "read" ? found.fault.says : found.message;
}

describe("settings on the command line", () => {
  it.each([
    ["goaway", "after=97,code=11", "goaway after=97,code=ENHANCE_YOUR_CALM"],
    ["goaway", "97,code=enhance-your-calm", "goaway after=97,code=ENHANCE_YOUR_CALM"],
    ["goaway", "last=none", "goaway last=none"],
    ["goaway", "last=7", "goaway last=7"],
    ["drop", "idle=350s", "drop idle=350s"],
    ["rst-stream", "code=8,at=after-headers", "rst-stream code=CANCEL,at=after-headers"],
    ["delay", "50ms,jitter=20ms", "delay by=50ms,jitter=20ms"],
    ["limit-bytes", "64KiB,then=fin", "limit-bytes bytes=64KiB,then=fin"],
    ["trailers-wrong", "status=x=y", 'trailers-wrong status="x=y"'],
    ["fin", "probability=10%,connections=2", "fin probability=0.1,connections=2"],
    ["rst", "", "rst"],
  ])("%s %s", (id, text, says) => expect(read(id, text)).toBe(says));
});

describe("the list of faults", () => {
  it("names every fault and every setting", () => {
    const text = faultListLines(faultTable, 80, noPaint).join("\n");
    for (const { id } of faultTable) expect(text).toContain(`--${id}  `);
    expect(text).toContain("[idle=]         no octet either way");
  });

  it("is no wider than the terminal", () => {
    for (const columns of [60, 80, 140]) {
      const widest = Math.max(...faultListLines(faultTable, columns, noPaint).map((line) => line.length));
      expect(widest).toBeLessThanOrEqual(Math.max(columns, 80));
    }
  });

  it("is a table in Markdown, whose cells hold no bar", () => {
    for (const line of faultListMarkdown(faultTable).split("\n")) {
      if (line.startsWith("|")) expect(line.split("|")).toHaveLength(6);
    }
  });
});

describe("the picture", () => {
  const doing = { atMs: 1_234, connection: 3, fault: "goaway", what: "GOAWAY(NO_ERROR, last=5)" };

  it("fits, and holds counts and the newest doings", () => {
    const view = {
      places: "127.0.0.1:1 → shop:2",
      elapsedMs: 61_000,
      open: 1,
      accepted: 2,
      rows: [{ says: "goaway after=97", count: 1 }],
      newest: Array.from({ length: 30 }, () => doing),
    };
    const lines = faultPicture(view, 40, noPaint);
    expect(lines[0]).toBe("127.0.0.1:1 → shop:2   1:01   2 connecti");
    expect(lines).toContain("       1  goaway after=97");
    expect(lines).toHaveLength(15);
    expect(Math.max(...lines.map((line) => line.length))).toBe(40);
  });

  it("says when, where and what", () => {
    expect(doingLine(doing, noPaint)).toBe("    1.234 s  connection 3  goaway: GOAWAY(NO_ERROR, last=5)");
  });
});
