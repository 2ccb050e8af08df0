/** The server over HTTP, as a client and as a hostile page reach it. */

import { request } from "node:http";
import { Client, StreamableHTTPClientTransport } from "@modelcontextprotocol/client";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { serveMcpHttp, type HttpServing } from "./serve-http.ts";
import { openShelf } from "./shelf.ts";

const shelf = await openShelf(undefined, expect.fail);

let serving: HttpServing;
beforeEach(async () => {
  serving = await serveMcpHttp("0.0.1", shelf, 0);
});
afterEach(() => serving.close());

interface Answer {
  readonly status: number;
  readonly body: string;
}

/** By hand, for headers that `fetch` does not let one set. */
function send(
  headers: Readonly<Record<string, string>>,
  body: string,
  path = "/mcp",
  method = "POST",
): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const sent = request(new URL(path, serving.url), { method, headers }, (response) => {
      let text = "";
      response.setEncoding("utf8").on("data", (part: string) => (text += part));
      response.on("end", () => resolve({ status: response.statusCode ?? 0, body: text }));
      response.on("error", reject);
    });
    sent.on("error", reject);
    sent.end(body);
  });
}

const json = { "content-type": "application/json", accept: "application/json, text/event-stream" };
const initialize = JSON.stringify({
  jsonrpc: "2.0",
  id: 1,
  method: "initialize",
  params: { protocolVersion: "2025-06-18", capabilities: {}, clientInfo: { name: "test", version: "1.0.0" } },
});

describe("the server over HTTP", () => {
  it.each(["auto", "legacy"] as const)("serves the official client (%s)", async (mode) => {
    const client = new Client({ name: "test", version: "1.0.0" }, { versionNegotiation: { mode } });
    await client.connect(new StreamableHTTPClientTransport(new URL(serving.url)));
    await client.listTools();
    const result = await client.callTool({
      name: "explain_error",
      arguments: { text: "Error: 14 UNAVAILABLE: Connection dropped" },
    });
    expect(result.structuredContent).toMatchObject({ known: true });
    const page = await client.readResource({ uri: "holdfast://entry/tcp/fin-inflight" });
    expect(page.contents).toHaveLength(1);
    await client.close();
  });

  it("listens on the loopback address", () => {
    expect(new URL(serving.url).hostname).toBe("127.0.0.1");
  });

  it("answers a program that names no origin, and a page of this machine", async () => {
    expect((await send(json, initialize)).status).toBe(200);
    expect((await send({ ...json, origin: "http://localhost:5173" }, initialize)).status).toBe(200);
    expect((await send({ ...json, host: "localhost" }, initialize)).status).toBe(200);
  });

  it.each([
    ["a name that somebody points at 127.0.0.1", { host: "rebound.example" }],
    ["that name with our port", { host: "rebound.example:7673" }],
    ["a name that begins like ours", { host: "localhost.rebound.example" }],
    ["a foreign page", { origin: "https://rebound.example" }],
    ["a page without an origin of its own", { origin: "null" }],
    ["a page whose name ends like ours", { origin: "http://evil-localhost" }],
  ])("refuses %s", async (_, headers) => {
    const { status, body } = await send({ ...json, ...headers }, initialize);
    expect(status).toBe(403);
    expect(body).not.toContain("protocolVersion");
  });

  it("refuses what is no request of the protocol", async () => {
    expect((await send(json, initialize, "/")).status).toBe(404);
    expect((await send(json, "{")).status).toBe(400);
    expect((await send({ ...json, "content-type": "text/plain" }, initialize)).status).toBe(415);
    expect((await send(json, "", "/mcp", "PUT")).status).toBe(405);
  });

  it("refuses a body above its bound", async () => {
    const { status } = await send(json, JSON.stringify({ jsonrpc: "2.0", id: 1, pad: "x".repeat(6_100_000) }));
    expect(status).toBe(413);
  });

  it("says that a port is taken", async () => {
    const port = Number(new URL(serving.url).port);
    await expect(serveMcpHttp("0.0.1", shelf, port)).rejects.toMatchObject({ code: "EADDRINUSE" });
  });
});
