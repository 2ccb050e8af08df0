/** The exported site as a whole: what it holds, and that nothing in it points nowhere. */

import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openTestCatalog } from "../../test/open-catalog.ts";
import type { CatalogView } from "./catalog-view.ts";
import { writeSite } from "./write-site.ts";

let catalog: CatalogView;
let home = "";
let folder = "";
let written = 0;

beforeAll(async () => {
  home = mkdtempSync(path.join(tmpdir(), "holdfast-site-"));
  folder = path.join(home, "new", "site");
  catalog = await openTestCatalog();
  written = writeSite(folder, catalog, { url: "https://example.org/errors" }).files;
});
afterAll(() => {
  rmSync(home, { recursive: true, force: true });
});

const names = (): readonly string[] =>
  readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((name) => /\.\w+$/.test(name));
const read = (name: string): string => readFileSync(path.join(folder, name), "utf8");
const pages = (): readonly string[] => names().filter((name) => name.endsWith(".html"));

describe("the exported site", () => {
  it("counts its files and holds both languages of everything", () => {
    expect(written).toBe(names().filter((name) => name !== ".holdfast-site").length);
    const english = pages().filter((name) => !name.startsWith("zh"));
    expect(
      pages()
        .filter((name) => name.startsWith("zh"))
        .map((name) => name.slice(3)),
    ).toEqual(english);
    for (const name of [
      "openapi.json",
      "entries.ndjson",
      "llms.txt",
      "sitemap.xml",
      "robots.txt",
      "api/v1/entries.json",
    ])
      expect(existsSync(path.join(folder, name)), name).toBe(true);
  });

  it("has no link, form or file that leads nowhere, and none that depends on where it lies", () => {
    const dead: string[] = [];
    for (const name of pages()) {
      for (const [, , address = ""] of read(name).matchAll(/ (href|src|action|data-entry)="([^"]*)"/g)) {
        if (/^https?:/.test(address)) continue;
        const [file = "", fragment] = address.replace("domain/slug", "tcp/fin-inflight").split("#");
        const target = file === "" ? name : path.join(path.dirname(name), file);
        if (file.startsWith("/") || !existsSync(path.join(folder, target))) dead.push(`${name}: ${address}`);
        else if (fragment !== undefined && !read(target).includes(` id="${fragment}"`))
          dead.push(`${name}: ${address}`);
      }
    }
    expect(dead).toEqual([]);
  });

  it("names in llms.txt and in the sitemap only what is there", () => {
    const listed = [...read("llms.txt").matchAll(/\]\(([^)]*)\)/g)].map(([, address = ""]) => address);
    const mapped = [...read("sitemap.xml").matchAll(/<loc>([^<]*)<\/loc>/g)].map(([, address = ""]) => address);
    expect(listed.length).toBeGreaterThan(90);
    expect(mapped).toHaveLength(pages().length);
    for (const name of listed) expect(existsSync(path.join(folder, name)), name).toBe(true);
    for (const address of mapped) {
      const name = address.replace("https://example.org/errors/", "");
      expect(existsSync(path.join(folder, name)), address).toBe(true);
    }
  });

  it("is sound HTML: one title, one first heading, headings in order, no id twice, no empty name", () => {
    for (const name of pages()) {
      const page = read(name);
      const ids = [...page.matchAll(/ id="([^"]*)"/g)].map(([, id = ""]) => id);
      const levels = [...page.matchAll(/<h([1-6])[\s>]/g)].map(([, level = ""]) => Number(level));
      expect(page.startsWith("<!doctype html>"), name).toBe(true);
      expect(page.match(/<title>[^<]+<\/title>(?=[^]*<\/head>)/g), name).toHaveLength(1);
      expect(
        levels.filter((level) => level === 1),
        name,
      ).toHaveLength(1);
      for (const [index, level] of levels.entries())
        expect(level - (levels[index - 1] ?? 0), name).toBeLessThanOrEqual(1);
      expect(new Set(ids).size, name).toBe(ids.length);
      expect(page, name).not.toMatch(/<(a|button|h[1-6]|li|dt|dd)(\s[^>]*)?>\s*<\/\1>/);
      expect(page, name).not.toMatch(/[>"]undefined[<"]|\[object |[>"]NaN/);
    }
  });

  it("closes every element that it opens, in order", () => {
    const empty = /^(?:meta|link|input|hr|br|img|path|rect|!doctype)$/;
    for (const name of pages()) {
      const stack: string[] = [];
      const wrong: string[] = [];
      for (const [, end = "", tag = "", rest = ""] of read(name).matchAll(/<(\/?)([!\w]+)((?:\s[^<>]*)?)>/g)) {
        if (end === "" && !empty.test(tag) && !rest.endsWith("/")) stack.push(tag);
        else if (end === "/" && stack.pop() !== tag) wrong.push(tag);
      }
      expect([name, wrong, stack]).toEqual([name, [], []]);
    }
  });

  it("gives the box of an exported page no name, so that no text gets into an address", () => {
    for (const name of ["index.html", "zh/index.html"]) {
      expect(read(name)).toMatch(/<textarea\s/);
      expect(/<textarea[^>]*>/.exec(read(name))?.[0]).not.toContain("name=");
      expect(read(name)).toContain("npx holdfast explain");
    }
  });
});

describe("the folder", () => {
  it("is written again when it was ours, and loses what is no longer there", async () => {
    const list = path.join(folder, ".holdfast-site");
    writeFileSync(path.join(folder, "gone.html"), "old");
    writeFileSync(path.join(folder, "mine.txt"), "mine");
    writeFileSync(path.join(home, "outside.txt"), "outside");
    mkdirSync(path.join(home, "linked"));
    writeFileSync(path.join(home, "linked", "kept.txt"), "kept");
    symlinkSync(path.join(home, "linked"), path.join(folder, "link"));
    writeFileSync(
      list,
      `${readFileSync(list, "utf8")}gone.html\n../../outside.txt\n.\nlink/kept.txt\nnever/was.html\n`,
    );
    expect(writeSite(folder, catalog).files).toBe(written);
    expect(existsSync(path.join(folder, "gone.html"))).toBe(false);
    expect(existsSync(path.join(folder, "mine.txt"))).toBe(true);
    expect(existsSync(path.join(home, "outside.txt"))).toBe(true);
    expect(existsSync(path.join(home, "linked", "kept.txt"))).toBe(true);
  });

  it("is refused when it holds files of somebody else, unless one insists", async () => {
    const other = path.join(home, "other");
    mkdirSync(other);
    writeFileSync(path.join(other, "mine.txt"), "mine");
    expect(() => writeSite(other, catalog)).toThrow("holds files that no export wrote");
    expect(readdirSync(other)).toEqual(["mine.txt"]);
    writeSite(other, catalog, { isForced: true });
    expect(readFileSync(path.join(other, "mine.txt"), "utf8")).toBe("mine");
  });

  it("takes another try when the first broke off", async () => {
    const broken = path.join(home, "broken");
    mkdirSync(path.join(broken, "robots.txt"), { recursive: true });
    expect(() => writeSite(broken, catalog, { isForced: true })).toThrow("cannot be written");
    rmSync(path.join(broken, "robots.txt"), { recursive: true });
    expect(writeSite(broken, catalog).files).toBe(written);
  });

  it("must be a folder", async () => {
    const file = path.join(home, "file");
    writeFileSync(file, "");
    expect(() => writeSite(file, catalog)).toThrow("is a file; name a folder");
    expect(() => writeSite(path.join(file, "below"), catalog)).toThrow("cannot be written");
  });

  it.runIf(process.platform === "linux")("must be where folders can be made", async () => {
    expect(() => writeSite("/proc/site/errors", catalog)).toThrow("cannot be written: /proc takes no new folders");
  });
});
