/** Records of other people come out of our renderers exactly as the format's own files have them. */

import { describe, expect, it } from "vitest";
import { receivedRecord, type ReceivedRecord } from "../../src/record/received-record.ts";
import { recordJson } from "../../src/render/json.ts";
import { recordMarkdown } from "../../src/render/markdown.ts";
import { pageLines, pageRecord } from "./page-record.ts";
import {
  readReceived,
  receivedJson,
  receivedMarkdown,
  receivedPages,
  skippedNote,
  whySkipped,
} from "./received-folder.ts";

describe.skipIf(whySkipped !== undefined)(`the received records${skippedNote}`, () => {
  it("gives the received Markdown, byte for byte", () => {
    const record = JSON.parse(readReceived(receivedJson)) as ReceivedRecord;
    expect(recordMarkdown(record)).toBe(readReceived(receivedMarkdown));
  });

  it("gives the received JSON, byte for byte but for a final newline", () => {
    const text = readReceived(receivedJson);
    expect(recordJson(JSON.parse(text) as ReceivedRecord).trimEnd()).toBe(text.trimEnd());
  });

  it("accepts all of them as records", () => {
    expect(receivedRecord.safeParse(JSON.parse(readReceived(receivedJson))).error).toBeUndefined();
    for (const page of receivedPages) {
      const record = pageRecord(readReceived(page));
      expect(receivedRecord.safeParse(record).error).toBeUndefined();
      expect([record.workarounds.length, record.dead_ends.length], page).not.toContain(0);
    }
  });

  it.each(receivedPages)("loses nothing of a page on the way through a record: %s", (page) => {
    const text = readReceived(page);
    const record = JSON.stringify(pageRecord(text));
    // Sentences; numbers and headings have another form in a record.
    for (const line of pageLines(text).filter((each) => /[.。]$/.test(each))) {
      const sentence = line.replace(/^\d+\. (\d+% success )?/, "");
      expect(record).toContain(JSON.stringify(sentence).slice(1, -1));
    }
  });
});
