import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { defaultLimits } from "@holdfast/grpc/http2";
import { abuses } from "./abuses.ts";

const regressions = readFileSync(new URL("../../../grpc/test/sim/abuses.test.ts", import.meta.url), "utf8");
const page = readFileSync(new URL("../../../../SECURITY.md", import.meta.url), "utf8");

describe.each(abuses)("$name", ({ name, limits, shortened = {} }) => {
  it("has a regression test by its name", () => {
    expect(regressions).toMatch(new RegExp(`[ {("]${name}[":]`));
  });

  it("is in SECURITY.md, with every limit that is against it", () => {
    for (const word of [name, ...limits]) expect(page).toContain(`\`${word}\``);
  });

  it("shortens nothing that is no limit", () => {
    for (const limit of Object.keys(shortened)) expect(Object.keys(defaultLimits)).toContain(limit);
  });
});

it("no name is used twice", () => {
  const names = abuses.map(({ name }) => name);
  expect(new Set(names).size).toBe(names.length);
});
