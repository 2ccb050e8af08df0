import { describe, expect, it } from "vitest";
import type { TableEntry } from "../match/signature-table.ts";
import { EntryList } from "./entry-list.ts";

const ours: TableEntry = { id: "tcp/fin", aliases: ["tcp/closed"], processed: "no", confusedWith: [] };
const brought = (id: string) => ({ id, path: `own/${id}.json`, regex: "x", find: () => undefined });

describe("the entries that answers name", () => {
  it("are ours by id and by alias", () => {
    const list = new EntryList([ours], []);
    expect(list.named("tcp/closed")).toEqual({ id: "tcp/fin", processed: "no" });
  });

  it("take the place of ours when they have its id", () => {
    const list = new EntryList([ours], [brought("tcp/fin")]);
    expect(list.at(0)).toEqual({ id: "tcp/fin", processed: "no", from: "own/tcp/fin.json" });
    expect(list.named("tcp/closed")?.from).toBe("own/tcp/fin.json");
  });

  it("stand beside ours when they only have its alias", () => {
    const list = new EntryList([ours], [brought("tcp/closed")]);
    expect(list.at(0)).toEqual({ id: "tcp/fin", processed: "no" });
    expect(list.named("tcp/closed")).toEqual({ id: "tcp/closed", processed: "depends", from: "own/tcp/closed.json" });
  });
});
