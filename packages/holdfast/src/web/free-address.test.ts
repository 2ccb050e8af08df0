import { describe, expect, it } from "vitest";
import { entries } from "@holdfast/catalog";
import { addressProblem } from "./free-address.ts";

describe("an address", () => {
  it("can be every id and alias of ours", () => {
    for (const { id, aliases } of entries()) {
      for (const name of [id, ...aliases]) expect(addressProblem(name), name).toBeUndefined();
    }
  });

  it.each([
    ["our/v1.2-lights", undefined],
    ["zh/lights", "the site has other things under /zh/"],
    ["api/v1", "the site has other things under /api/"],
    ["our/lights.json", "reads like the name of a file on the site"],
    ["our/../../lights", "expected domain/slug, in small letters"],
    ["/etc/passwd", "expected domain/slug, in small letters"],
    ["graph", "expected domain/slug, in small letters"],
    ["Our/Lights", "expected domain/slug, in small letters"],
  ])("is not everything: %s", (name, problem) => {
    expect(addressProblem(name)).toBe(problem);
  });
});
