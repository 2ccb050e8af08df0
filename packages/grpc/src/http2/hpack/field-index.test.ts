import { describe, expect, it } from "vitest";
import { FieldIndex } from "./field-index.ts";

describe("field index", () => {
  it("knows the static table: names at their first place, pairs at their own", () => {
    const index = new FieldIndex([]);
    expect(index.record(":status").staticIndex).toBe(8);
    expect(index.record(":status").places.get("500")).toBe(-14);
    expect(index.record("www-authenticate").staticIndex).toBe(61);
    expect(index.record("te").staticIndex).toBe(0);
  });

  it("keeps what it knows of a name that the rules or the static table know, used or not", () => {
    const index = new FieldIndex(["x-api-key"]);
    for (const name of ["content-type", "grpc-timeout", "www-authenticate", "x-api-key"])
      expect(index.record(name), name).toBe(index.record(name));
  });

  it("knows a pair while the dynamic table has it", () => {
    const index = new FieldIndex([]);
    const record = index.record("content-type");
    index.add("content-type", "a", record, 1);
    index.add("content-type", "b", record, 2);
    index.remove("content-type", "a", 1);
    expect(record.places.has("a")).toBe(false);
    expect(record.places.get("b")).toBe(2);
    expect(record.newestId).toBe(2);
    index.remove("content-type", "b", 2);
    expect(record.newestId).toBe(0);
    expect(index.record("content-type")).toBe(record);
  });

  it("forgets an unknown name with its last entry, so that made-up names do not pile up", () => {
    const index = new FieldIndex([]);
    const record = index.record("x-made-up");
    expect(index.record("x-made-up")).not.toBe(record);
    index.add("x-made-up", "1", record, 1);
    index.add("x-made-up", "2", record, 2);
    expect(index.record("x-made-up")).toBe(record);
    index.remove("x-made-up", "1", 1);
    expect(index.record("x-made-up")).toBe(record);
    index.remove("x-made-up", "2", 2);
    expect(index.record("x-made-up")).not.toBe(record);
  });

  it("takes the application's word on secrets over its own rules", () => {
    expect(new FieldIndex([]).record("user-agent").indexing).toBe("first-sight");
    expect(new FieldIndex(["user-agent"]).record("user-agent").indexing).toBe("secret");
    expect(new FieldIndex([]).record("x-trace-bin").indexing).toBe("changing");
    expect(new FieldIndex([]).record("x-tenant").indexing).toBe("repeats");
  });
});
