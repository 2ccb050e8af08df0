import { describe, expect, it } from "vitest";
import { methodPath, parseMethodPath } from "./method.ts";

describe("a method's path", () => {
  it("falls into service and method", () => {
    expect(parseMethodPath("/shop.v1.Shop/Read")).toEqual({ service: "shop.v1.Shop", method: "Read" });
    expect(parseMethodPath("/a/b/C")).toEqual({ service: "a/b", method: "C" });
    expect(parseMethodPath("/a/B")).toEqual({ service: "a", method: "B" });
    expect(methodPath({ service: "shop.v1.Shop", method: "Read" })).toBe("/shop.v1.Shop/Read");
  });

  it("is refused when a part is missing", () => {
    for (const path of ["", "/", "//", "/Read", "Shop/Read", "/Shop/", "//Read"]) {
      expect(parseMethodPath(path), path).toBeUndefined();
    }
  });
});
