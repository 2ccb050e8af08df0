import { describe, expect, it } from "vitest";
import { compileCatalog } from "../build/compile-catalog.ts";
import { readSources } from "../build/read-sources.ts";
import { sampleFiles } from "../../test/build/sample-files.ts";
import { sampleReceived } from "../../test/received/sample-received.ts";
import { columnsOf } from "./fold-text.ts";
import { recordJson } from "./json.ts";
import { recordText } from "./text.ts";

const { records } = compileCatalog(readSources(sampleFiles()));

describe("a record on a terminal", () => {
  it("says all that a received record says", () => {
    expect(recordText(sampleReceived, { columns: 72, from: { path: "mine/a.json", isInPlace: true } }))
      .toBe(`lights are out: code 7
sample/lights-out · network_error · ai_generated · Resolvable: partial
Fix Rate: — · Confidence: 50% · Evidence: — · First Seen: —
Aliases: sample/dark
Tags: dark
A record of your own, in place of ours: mine/a.json

  Root Cause  Somebody turned the switch. [generic]
  中文        有人关了开关。

Workarounds
  1. Turn it back
     when you find it
     press \`on\`
     50% success · [1]
  2. Open the curtain

Dead Ends
  1. Shouting
     Lamps do not hear.
     95.5% fail
  2. Waiting brings only the morning.
     at night

Version Compatibility
  Sample 1.0 · active
  Sample 0.9 · gone · Introduced 2020 · Deprecated 2021 · removed 2022 ·
  dims first

Operating Systems
  linux: Look into the fuse box.

Related
  Leads to
    sample/stumble
  Often confused with
    sample/eyes-shut

Official Documentation
  Switches: https://example.org/lamps?a=1&b=2

Sources
  [1] a note
`);
  });

  it("says of a record of ours first what helps, and counts its sources up as they come", () => {
    const [record] = records;
    if (record === undefined) throw new Error("the sample has entries");
    const text = recordText(record);
    const headings = [...text.matchAll(/^[A-Z].*$/gm)].map(([line]) => line);
    const parts = [
      "What to Do",
      "What Not to Do",
      "How to Be Sure",
      "Questions That Tell",
      "Root Cause",
      "On the Wire",
    ];
    expect(headings.filter((line) => parts.includes(line))).toEqual(parts);
    const [body = "", list = ""] = text.split("\nSources\n");
    const seen = new Set([...body.matchAll(/\[(\d+)\]/g)].map(([, number]) => Number(number)));
    expect([...seen]).toEqual([...list.matchAll(/^ {2}\[(\d+)\]/gm)].map(([, number]) => Number(number)));
  });

  it("stays within the width, but for what is to be copied whole", () => {
    for (const record of records) {
      for (const language of ["en", "zh"] as const) {
        const whole = new Set([
          ...record.signatures.map(({ example }) => example),
          ...record.be_sure.map(({ run }) => run ?? ""),
          ...record.workarounds.flatMap(({ how }) => how.split("\n")),
          ...record.wire.map(({ frame }) => frame),
        ]);
        const long = recordText(record, { language, columns: 60 })
          .split("\n")
          .filter((line) => columnsOf(line) > 60 && / /.test(line.trim()))
          .filter((line) => ![...whole].some((each) => each !== "" && line.endsWith(each)));
        expect(long, record.id).toEqual([]);
      }
    }
  });

  it("paints without moving a letter", () => {
    const mark = (text: string): string => `\u0001${text}\u0002`;
    const paint = { strong: mark, faint: mark, good: mark, warn: mark, bad: mark };
    for (const record of [sampleReceived, ...records]) {
      const painted = recordText(record, { paint });
      expect(painted).toContain("\u0001");
      expect(painted.replaceAll(/[\u0001\u0002]/g, "")).toBe(recordText(record));
    }
  });

  it("prints nothing that a terminal obeys, in text as in JSON", () => {
    const evil = "a\u001b[2Jb\u009b1mc\u202ed\u0007";
    const record = {
      ...sampleReceived,
      signature: evil,
      root_cause: evil,
      os_specific: { [evil]: evil },
      tags: [evil],
    };
    expect(recordText(record)).not.toMatch(/(?!\n)[\p{Cc}\p{Cf}]/u);
    expect(recordJson(record)).not.toMatch(/(?!\n)[\p{Cc}\p{Cf}]/u);
    expect(JSON.parse(recordJson(record))).toEqual(record);
  });
});
