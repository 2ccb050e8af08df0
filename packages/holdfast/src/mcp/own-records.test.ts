/** Records that somebody brings along, as the tools hand them out beside ours. */

import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { Client, InMemoryTransport } from "@modelcontextprotocol/client";
import { entries } from "@holdfast/catalog";
import { serveStdio } from "@modelcontextprotocol/server/stdio";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { sampleReceived } from "../../../catalog/test/received/sample-received.ts";
import { createCatalogServer } from "./catalog-server.ts";
import { openShelf } from "./shelf.ts";

const folder = mkdtempSync(path.join(tmpdir(), "holdfast-own-records-"));
const file = path.join(folder, "lights.json");
const client = new Client({ name: "test", version: "1.0.0" }, { versionNegotiation: { mode: "auto" } });
const refuse = (message: string): never => {
  throw new Error(message);
};

beforeEach(() => void vi.spyOn(process.stderr, "write").mockReturnValue(true));
afterEach(() => vi.restoreAllMocks());

beforeAll(async () => {
  vi.spyOn(process.stderr, "write").mockReturnValue(true);
  const colour = { ...sampleReceived, root_cause: "Somebody \u001b[31mturned\u001b[0m the switch." };
  writeFileSync(file, JSON.stringify(colour));
  const shelf = await openShelf(folder, refuse);
  const [ours, theirs] = InMemoryTransport.createLinkedPair();
  serveStdio(() => createCatalogServer("0.0.1", shelf), { transport: theirs });
  await client.connect(ours);
  await client.listTools(); // from now on the client holds every answer against its schema
});
afterAll(async () => {
  await client.close();
  rmSync(folder, { recursive: true });
});

async function ask(name: string, args: Record<string, unknown>): Promise<unknown> {
  const { structuredContent, isError } = await client.callTool({ name, arguments: args });
  expect(isError ?? false).toBe(false);
  return structuredContent;
}

describe("records of the user's own", () => {
  it("explain their texts, and say whose they are", async () => {
    const text = "Error: 14 UNAVAILABLE: lights are out: code 12";
    const { content, structuredContent } = await client.callTool({ name: "explain_error", arguments: { text } });
    expect(structuredContent).toMatchObject({
      known: true,
      findings: [{ id: sampleReceived.id, from: file, tier: "ai_generated", processed: "depends" }],
    });
    expect(JSON.stringify(content)).toContain(`your own record, ${file} (ai_generated)`);
  });

  it("are read, listed and found beside ours, without control characters", async () => {
    const read = await ask("get_entry", { id: sampleReceived.id });
    expect(read).toMatchObject({ from: file, happened: "Somebody turned the switch.", texts: [], closedBy: "" });
    expect(await ask("list_entries", { domain: "sample" })).toMatchObject({ count: 1, entries: [{ from: file }] });
    expect(await ask("list_entries", {})).toMatchObject({ count: entries().length + 1 });
    expect(await ask("search_entries", { query: "lights are out" })).toMatchObject({
      hits: [{ id: sampleReceived.id }],
    });
    const page = await client.readResource({ uri: `holdfast://entry/${sampleReceived.id}` });
    expect(JSON.stringify(page)).toContain("lights are out");
    expect(JSON.stringify([read, page])).not.toContain("\\u001b");
  });

  it("may be kept by no cache: they are not public, and are read again when the server is started again", async () => {
    expect(await client.listTools()).toMatchObject({ cacheScope: "public" });
    for (const read of [client.listResources(), client.readResource({ uri: `holdfast://entry/${sampleReceived.id}` })])
      expect(await read).toMatchObject({ cacheScope: "private", ttlMs: 0 });
  });

  it("keep the server from starting when they cannot be read", async () => {
    await expect(openShelf(path.join(folder, "none"), refuse)).rejects.toThrow(/none/);
    writeFileSync(path.join(folder, "slow.json"), JSON.stringify({ ...sampleReceived, id: "a/b", regex: "(a)\\1" }));
    await expect(openShelf(folder, refuse)).rejects.toThrow(/slow\.json: regex: refused/);
  });
});
