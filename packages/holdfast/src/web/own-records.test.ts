/** A site with records that somebody brought along: they are everywhere that ours are, and it says whose they are. */

import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { runInNewContext } from "node:vm";
import type { Hono } from "hono";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { sampleReceived } from "../../../catalog/test/received/sample-received.ts";
import { openTestCatalog } from "../../test/open-catalog.ts";
import { createApp } from "./create-app.ts";
import type { OwnRecords } from "./own-records.ts";
import { writeSite } from "./write-site.ts";

const ourId = "tcp/fin-inflight";
const text = "app: lights are out: code 42";
const home = mkdtempSync(path.join(tmpdir(), "holdfast-own-"));
const brought = path.join(home, "brought");
const aliases = ["sample/dark", "sample/dark.json", "../../outside"];
const inPlace = { ...sampleReceived, id: ourId, signature: "ours, but better", regex: null, aliases: [] };
let app: Hono;

const folderOf = (name: string, records: readonly object[]): string => {
  const folder = path.join(home, name);
  mkdirSync(folder, { recursive: true });
  for (const [index, record] of records.entries()) {
    writeFileSync(path.join(folder, `${index}.json`), JSON.stringify(record));
  }
  return folder;
};
const get = async (address: string): Promise<string> => {
  const response = await app.request(`http://127.0.0.1${address}`);
  expect(response.status, address).toBe(200);
  return response.text();
};

beforeAll(async () => {
  folderOf("brought", [{ ...sampleReceived, aliases }, inPlace]);
  app = createApp({ catalog: await openTestCatalog(brought) });
});
afterAll(() => {
  rmSync(home, { recursive: true, force: true });
});

describe("records of one's own, served", () => {
  it.each([
    ["/sample/lights-out", "your own record, 0.json (ai_generated)"],
    ["/zh/sample/lights-out", "你自己的记录，0.json（ai_generated）"],
    [`/${ourId}`, "It takes the place of Holdfast&#39;s entry"],
    [`/${ourId}`, "ours, but better"],
    ["/", "2 records of your own"],
    ["/zh/", "你自己的 2 条记录"],
    ["/entries", "your own, 0.json"],
    ["/symptoms", "lights are out: code 7"],
    ["/search?q=curtain", "sample/lights-out"],
    ["/api/v1/entries?domain=sample", '"from": "0.json"'],
    ["/api/v1/entries?q=switch", '"id": "sample/lights-out"'],
    ["/api/v1/entries/sample/lights-out", '"signature": "lights are out: code 7"'],
    ["/sample/lights-out.md", "lights are out"],
    ["/entries.ndjson", '"id":"sample/lights-out"'],
    ["/llms.txt", "(/sample/lights-out.md)"],
    ["/sitemap.xml", "/sample/lights-out<"],
  ])("stand at %s", async (address, essential) => {
    expect(await get(address)).toContain(essential);
  });

  it("do not tell where their folder is", async () => {
    const pages = ["/", "/sample/lights-out", "/entries", "/assets/own-records.js", "/api/v1/entries"];
    for (const address of pages) expect(await get(address)).not.toContain(home);
  });

  it("are explained by the server, with the words that there are and no empty ones", async () => {
    const response = await app.request("http://127.0.0.1/api/v1/explain", { method: "POST", body: text });
    expect(await response.json()).toMatchObject({
      known: true,
      findings: [{ id: "sample/lights-out", from: "0.json" }],
    });
    const form = new URLSearchParams({ text }).toString();
    const headers = { "content-type": "application/x-www-form-urlencoded" };
    const page = await (await app.request("http://127.0.0.1/", { method: "POST", headers, body: form })).text();
    expect(page).toContain("your own record, 0.json (ai_generated)");
    expect(page).toContain("<dt>Happened</dt>");
    expect(page).not.toMatch(/<dt>(?:By whom|Why)<\/dt>|<dd[^>]*>\s*<\/dd>/);
  });

  it("bring their scripts to the pages that need them, and to no page of a site without", async () => {
    const scripts = (page: string): readonly string[] =>
      [...page.matchAll(/<script[^>]* src="([^"]+)"/g)].map(([, source = ""]) => source);
    expect(scripts(await get("/"))).toEqual([
      "/assets/own-patterns.js",
      "/assets/own-records.js",
      "/assets/explain.js",
    ]);
    for (const source of scripts(await get("/"))) await get(source);
    const bare = createApp({ catalog: await openTestCatalog() });
    expect(scripts(await (await bare.request("http://127.0.0.1/")).text())).toEqual(["/assets/explain.js"]);
    expect((await bare.request("http://127.0.0.1/assets/own-records.js")).status).toBe(404);
  });

  it("reach the page whole", async () => {
    const page: { holdfastOwnRecords?: OwnRecords } = {};
    runInNewContext(await get("/assets/own-records.js"), page);
    const { sources, words, documents } = page.holdfastOwnRecords ?? expect.fail("nothing was set");
    expect(sources.map(({ id, path: from }) => [id, from])).toEqual([["sample/lights-out", "0.json"]]);
    expect(words.zh.entries["sample/lights-out"]?.title).toBe("灯灭了：代码 7");
    expect(documents.map(({ id }) => id)).toEqual(["sample/lights-out", ourId]);
  });

  it("answer to their other names, of which those that are no addresses are left out", async () => {
    const response = await app.request("http://127.0.0.1/zh/sample/dark.md");
    expect([response.status, response.headers.get("location")]).toEqual([301, "/zh/sample/lights-out.md"]);
  });
});

describe("a folder that does not fit on a site", () => {
  it.each([
    ["zh/lights", "0.json: id: zh/lights: the site has other things under /zh/"],
    ["our/lights.json", "0.json: id: our/lights.json: reads like the name of a file on the site"],
  ])("is refused by the path of the file: %s", async (id, message) => {
    const folder = folderOf(id.replaceAll("/", "-"), [{ ...sampleReceived, id }]);
    await expect(openTestCatalog(folder)).rejects.toThrow(path.join(folder, message));
  });

  it("is refused when an expression cannot run in linear time", async () => {
    const folder = folderOf("regex", [{ ...sampleReceived, regex: "(a)\\1" }]);
    await expect(openTestCatalog(folder)).rejects.toThrow(`${path.join(folder, "0.json")}: regex: refused`);
  });
});

describe("records of one's own, exported", () => {
  it("are files like all others, also under their other names, and none lies outside", async () => {
    const out = path.join(home, "below", "site");
    writeSite(out, await openTestCatalog(brought));
    const read = (name: string): string => readFileSync(path.join(out, name), "utf8");
    expect(read("sample/lights-out.html")).toContain("your own record, 0.json");
    expect(read("index.html")).toContain('src="assets/own-patterns.js"');
    expect(read("search.html")).toContain('src="assets/own-records.js"');
    expect(read("zh/sample/dark.html")).toContain('content="0; url=lights-out.html"');
    expect(read("sample/dark.json")).toBe(read("sample/lights-out.json"));
    expect(() => readFileSync(path.join(home, "outside.html"))).toThrow("ENOENT");
  });
});
