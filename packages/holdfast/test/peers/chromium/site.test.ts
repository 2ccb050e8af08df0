/**
 * The site in a real browser: paste an error, read the answer, answer its question, follow to the page; with the keyboard
 * alone, without JavaScript, from a disk, dark and narrow. Needs Debian's Chromium and the compiled package; without the
 * browser these tests say so and pass, unless HOLDFAST_PEERS=required.
 */

/// <reference lib="dom" />
/// <reference lib="dom.iterable" />

import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { chromium, type Browser, type BrowserContextOptions, type Page } from "playwright-core";
import { explain } from "@holdfast/catalog/explain";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { chromiumLaunch, chromiumNote, noChromium } from "../../../../catalog/test/peers/chromium/chromium.ts";
import { sampleReceived } from "../../../../catalog/test/received/sample-received.ts";
import { focusMark, namelessControls, weakTexts } from "./page-faults.ts";
import { openTestCatalog } from "../../open-catalog.ts";
import { createApp } from "../../../src/web/create-app.ts";
import { serveWeb, type WebServer } from "../../../src/web/serve-web.ts";
import { writeSite } from "../../../src/web/write-site.ts";

const dropped = "14 UNAVAILABLE: Connection dropped";
const title = "The connection was closed in the middle of a call";
/** An answer to the first question of that text which leaves its likeliest entry, and fewer beside it. */
const choice = narrowing(dropped);

describe.skipIf(noChromium)(`the site in Chromium${chromiumNote}`, () => {
  let browser: Browser;
  let server: WebServer;
  let folder = "";

  beforeAll(async () => {
    browser = await chromium.launch(chromiumLaunch);
    const catalog = await openTestCatalog();
    server = await serveWeb(createApp({ catalog }), "127.0.0.1", 0);
    folder = mkdtempSync(path.join(tmpdir(), "holdfast-site-"));
    writeSite(folder, catalog);
  }, 60_000);
  afterAll(async () => {
    await browser.close();
    await server.close();
    rmSync(folder, { recursive: true, force: true });
  });

  /** A page of its own, whose errors fail the test; `requests` counts what it asks for after it was loaded. */
  async function open(
    address: string,
    options: BrowserContextOptions = {},
    until: "load" | "networkidle" = "networkidle",
  ): Promise<{ readonly page: Page; readonly requests: string[]; close(): Promise<void> }> {
    const context = await browser.newContext(options);
    const page = await context.newPage();
    const errors: string[] = [];
    page.on("pageerror", ({ message }) => errors.push(message));
    page.on("console", (message) => {
      if (message.type() === "error" || message.type() === "warning") errors.push(message.text());
    });
    // The icon comes late.
    await page.goto(address, { waitUntil: until });
    const requests: string[] = [];
    page.on("request", (request) => requests.push(request.url()));
    return {
      page,
      requests,
      async close() {
        await context.close();
        expect(errors).toEqual([]);
      },
    };
  }

  const local = (name: string): string => pathToFileURL(path.join(folder, name)).href;
  const overflow = (page: Page): Promise<number> =>
    page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);

  const phone: BrowserContextOptions = { viewport: { width: 375, height: 812 }, hasTouch: true };

  it("answers a pasted error in the browser: nothing is sent", async () => {
    const { page, requests, close } = await open(`${server.url}/`);
    await page.fill("#text", `Authorization: Bearer abcdefghijklmnop\n${dropped}`);
    await page.getByRole("button", { name: "Explain" }).click();
    await page.getByRole("heading", { name: title }).waitFor();
    expect(requests).toEqual([]);
    expect(await page.locator("#answers").innerText()).not.toContain("abcdefghijklmnop");
    expect(page.url()).toBe(`${server.url}/`);
    await close();
  });

  it("narrows a tie by the answer to its question, and leads to the entry", async () => {
    const { page, requests, close } = await open(`${server.url}/`);
    await page.fill("#text", dropped);
    await page.getByRole("button", { name: "Explain" }).click();
    await page.locator(".tied li").first().waitFor();
    const before = await page.locator(".tied li").count();
    await page.locator(`button[value="${choice}"]`).click();
    await page
      .locator(".tied li")
      .nth(before - 1)
      .waitFor({ state: "detached" });
    expect(requests).toEqual([]);
    await page.locator(".finding h3 a").click();
    await page.waitForURL("**/tcp/fin-inflight");
    expect(await page.locator("h1").innerText()).toContain(title);
    await close();
  });

  it("can be used with the keyboard alone", async () => {
    const { page, close } = await open(`${server.url}/`);
    const focused = (): Promise<string> => page.evaluate(() => document.activeElement?.textContent?.trim() ?? "");
    await page.keyboard.press("Tab");
    expect(await focused()).toBe("Skip to the content");
    await page.keyboard.press("Enter");
    await page.keyboard.press("Tab");
    await page.keyboard.type(dropped);
    await page.keyboard.press("Control+Enter");
    await page.locator("#answer").waitFor();
    expect(await focused()).toBe("Answer");
    await page.keyboard.press("Tab");
    expect(await focused()).toBe(title);
    await page.keyboard.press("Enter");
    await page.waitForURL("**/tcp/fin-inflight");
    await close();
  });

  it("reaches every node of the graph with the keyboard, and shows its arrows", async () => {
    const { page, close } = await open(`${server.url}/graph`);
    const nodes = page.locator(".graph a");
    expect(await nodes.count()).toBeGreaterThan(50);
    const node = page.locator('.graph a[href="/tcp/fin-inflight"]');
    await node.focus();
    const arrows = node.locator(".own");
    expect(await arrows.evaluate((element) => getComputedStyle(element).visibility)).toBe("visible");
    await page.keyboard.press("Enter");
    await page.waitForURL("**/tcp/fin-inflight");
    await close();
  });

  it("shows the graph on a phone as a list, and as a picture to scroll and tap for those who ask", async () => {
    const { page, close } = await open(`${server.url}/graph`, phone);
    const picture = page.locator("#picture");
    expect(await picture.isVisible()).toBe(false);
    expect(await page.locator(".edges-list a").first().isVisible()).toBe(true);
    await page.getByRole("link", { name: "As a picture" }).tap();
    await picture.waitFor();
    const box = (await picture.boundingBox()) ?? expect.fail("there is no picture");
    expect([box.width <= 375, box.height < 812]).toEqual([true, true]);
    expect(await picture.evaluate(({ scrollWidth, clientWidth }) => scrollWidth > clientWidth)).toBe(true);
    expect(await overflow(page)).toBe(0);
    // What the eye meets first is a failure, not an empty corner.
    const first = page.locator(".graph a").first();
    expect((await first.locator("rect").boundingBox())?.height).toBeGreaterThanOrEqual(24); // WCAG 2.2, 2.5.8
    await first.locator("text").tap();
    await page.waitForURL(/\/[a-z0-9]+\/[a-z0-9-]+$/);
    await page.goBack();
    await page.getByRole("link", { name: "As a list" }).tap();
    await picture.waitFor({ state: "hidden" });
    await close();
  });

  it.each(["/", "/graph", "/search?q=goaway", "/tcp/fin-inflight", "/zh/api", "/symptoms"])(
    "names everything that can be used, and shows where the keyboard is: %s",
    async (address) => {
      // The live page keeps a line open.
      const { page, close } = await open(`${server.url}${address}`, {}, "load");
      expect(await page.evaluate(namelessControls)).toEqual([]);
      for (let step = 0; step < 12; step++) {
        await page.keyboard.press("Tab");
        expect(await page.evaluate(focusMark), `step ${step}`).not.toBe("none");
      }
      await close();
    },
  );

  it("reads a file that is chosen", async () => {
    const { page, requests, close } = await open(`${server.url}/zh/`);
    const log = `${"an ordinary line\n".repeat(200_000)}Error: ${dropped}\n`; // 3.4 MB: several pieces
    await page.setInputFiles("#file", { name: "app.log", mimeType: "text/plain", buffer: Buffer.from(log) });
    await page.locator(".finding").waitFor();
    expect(await page.locator(".finding .meta").innerText()).toContain("第 200001 行");
    expect(requests).toEqual([]);
    await close();
  });

  it("says of a file that it is empty, or cannot be read any more", async () => {
    const { page, close } = await open(`${server.url}/`);
    const choose = (text: string): Promise<void> =>
      page.setInputFiles("#file", { name: "app.log", mimeType: "text/plain", buffer: Buffer.from(text) });
    await choose("");
    await page.getByText("app.log is empty").waitFor();
    await page.evaluate(() => {
      Blob.prototype.arrayBuffer = () => Promise.reject(new DOMException("gone", "NotReadableError"));
    });
    await choose(dropped);
    await page.getByText("app.log cannot be read").waitFor();
    await close();
  });

  it("takes an answer to a question that the server asked before the program was there", async () => {
    const { page, close } = await open(`${server.url}/`);
    await page.fill("#text", dropped);
    await page.evaluate(() => {
      const form = document.getElementById("ask");
      if (form instanceof HTMLFormElement) form.submit();
    });
    const button = page.locator(`button[value="${choice}"]`);
    await button.waitFor();
    await page.waitForLoadState("networkidle");
    const before = await page.locator(".tied li").count();
    await button.click();
    await page
      .locator(".tied li")
      .nth(before - 1)
      .waitFor({ state: "detached" });
    await close();
  });

  it("says that it does not know, and shows a log as text", async () => {
    const { page, close } = await open(`${server.url}/`);
    await page.fill("#text", "grpc: order 7 is gone");
    await page.keyboard.press("Control+Enter");
    await page.locator(".unknown").waitFor();
    expect(await page.locator("#answers").innerText()).toContain("Not known here.");
    await page.fill("#text", `14 UNAVAILABLE: <img src=x onerror="document.title='broken'"> nobody ever saw this`);
    await page.keyboard.press("Control+Enter");
    await page.locator(".finding, .unknown .failed").filter({ hasText: "<img src=x" }).waitFor();
    expect(await page.locator("#answers img").count()).toBe(0);
    expect(await page.title()).not.toBe("broken");
    await close();
  });

  it("answers without JavaScript, by the server on this machine", async () => {
    const { page, requests, close } = await open(`${server.url}/`, { javaScriptEnabled: false });
    await page.fill("#text", dropped);
    await page.getByRole("button", { name: "Explain" }).click();
    await page.getByRole("heading", { name: title }).waitFor();
    const before = await page.locator(".tied li").count();
    await page.locator(`button[value="${choice}"]`).click();
    await page
      .locator(".tied li")
      .nth(before - 1)
      .waitFor({ state: "detached" });
    expect(await page.locator("#text").inputValue()).toBe(dropped);
    expect(requests.every((address) => address.startsWith(server.url))).toBe(true);
    expect(page.url()).not.toContain("UNAVAILABLE");
    await close();
  });

  it("works from a disk: style, answer, search, links", async () => {
    const { page, requests, close } = await open(local("index.html"));
    await page.fill("#text", dropped);
    await page.getByRole("button", { name: "Explain" }).click();
    await page.locator(".finding h3 a").click();
    await page.getByRole("heading", { name: title }).first().waitFor();
    expect(await page.evaluate(() => getComputedStyle(document.body).marginTop)).toBe("0px");
    await page.getByRole("link", { name: "Search" }).click();
    await page.fill("#words", "too many pings");
    await page.locator(".hits a").first().click();
    expect(await page.locator("h1").innerText()).not.toBe("");
    await page.getByRole("link", { name: "中文" }).first().click();
    expect(await page.locator("html").getAttribute("lang")).toBe("zh-Hans");
    expect(requests.every((address) => address.startsWith("file:"))).toBe(true);
    await close();
  });

  describe("with records of one's own", () => {
    const text = "app: lights are out: code 42";
    let own: WebServer;
    let exported = "";

    beforeAll(async () => {
      const records = path.join(folder, "..", `${path.basename(folder)}-own`);
      mkdirSync(records);
      writeFileSync(path.join(records, "lights.json"), JSON.stringify(sampleReceived));
      const catalog = await openTestCatalog(records);
      own = await serveWeb(createApp({ catalog }), "127.0.0.1", 0);
      exported = path.join(folder, "own");
      writeSite(exported, catalog);
      rmSync(records, { recursive: true });
    });
    afterAll(() => own.close());

    it("finds them in the browser, with their words, beside ours", async () => {
      const { page, requests, close } = await open(`${own.url}/`);
      await page.fill("#text", `${text}\n${dropped}`);
      await page.keyboard.press("Control+Enter");
      await page.getByRole("heading", { name: sampleReceived.signature }).waitFor();
      expect(await page.locator(".finding").count()).toBe(2);
      expect(await page.locator(".finding .meta").first().innerText()).toContain("your own record, lights.json");
      expect(requests).toEqual([]);
      await close();
    });

    it("finds them from a disk: answer, search, page, other name", async () => {
      const at = (name: string): string => pathToFileURL(path.join(exported, name)).href;
      const { page, close } = await open(at("zh/index.html"));
      await page.fill("#text", text);
      await page.keyboard.press("Control+Enter");
      await page.locator(".finding h3 a").click();
      await page.waitForURL("**/zh/sample/lights-out.html");
      expect(await page.locator(".own-notice").innerText()).toContain("lights.json");
      await page.goto(at("search.html"));
      await page.fill("#words", "curtain");
      expect(await page.locator(".hits .id").allInnerTexts()).toEqual(["sample/lights-out"]);
      await page.goto(at("sample/dark.html"));
      await page.waitForURL("**/sample/lights-out.html");
      await close();
    });
  });

  it("says in an exported page without JavaScript what to type instead", async () => {
    const { page, close } = await open(local("zh/index.html"), { javaScriptEnabled: false });
    expect(await page.locator("main").innerText()).toContain("npx holdfast explain");
    expect(await page.getByRole("button", { name: "解释" }).isVisible()).toBe(false);
    await close();
  });

  it.each([
    "/",
    "/zh/",
    "/entries",
    "/symptoms",
    "/causes",
    "/zh/graph",
    "/search?q=goaway",
    "/zh/tcp/fin-inflight",
    "/api",
  ])("fits a window of 360 pixels: %s", async (address) => {
    const { page, close } = await open(`${server.url}${address}`, { viewport: { width: 360, height: 740 } });
    expect(await overflow(page)).toBe(0);
    await close();
  });

  it.each(["light", "dark"] as const)("has contrast enough to be read (WCAG 2.2, 1.4.3): %s", async (colorScheme) => {
    for (const address of ["/tcp/fin-inflight", "/zh/", "/graph", "/symptoms"]) {
      const { page, close } = await open(`${server.url}${address}`, { colorScheme });
      expect(await page.evaluate(weakTexts), address).toEqual([]);
      await close();
    }
  });
});

function narrowing(text: string): string {
  const [before] = explain(text).findings;
  const { id = "", answers = [] } = before?.question ?? {};
  const answer = answers.find((each) => {
    const [now] = explain(text, { answers: { [id]: each } }).findings;
    return now !== undefined && now.id === before?.id && now.tied.length < before.tied.length;
  });
  return `${id}=${answer ?? ""}`;
}
