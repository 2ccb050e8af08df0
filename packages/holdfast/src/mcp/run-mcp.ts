/** Runs the MCP server until it is no longer wanted: over stdio until the input ends, over HTTP until a signal comes. */

import { readFileSync } from "node:fs";
import { finished } from "node:stream/promises";
import { serveStdio } from "@modelcontextprotocol/server/stdio";
import { note, type Fail } from "../catalog/open-entries.ts";
import { exitStatus } from "../exit-status.ts";
import { stopSignal } from "../web/stop-signals.ts";
import { createCatalogServer } from "./catalog-server.ts";
import { serveMcpHttp } from "./serve-http.ts";
import { openShelf } from "./shelf.ts";

/** Standard output belongs to the protocol; what is said to people goes to standard error. */
export async function runMcpStdio(folder: string | undefined, fail: Fail): Promise<number> {
  const shelf = await openShelf(folder, fail);
  const ended = [process.stdin, process.stdout].map(gone);
  const serving = serveStdio(() => createCatalogServer(packageVersion(), shelf), {
    onerror: (error) => note(`holdfast mcp: ${error.message}`),
  });
  await Promise.race([...ended, stopSignal()]);
  await serving.close();
  return exitStatus.fine;
}

export async function runMcpHttp(port: number, folder: string | undefined, fail: Fail): Promise<number> {
  const shelf = await openShelf(folder, fail);
  const serving = await serveMcpHttp(packageVersion(), shelf, port).catch((error: unknown) => {
    const { code, message } = error as NodeJS.ErrnoException;
    return fail(code === "EADDRINUSE" ? `port ${port} is taken; give another, or 0 for any` : message);
  });
  note(`holdfast mcp: ${serving.url} (Ctrl-C stops it)`);
  await stopSignal();
  await serving.close();
  return exitStatus.fine;
}

/** Ended, closed or broken: a client that no longer writes, or no longer reads, has left. */
function gone(stream: NodeJS.ReadStream | NodeJS.WriteStream): Promise<void> {
  return finished(stream).catch(() => undefined);
}

function packageVersion(): string {
  const file = readFileSync(new URL("../../package.json", import.meta.url), "utf8");
  return (JSON.parse(file) as { readonly version: string }).version;
}
