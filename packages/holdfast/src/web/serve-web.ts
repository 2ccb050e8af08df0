/** Runs the site's server until it is told to stop. Owns the socket and the signals; what is answered is the app's. */

import type { AddressInfo } from "node:net";
import type { Server } from "node:http";
import { serve } from "@hono/node-server";
import type { Hono } from "hono";

export interface WebServer {
  /** Such as `http://127.0.0.1:8080`. */
  readonly url: string;
  /** Ends running answers, too. */
  close(): Promise<void>;
}

/** Rejects with the system's error when the address cannot be listened on. */
export function serveWeb(app: Hono, host: string, port: number): Promise<WebServer> {
  return new Promise((resolve, reject) => {
    const server = serve({ fetch: app.fetch, hostname: host, port }, ({ port: chosen }: AddressInfo) => {
      server.off("error", reject);
      const name = host.includes(":") ? `[${host}]` : host;
      resolve({ url: `http://${name}:${chosen}`, close: () => closeServer(server) });
    }) as Server;
    server.once("error", reject);
  });
}

function closeServer(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => {
      resolve();
    });
    server.closeAllConnections();
  });
}
