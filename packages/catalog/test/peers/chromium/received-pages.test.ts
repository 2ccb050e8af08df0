/**
 * The received records as pages in a real browser: read as text they hold every line of the received pages, in their
 * order. Needs Debian's Chromium and the folder of received records; without them these tests say so and pass, unless
 * HOLDFAST_PEERS=required asks for the browser.
 */

import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { chromium, type BrowserContext, type Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { recordHtmlDocument } from "../../../src/render/html.ts";
import type { ReceivedRecord } from "../../../src/record/received-record.ts";
import { pageLines, pageRecord } from "../../received/page-record.ts";
import { sampleReceived } from "../../received/sample-received.ts";
import { readReceived, receivedPages, skippedNote, whySkipped } from "../../received/received-folder.ts";
import { chromiumLaunch, chromiumNote, noChromium } from "./chromium.ts";

describe.skipIf(noChromium)(`records in Chromium${chromiumNote}`, () => {
  let profile = "";
  let context: BrowserContext;
  let page: Page;

  beforeAll(async () => {
    profile = mkdtempSync(path.join(tmpdir(), "holdfast-chromium-"));
    context = await chromium.launchPersistentContext(profile, chromiumLaunch);
    page = await context.newPage();
  }, 60_000);
  afterAll(async () => {
    await context.close();
    rmSync(profile, { recursive: true, force: true });
  });

  const linesOf = async (record: ReceivedRecord): Promise<readonly string[]> => {
    await page.setContent(recordHtmlDocument(record));
    return pageLines(await page.evaluate(() => document.body.innerText));
  };

  describe.skipIf(whySkipped !== undefined)(`the received pages${skippedNote}`, () => {
    it.each(receivedPages)("holds every line in its order: %s", async (name) => {
      const text = readReceived(name);
      const shown = (await linesOf(pageRecord(text))).map(letters);
      let from = 0;
      for (const line of pageLines(text)) {
        const at = shown.indexOf(letters(line), from);
        expect(at, `${line}\nafter: ${shown[from - 1] ?? "the beginning"}`).toBeGreaterThanOrEqual(0);
        from = at + 1;
      }
    });

    it.each(receivedPages)("leaves no badge and no line empty: %s", async (name) => {
      const record = pageRecord(readReceived(name));
      await linesOf(record);
      const badges = await page.locator(".badge").allInnerTexts();
      expect(badges).toHaveLength(record.error_code === null ? 4 : 5);
      expect(await emptyElements(page)).toEqual([]);
    });
  });

  it("shows a dash for what a version does not say", async () => {
    const lines = await linesOf(sampleReceived);
    expect(lines.map((line) => line.split("\t"))).toContainEqual(["Sample 1.0", "active", "—", "—", "—"]);
  });

  it("runs nothing and fetches nothing that a record brings", async () => {
    const asked: string[] = [];
    page.on("request", (request) => asked.push(request.url()));
    const evil = `<img src=x onerror="document.title='hit'"><script>document.title='hit'</script>"'>`;
    const title = `title ${evil}`;
    const record: ReceivedRecord = {
      ...sampleReceived,
      signature: title,
      root_cause: evil,
      error_code: evil,
      os_specific: { [evil]: evil },
      official_doc_url: "javascript:document.title='hit'",
      aliases: [evil],
    };
    const lines = await linesOf(record);
    expect(lines).toContain(title);
    expect(await page.title()).toBe(title);
    expect(await page.locator('img, script, a[href^="javascript:"]').count()).toBe(0);
    expect(asked).toEqual([]);
  });
});

/** Blanks aside: a table's cells are parted by tabs, and the pages lost their dashes on the way to text. */
function letters(line: string): string {
  return line.replaceAll(/\s+/g, "").replace(/—+$/, "");
}

function emptyElements(page: Page): Promise<string[]> {
  return page.evaluate(() =>
    [...document.body.querySelectorAll("p, span, li, dt, dd, td, th, h1, h2, a, code, pre, strong")]
      .filter((element) => (element.textContent ?? "").trim() === "")
      .map((element) => element.outerHTML),
  );
}
