/** Debian's Chromium for tests: where it is, how it is started, and what they say where there is none. */

import { existsSync } from "node:fs";
import type { LaunchOptions } from "playwright-core";

const program = "/usr/bin/chromium";

/** Without the browser these tests pass, unless HOLDFAST_PEERS=required. */
export const noChromium = !existsSync(program) && process.env["HOLDFAST_PEERS"] !== "required";

/** For the name of what is skipped. */
export const chromiumNote = noChromium ? ` (skipped: ${program} is not installed)` : "";

/** It asks nobody on a network for anything but the page. */
export const chromiumLaunch = {
  executablePath: program,
  args: [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
  ],
} as const satisfies LaunchOptions;
