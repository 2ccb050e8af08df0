import { appendFileSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { JournalReader, openJournal } from "./journal.ts";

let folder = "";
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), "holdfast-journal-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

describe("a journal", () => {
  it("is read as it grows, each line once", () => {
    const file = path.join(folder, "j");
    const reader = new JournalReader(file);
    expect([...reader.lines()]).toEqual([]);
    const journal = openJournal(file);
    journal.write("h-r-000001");
    journal.write("h-r-000002");
    expect([...reader.lines()]).toEqual(["h-r-000001", "h-r-000002"]);
    journal.write("h-w-000003");
    expect([...reader.lines()]).toEqual(["h-w-000003"]);
    expect([...reader.lines()]).toEqual([]);
    reader.close();
  });

  it("gives a line only when it is whole", () => {
    const file = path.join(folder, "j");
    const reader = new JournalReader(file);
    appendFileSync(file, "h-r-0000");
    expect([...reader.lines()]).toEqual([]);
    appendFileSync(file, "01\nh");
    expect([...reader.lines()]).toEqual(["h-r-000001"]);
    reader.close();
  });

  it("may be longer than what is read at once", () => {
    const file = path.join(folder, "j");
    const ids = Array.from({ length: 20_000 }, (_, index) => `h-r-${String(index).padStart(6, "0")}`);
    appendFileSync(file, ids.map((id) => `${id}\n`).join(""));
    const reader = new JournalReader(file);
    expect([...reader.lines()]).toEqual(ids);
    reader.close();
  });
});
