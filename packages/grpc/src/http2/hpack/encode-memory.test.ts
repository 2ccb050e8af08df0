import { describe, expect, it } from "vitest";
import { ByteWriter } from "../bytes.ts";
import type { HeaderList } from "../header-list.ts";
import { EncodeMemory } from "./encode-memory.ts";

/** Keeps the first `length` items of a list, which became these octets. */
function keep(memory: EncodeMemory, list: HeaderList, length: number, ...octets: number[]): void {
  const writer = new ByteWriter();
  writer.u8(0xff);
  const mark = writer.mark();
  for (const octet of octets) writer.u8(octet);
  memory.keep(list, length, 0, writer, mark);
}

/** How many items were replayed, and the octets. */
function replay(memory: EncodeMemory, list: HeaderList, generation = 0): [items: number, octets: number[]] {
  const writer = new ByteWriter();
  const items = memory.replay(list, generation, writer);
  return [items, [...writer.detach()]];
}

const get = (path: string): string[] => [":method", "GET", ":scheme", "https", ":path", path];
const nothing = [0, []];

describe("what the encoder remembers of a list's front", () => {
  it("is what it became, for every list that begins so, in the same generation of the table", () => {
    const memory = new EncodeMemory();
    keep(memory, [...get("/a"), "te", "trailers"], 6, 1, 2, 3);
    expect(replay(memory, get("/a"))).toEqual([6, [1, 2, 3]]);
    expect(replay(memory, [...get("/a"), "te", "other"])).toEqual([6, [1, 2, 3]]);
    expect(replay(memory, get("/a"), 1)).toEqual(nothing);
    expect(replay(memory, [":method", "POST", ...get("/a").slice(2)])).toEqual(nothing);
    expect(replay(memory, get("/a").slice(0, 4))).toEqual(nothing);
  });

  it("is one front for each path, wherever the path stands, and for each status", () => {
    const memory = new EncodeMemory();
    const first = (path: string): string[] => [":path", path, ":method", "GET"];
    const fifth = (path: string): string[] => [
      ...get("x").slice(0, 4),
      ":authority",
      "a",
      ":protocol",
      "b",
      ":path",
      path,
    ];
    const lists = [first("/a"), first("/b"), get("/c"), get("/d"), fifth("/e"), fifth("/f")];
    for (const code of ["200", "404"]) lists.push([":status", code, "content-type", "application/grpc"]);
    lists.forEach((list, i) => keep(memory, list, list.length, i));
    expect(lists.map((list) => replay(memory, list))).toEqual(lists.map((list, i) => [list.length, [i]]));
  });

  it("is at least two fields: one is found as fast in the tables", () => {
    const memory = new EncodeMemory();
    keep(memory, [":status", "200", "date", "today"], 2, 1);
    expect(replay(memory, [":status", "200"])).toEqual(nothing);
    keep(memory, [":status", "200", "content-type", "a"], 4, 1, 2);
    expect(replay(memory, [":status", "200", "content-type", "a"])).toEqual([4, [1, 2]]);
  });

  it("reaches to the path, or paths with an id in them would each bring one", () => {
    const memory = new EncodeMemory();
    keep(memory, get("/orders/17"), 4, 1, 2);
    expect(replay(memory, get("/orders/17"))).toEqual(nothing);
  });

  it("is 64 fronts; with the next one it begins anew", () => {
    const memory = new EncodeMemory();
    const known = (): number =>
      Array.from({ length: 65 }, (_, i) => replay(memory, get(`/${i}`))[0]).filter(Boolean).length;
    for (let i = 0; i < 64; i++) keep(memory, get(`/${i}`), 6, i);
    expect(known()).toBe(64);
    keep(memory, get("/64"), 6, 64);
    expect(known()).toBe(1);
    expect(replay(memory, get("/64"))).toEqual([6, [64]]);
  });

  it("is nothing of an empty list", () => {
    expect(replay(new EncodeMemory(), [])).toEqual(nothing);
  });
});
