/**
 * The MCP server over streamable HTTP, on the loopback address only. A page in a browser must not reach it by a name that
 * it points at 127.0.0.1 (DNS rebinding), so the Host and the Origin of every request have to be those of this machine.
 */

import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { getRequestListener } from "@hono/node-server";
import {
  createMcpHandler,
  hostHeaderValidationResponse,
  localhostAllowedHostnames,
  localhostAllowedOrigins,
  originValidationResponse,
} from "@modelcontextprotocol/server";
import { createCatalogServer } from "./catalog-server.ts";
import type { Shelf } from "./shelf.ts";
import { maxTextLetters } from "./tool-inputs.ts";

const host = "127.0.0.1";
const path = "/mcp";

/** A letter takes up to 6 bytes of JSON (`\u001b`); the rest of a request is small. */
const maxBodyBytes = maxTextLetters * 6 + 65_536; // 64 KiB

/** Nothing here ever changes, so nobody has a reason to listen for changes. */
const maxSubscriptions = 16;

export interface HttpServing {
  readonly url: string;
  close(): Promise<void>;
}

/** Port 0 lets the system choose. Rejects when the port cannot be had. */
export async function serveMcpHttp(version: string, shelf: Shelf, port: number): Promise<HttpServing> {
  const handler = createMcpHandler(() => createCatalogServer(version, shelf), {
    maxRequestBodySize: maxBodyBytes,
    maxSubscriptions,
  });
  const answer = (request: Request): Response | Promise<Response> =>
    hostHeaderValidationResponse(request, localhostAllowedHostnames()) ??
    originValidationResponse(request, localhostAllowedOrigins()) ??
    (new URL(request.url).pathname === path
      ? handler.fetch(request)
      : new Response(`There is nothing but ${path} here.\n`, { status: 404 }));
  const listener = getRequestListener(answer, { overrideGlobalObjects: false });
  const server = createServer((request, response) => void listener(request, response));
  await listen(server, port);
  const { port: bound } = server.address() as AddressInfo;
  return {
    url: `http://${host}:${bound}${path}`,
    close: async () => {
      await handler.close();
      server.closeAllConnections();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}

function listen(server: Server, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, host, () => {
      server.off("error", reject);
      resolve();
    });
  });
}
