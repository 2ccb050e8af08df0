import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { runInNewContext } from "node:vm";
import { describe, expect, it } from "vitest";
import { bundlePage } from "./bundle-page.ts";

describe("a page's program", () => {
  it("is one classic script that holds its data, whatever is in it", async () => {
    const folder = mkdtempSync(path.join(tmpdir(), "holdfast-bundle-"));
    const data = { text: "</script>`${x}\u2028'\"\\ 中文" };
    writeFileSync(path.join(folder, "entry.js"), 'import { words } from "#page/words"; globalThis.seen = words;');
    const script = await bundlePage(path.join(folder, "entry.js"), "words", data);
    rmSync(folder, { recursive: true });
    const page: { seen?: unknown } = {};
    runInNewContext(script, page);
    expect(JSON.stringify(page.seen)).toBe(JSON.stringify(data));
  });

  // What the build left: the compiled package is there when tests run.
  it.each([
    // Letters; a quarter of it compressed, read once and cached. They grow with the catalog.
    ["explain.js", 900_000],
    ["search.js", 1_600_000],
  ])("cannot send anything, and brings no library along: %s", (name, most) => {
    const script = readFileSync(new URL(`../../dist/assets/${name}`, import.meta.url), "utf8");
    expect(script).toContain("tcp/fin-inflight");
    expect(script).not.toMatch(
      /\bfetch\(|XMLHttpRequest|WebSocket|EventSource|sendBeacon|\bimport\(|\brequire\(|\beval\(|new Function/,
    );
    expect(script).not.toMatch(/RE2JS|ZodType|MiniSearch/);
    expect(script.length).toBeLessThan(most);
  });

  it("brings the engine for expressions of others only where it is asked for, and that cannot send anything either", () => {
    const script = readFileSync(new URL("../../dist/assets/own-patterns.js", import.meta.url), "utf8");
    expect(script).toContain("holdfastCompileForeign");
    // The engine has a method called eval; the policy of the site lets no text run.
    expect(/\bfetch\(|XMLHttpRequest|WebSocket|\bimport\(|\brequire\(|new Function/.test(script)).toBe(false);
    expect(script.length).toBeLessThan(200_000); // 0.2 MB
  });
});
