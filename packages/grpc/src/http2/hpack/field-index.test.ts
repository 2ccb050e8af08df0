import { describe, expect, it } from "vitest";
import { FieldIndex } from "./field-index.ts";

describe("field index", () => {
  it("knows the static table: names at their first place, pairs at their own", () => {
    const index = new FieldIndex([]);
    expect(index.record(":status").staticIndex).toBe(8);
    expect(index.placeOf(index.record(":status"), "500")).toBe(-14);
    expect(index.placeOf(index.record(":status"), "501")).toBe(0);
    expect(index.record("www-authenticate").staticIndex).toBe(61);
    expect(index.record("te").staticIndex).toBe(0);
  });

  it("shares what it knows of a name that the rules or the static table know, and has no entry", () => {
    for (const name of ["content-type", "grpc-timeout", "www-authenticate"])
      expect(new FieldIndex([]).record(name), name).toBe(new FieldIndex([]).record(name));
    expect(new FieldIndex([]).record("x-made-up")).not.toBe(new FieldIndex([]).record("x-made-up"));
  });

  it("knows a pair while the dynamic table has it", () => {
    const index = new FieldIndex([]);
    const place = (value: string) => index.placeOf(index.record("content-type"), value);
    const before = index.record("content-type");
    index.add("content-type", "a", 1);
    index.add("content-type", "b", 2);
    expect([place("a"), place("b"), place("c")]).toEqual([1, 2, 0]);
    index.remove("content-type", "a", 1);
    expect([place("a"), place("b")]).toEqual([0, 2]);
    expect(index.record("content-type").newestId).toBe(2);
    index.remove("content-type", "b", 2);
    expect(place("b")).toBe(0);
    expect(index.record("content-type")).toBe(before);
    expect(before.newestId).toBe(0);
  });

  it("keeps a pair that was inserted twice until both entries are gone", () => {
    const index = new FieldIndex([]);
    for (const [id, value] of ["a", "b", "a", "c"].entries()) index.add("x-a", value, id + 1);
    index.remove("x-a", "a", 1);
    expect(index.placeOf(index.record("x-a"), "a")).toBe(3);
    expect(index.placeOf(index.record("x-a"), "b")).toBe(2);
  });

  it("keeps the entries of one connection from another", () => {
    const [one, other] = [new FieldIndex([]), new FieldIndex([])];
    one.add("content-type", "a", 1);
    expect(other.placeOf(other.record("content-type"), "a")).toBe(0);
    expect(other.record("content-type").newestId).toBe(0);
  });

  it("forgets an unknown name with its last entry, so that made-up names do not pile up", () => {
    const index = new FieldIndex([]);
    expect(index.record("x-made-up")).not.toBe(index.record("x-made-up"));
    index.add("x-made-up", "1", 1);
    index.add("x-made-up", "2", 2);
    const record = index.record("x-made-up");
    index.remove("x-made-up", "1", 1);
    expect(index.record("x-made-up")).toBe(record);
    index.remove("x-made-up", "2", 2);
    expect(index.record("x-made-up")).not.toBe(index.record("x-made-up"));
  });

  it("takes the application's word on secrets over its own rules", () => {
    expect(new FieldIndex([]).record("user-agent").indexing).toBe("first-sight");
    expect(new FieldIndex(["user-agent"]).record("user-agent").indexing).toBe("secret");
    expect(new FieldIndex([]).record("user-agent").indexing).toBe("first-sight");
    expect(new FieldIndex([]).record("x-trace-bin").indexing).toBe("changing");
    expect(new FieldIndex([]).record("x-tenant").indexing).toBe("repeats");
  });
});
