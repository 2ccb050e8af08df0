/** Runs one `holdfast web`: starts the server, says where it is, waits for Ctrl-C. */

import { loadCatalog } from "./catalog-view.ts";
import { createApp } from "./create-app.ts";
import { findEntry } from "./live/find-entry.ts";
import { makeDemo } from "./live/live-demo.ts";
import { LiveRuns } from "./live/live-runs.ts";
import { serveWeb, type WebServer } from "./serve-web.ts";
import { stopSignal } from "./stop-signals.ts";

/** Prints and ends the command with the status of a mistake. */
type Fail = (message: string) => never;

const reasons: Readonly<Record<string, string>> = {
  EADDRINUSE: "another program listens there; give --port 0 for any free port, or stop that program",
  EACCES: "this user may not listen there; ports below 1024 often need more rights",
  EADDRNOTAVAIL: "this machine does not have that address",
  ENOTFOUND: "the name has no address",
};

export async function runWeb(host: string, port: number, fail: Fail): Promise<void> {
  const isLoopback = /^(?:localhost|127\.\d+\.\d+\.\d+|::1)$/.test(host);
  const liveRuns = new LiveRuns({ makeDemo, findEntry });
  const app = createApp({ catalog: await loadCatalog(), hosts: isLoopback ? [] : "any", liveRuns });
  const server = await start();
  process.stdout.write(`holdfast web: ${server.url}  (Ctrl-C stops it)\n`);
  if (!isLoopback) process.stderr.write(`holdfast web: ${host} can be reached from other machines\n`);
  await stopSignal();
  await liveRuns.close();
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
