import { describe, expect, it } from "vitest";
import { compileForeign } from "./foreign-pattern.ts";

describe("compileForeign", () => {
  it("compiles each expression with the text that it requires", async () => {
    const { patterns, problems } = await compileForeign([
      { id: "shop/closed", path: "records/closed.json", regex: "connection (reset|closed) by shop" },
      { id: "shop/any", path: "records/any.json", regex: "(?i)shop.*gone" },
    ]);
    expect(problems).toEqual([]);
    expect(patterns.map(({ id, literal }) => [id, literal])).toEqual([
      ["shop/closed", "connection "],
      ["shop/any", undefined],
    ]);
    expect(patterns[0]?.find("a connection closed by shop")).toEqual({ start: 2, end: 27, values: {} });
    expect(patterns[0]?.find("a connection closed by shop", 3)).toBeUndefined();
  });

  it("names path and reason of what cannot run in linear time or is no expression, and keeps the rest", async () => {
    const { patterns, problems } = await compileForeign([
      { id: "shop/back", path: "records/back.json", regex: "(a+)\\1" },
      { id: "shop/ahead", path: "records/ahead.json", regex: "foo(?=bar)" },
      { id: "shop/open", path: "records/open.json", regex: "foo(" },
      { id: "shop/huge", path: "records/huge.json", regex: "(a{1000}){1000}" }, // a million states, unrolled
      { id: "shop/fine", path: "records/fine.json", regex: "finely" },
    ]);
    expect(patterns.map(({ id }) => id)).toEqual(["shop/fine"]);
    expect(problems.map(({ path, id }) => [path, id])).toEqual([
      ["records/back.json", "shop/back"],
      ["records/ahead.json", "shop/ahead"],
      ["records/open.json", "shop/open"],
      ["records/huge.json", "shop/huge"],
    ]);
    for (const { reason } of problems) expect(reason).not.toBe("");
  });
});
