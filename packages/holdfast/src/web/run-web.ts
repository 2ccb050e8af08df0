/** Runs one `holdfast web`: starts the server, says where it is, waits for Ctrl-C. */

import { hostname } from "node:os";
import type { Fail } from "../catalog/open-entries.ts";
import { createApp } from "./create-app.ts";
import { findEntry } from "./live/find-entry.ts";
import { makeDemo } from "./live/live-demo.ts";
import { LiveRuns } from "./live/live-runs.ts";
import { openCatalog } from "./open-catalog.ts";
import { serveWeb, type WebServer } from "./serve-web.ts";
import { stopSignal } from "./stop-signals.ts";
import { webReach, type WebReach } from "./web-reach.ts";

export interface WebSetting {
  readonly host: string;
  readonly port: number;
  /** Names by which others may call it, when `host` is not the loopback. Default: its own and the machine's. */
  readonly names?: readonly string[];
  /** Whoever reaches `host` may start the live demo. Default: only from this machine. */
  readonly hasLive?: boolean;
  /** A folder of records of one's own. Default: none. */
  readonly catalog?: string;
}

const reasons: Readonly<Record<string, string>> = {
  EADDRINUSE: "another program listens there; give --port 0 for any free port, or stop that program",
  EACCES: "this user may not listen there; ports below 1024 often need more rights",
  EADDRNOTAVAIL: "this machine does not have that address",
  ENOTFOUND: "the name has no address",
};

/** `fail` prints and ends the command with the status of a mistake. */
export async function runWeb(setting: WebSetting, fail: Fail): Promise<void> {
  const { host, port, names = [], hasLive = false } = setting;
  const reach = webReach(host, hostname(), names, hasLive);
  const liveRuns = reach.hasLive ? new LiveRuns({ makeDemo, findEntry }) : undefined;
  const app = createApp({
    catalog: await openCatalog(setting.catalog, fail),
    names: reach.names,
    ...(liveRuns === undefined ? {} : { liveRuns }),
  });
  const server = await start();
  process.stdout.write(`holdfast web: ${server.url}  (Ctrl-C stops it)\n`);
  if (reach.isOpen) process.stderr.write(`holdfast web: ${host} ${openWords(reach)}\n`);
  await stopSignal();
  await liveRuns?.close();
  await server.close();

  async function start(): Promise<WebServer> {
    try {
      return await serveWeb(app, host, port);
    } catch (error) {
      const { code = "", message } = error as NodeJS.ErrnoException;
      fail(`cannot listen on ${host} port ${port}: ${reasons[code] ?? message}`);
    }
  }
}

function openWords({ hasLive }: WebReach): string {
  if (hasLive) return "can be reached from other machines, and whoever does may start the live demo";
  return "can be reached from other machines; nobody gets the live demo there, unless you say --live";
}
