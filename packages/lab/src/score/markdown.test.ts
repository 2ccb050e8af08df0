import { describe, expect, it } from "vitest";
import { renderTables } from "./markdown.ts";
import type { ScoreResult } from "./score-record.ts";

function scored(row: string, client: string, ok: number, codes: Record<string, number> = {}): ScoreResult {
  const table = row.includes("KB") ? "M2" : "M1";
  const record = {
    table,
    row,
    client,
    calls: 20,
    ok,
    failed: 19 - ok,
    executedTwice: 2,
    neverSettled: 1,
    codes,
  } as const;
  return { kind: "scored", record, notes: [] };
}

describe("renderTables", () => {
  it("shows a column for each client, a row for each event, and who did not run", () => {
    const text = renderTables([
      scored("E", "a", 17, { UNAVAILABLE: 2 }),
      scored("E/tls", "a", 19),
      scored("E", "b", 19),
      scored("single/10KB", "a", 19),
      { kind: "skipped", row: "E", client: "c", why: "not here" },
      { kind: "skipped", row: "F", client: "c", why: "not here either" },
    ]);
    const lines = text.split("\n");
    expect(lines).toContain("| row | the peer sends | a | b |");
    expect(lines.find((line) => line.startsWith("| E |"))).toMatch(
      /ENHANCE_YOUR_CALM.* \| 17\/20<br>2 UNAVAILABLE<br>2x 2<br>never 1 \| 19\/20<br>2x 2<br>never 1 \|$/,
    );
    expect(lines.find((line) => line.startsWith("| E/tls |"))).toMatch(/ENHANCE_YOUR_CALM.* \| 19\/20.* \| – \|$/);
    expect(lines.find((line) => line.startsWith("| single/10KB |"))).toContain("last = newest seen");
    expect(lines.filter((line) => line.includes("did not run"))).toEqual(["- c did not run: not here"]);
  });
});
