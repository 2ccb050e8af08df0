/**
 * The live demo as a visitor has it: `holdfast web` as it is built, real processes under restarts, two windows of a real
 * browser. Needs Debian's Chromium; without it this test says so and passes, unless HOLDFAST_PEERS=required.
 */

import type { ChildProcessByStdio } from "node:child_process";
import { spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import type { Readable } from "node:stream";
import { fileURLToPath } from "node:url";
import { chromium, type BrowserContext, type Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { chromiumLaunch, chromiumNote, noChromium } from "../../../catalog/test/peers/chromium/chromium.ts";

const program = fileURLToPath(new URL("../../dist/main.js", import.meta.url));

/** A run of ten seconds, what settles behind it, and a machine that does other things. */
const runLimitMs = 60_000;

describe.skipIf(noChromium)(`the live demo in Chromium${chromiumNote}`, () => {
  let server: ChildProcessByStdio<null, Readable, null>;
  let address = "";
  let profile = "";
  let context: BrowserContext;

  beforeAll(async () => {
    server = spawn(process.execPath, [program, "web", "--port", "0"], { stdio: ["ignore", "pipe", "inherit"] });
    address = await firstAddress(server.stdout);
    profile = mkdtempSync(path.join(tmpdir(), "holdfast-chromium-"));
    context = await chromium.launchPersistentContext(profile, { ...chromiumLaunch, reducedMotion: "no-preference" });
  }, runLimitMs);
  afterAll(async () => {
    // Also what a run that was cut off has left would keep the server from ending.
    await context.close();
    rmSync(profile, { recursive: true, force: true });
    const ended = new Promise((resolve) => server.once("close", resolve));
    server.kill("SIGTERM");
    await ended;
  });

  const open = async (at: string): Promise<{ readonly page: Page; readonly errors: readonly string[] }> => {
    const page = await context.newPage();
    const errors: string[] = [];
    page.on("pageerror", (error) => errors.push(error.message));
    page.on("console", (message) => message.type() === "error" && errors.push(message.text()));
    await page.goto(address + at);
    return { page, errors };
  };
  const status = (page: Page): Promise<string> => page.locator("#live-status").innerText();
  const waitForStop = (page: Page, isPossible: boolean): Promise<unknown> =>
    page.locator(`#live-stop${isPossible ? ":enabled" : ":disabled"}`).waitFor({ timeout: runLimitMs });

  it(
    "runs by keyboard from Start to a verdict, the same in a second window and language",
    async () => {
      const one = await open("/live");
      const other = await open("/zh/live");
      await one.page.selectOption("#live-seconds", "10");
      await one.page.selectOption("#live-kill", "kill");
      await one.page.focus("#live-start");
      await one.page.keyboard.press("Enter");
      await waitForStop(other.page, true);
      await waitForStop(one.page, false);
      await waitForStop(other.page, false);

      expect(await status(one.page)).toMatch(/^Holdfast held: of [\d,]+ reads none failed/);
      expect(await status(other.page)).toMatch(/^Holdfast 守住了/);
      // Four restarts, each across both lanes; and a line of each client.
      expect(await one.page.locator("path.restart.kill").count()).toBe(8);
      expect(await one.page.locator("path.pace").count()).toBe(2);
      const label = await one.page.locator("#live-picture svg").getAttribute("aria-label");
      const failed = [...(label ?? "").matchAll(/(\d+) of them failed/g)].reduce(
        (sum, [, each]) => sum + Number(each),
        0,
      );
      expect(await one.page.locator("rect.read, rect.write").count()).toBe(failed);
      const numbers = await Promise.all(
        [one, other].map(({ page }) => page.locator(".counts td.number").allInnerTexts()),
      );
      expect(numbers[0]).toEqual(numbers[1]);
      // What fails under SIGKILL is known to the catalog; a run in which nothing failed shows no link.
      const links = await one.page
        .locator(".told .reading a")
        .evaluateAll((all) => all.map((each) => each.getAttribute("href")));
      expect(links.length > 0).toBe(failed > 0);
      for (const link of links) expect((await fetch(address + (link ?? ""))).status).toBe(200);
      expect([...one.errors, ...other.errors]).toEqual([]);
      await one.page.close();
      await other.page.close();
    },
    runLimitMs,
  );

  it(
    "ends with the last window, and leaves no process behind",
    async () => {
      const { page } = await open("/live");
      await page.click("#live-start");
      await page.locator("#live-status", { hasText: "Running" }).waitFor({ timeout: runLimitMs });
      const children = childrenOf(server.pid ?? 0);
      if (process.platform === "linux") expect(children.length).toBeGreaterThan(2);
      await page.close();
      await expect.poll(() => children.filter(isAlive), { timeout: 15_000 }).toEqual([]);
    },
    runLimitMs,
  );

  it("says without JavaScript what to type", async () => {
    const still = await context.browser()?.newContext({ javaScriptEnabled: false });
    const page = await (still ?? context).newPage();
    await page.goto(`${address}/live`);
    expect(await page.locator("noscript").innerText()).toContain("npm start");
    expect(await page.locator("#live-form").isVisible()).toBe(false);
    await page.close();
    await still?.close();
  });
});

async function firstAddress(stdout: Readable): Promise<string> {
  let text = "";
  // Iterated by hand: leaving a loop would close the stream, and the server would lose its output.
  const chunks = stdout.setEncoding("utf8")[Symbol.asyncIterator]();
  for (let next = await chunks.next(); next.done !== true; next = await chunks.next()) {
    text += String(next.value);
    const [found] = /http:\/\/127\.0\.0\.1:\d+/.exec(text) ?? [];
    if (found !== undefined) return found;
  }
  throw new Error(`no address: ${text}`);
}

/** Pids; only Linux tells them without another program. */
function childrenOf(pid: number): readonly number[] {
  if (process.platform !== "linux") return [];
  return readFileSync(`/proc/${pid}/task/${pid}/children`, "utf8").trim().split(" ").filter(Boolean).map(Number);
}

/** A process that has ended stays in the table until its parent has looked. */
function isAlive(pid: number): boolean {
  try {
    return !/^State:\s+Z/m.test(readFileSync(`/proc/${pid}/status`, "utf8"));
  } catch {
    return false;
  }
}
