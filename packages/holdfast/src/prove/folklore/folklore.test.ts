/** Advice is sorted by what was counted, against the control of the same programs. */
import { describe, expect, it } from "vitest";
import { entries, type EntryRecord } from "@holdfast/catalog";
import { triedAdvice } from "./advice.ts";
import { folkloreChapters } from "./folklore-chapters.ts";

type Rate = NonNullable<EntryRecord["workarounds"][number]["measured"]>;

function rate(rows: readonly (readonly [client: string, survived: number, twice: number])[]): Rate {
  const by = rows.map(([client, survived, executed_twice]) => {
    return {
      client,
      versions: {},
      trials: 60,
      survived,
      executed_twice,
      never_settled: 0,
      interval: [0, 1] as [number, number],
    };
  });
  const sum = (of: "survived" | "executed_twice" | "trials"): number => by.reduce((all, row) => all + row[of], 0);
  return {
    says: "set so",
    trials: sum("trials"),
    survived: sum("survived"),
    executed_twice: sum("executed_twice"),
    never_settled: 0,
    interval: [0, 1],
    experiment: "again",
    by,
  };
}

function recordWith(control: Rate, tried: Rate): EntryRecord {
  const [first] = entries();
  const [workaround] = first?.workarounds ?? [];
  if (first === undefined || workaround === undefined) throw new RangeError("the catalog has entries");
  const measured = {
    ...{ experiment: "again", says: "made", tier: "reproduced" as const, seed: 1, date: "2026-01-02", trials: 60 },
    ...{ stop_rule: "", machine: { cores: 1, system: "x" }, control, not_reproduced: [], texts: [], not_set: [] },
    ...{ skipped: [], recording: null },
  };
  return { ...first, measured, workarounds: [{ ...workaround, action: "Do | it.", measured: tried }], dead_ends: [] };
}

const effect = (control: Rate, tried: Rate) => triedAdvice([recordWith(control, tried)])[0]?.effect;
const nothing = rate([["a", 0, 0]]);

describe("tried advice", () => {
  it.each([
    ["helped", rate([["a", 50, 0]])],
    ["helped-at-a-price", rate([["a", 60, 30]])],
    ["no-difference", rate([["a", 2, 0]])],
    ["harmed", rate([["a", 0, 30]])],
  ])("%s", (expected, tried) => expect(effect(nothing, tried)).toBe(expected));

  it("is held against the control of the programs that it was tried with", () => {
    const control = rate([
      ["a", 55, 0],
      ["b", 0, 0],
    ]);
    expect(effect(control, rate([["a", 54, 0]]))).toBe("no-difference");
  });

  it("is a row that a table can hold", () => {
    const page = folkloreChapters(triedAdvice([recordWith(nothing, rate([["a", 50, 0]]))]));
    expect(page).toContain("## It helped (1)");
    expect(page).toMatch(/^\| Do \\\| it\. \(set so\) \| `[^`]+` \| 0 of 60 \| 50 of 60, 72 to 91 % \| 0 \| a \|$/m);
  });
});
