import { execFileSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";

// What the build left: the compiled package is there when tests run.
const dist = path.resolve(import.meta.dirname, "../../dist");
const bundle = readFileSync(path.join(dist, "explain", "bundle.js"), "utf8");

describe("the module that `holdfast explain` loads", () => {
  it("loads the catalog's face and what reads files, nothing else", () => {
    const loaded = [...bundle.matchAll(/\bfrom ?"([^"]+)"/g)].map(([, name]) => name);
    expect(loaded.sort()).toEqual(["@holdfast/catalog/explain", "node:fs"]);
  });

  it("finds what only some calls need", () => {
    const later = [...bundle.matchAll(/\bimport\("(\.[^"]+)"\)/g)].map(([, name = ""]) => name);
    expect(later).toContain("./explanation-markdown.js");
    expect(later.filter((name) => !existsSync(path.join(dist, "explain", name)))).toEqual([]);
  });

  it.each([[[]], [["--markdown"]], [["--json"]], [["--lang", "zh", "--full"]]])("answers with %j", (flags) => {
    const argv = [path.join(dist, "main.js"), "explain", "14 UNAVAILABLE: Connection dropped", ...flags];
    expect(execFileSync(process.execPath, argv, { encoding: "utf8" })).toContain("tcp/fin-inflight");
  });
});
