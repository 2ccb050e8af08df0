/** `holdfast mcp` as a client starts it: the built command, real pipes and a real port. Nothing of it is left running. */

import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { createServer, type AddressInfo } from "node:net";
import { fileURLToPath } from "node:url";
import { Client, StreamableHTTPClientTransport } from "@modelcontextprotocol/client";
import { StdioClientTransport } from "@modelcontextprotocol/client/stdio";
import { afterEach, describe, expect, it } from "vitest";

const program = fileURLToPath(new URL("../dist/main.js", import.meta.url));
const timeout = 60_000; // far above any test here; starting a process on a busy machine takes seconds

const children: ChildProcess[] = [];
afterEach(() => {
  for (const child of children.splice(0)) child.kill("SIGKILL");
});

function start(...args: readonly string[]): ChildProcess {
  const child = spawn(process.execPath, [program, "mcp", ...args], { stdio: ["pipe", "pipe", "pipe"] });
  children.push(child);
  return child;
}

/** What it says to people, until that holds the text, or all. */
async function said({ stderr }: ChildProcess, until?: string): Promise<string> {
  let text = "";
  for await (const part of stderr ?? []) {
    text += String(part);
    if (until !== undefined && text.includes(until)) return text;
  }
  return text;
}

async function status(child: ChildProcess): Promise<number | null> {
  if (child.exitCode !== null) return child.exitCode;
  const [code] = (await once(child, "close")) as [number | null];
  return code;
}

async function explains(client: Client): Promise<void> {
  const { tools } = await client.listTools();
  expect(tools.map(({ name }) => name)).toContain("explain_error");
  const text = "2026-11-21T10:00:00Z app Error: 14 UNAVAILABLE: Connection dropped";
  const told = await client.callTool({ name: "explain_error", arguments: { text } });
  const { known, findings } = told.structuredContent as { known: boolean; findings: { id: string }[] };
  expect(known).toBe(true);
  const read = await client.callTool({ name: "get_entry", arguments: { id: findings[0]?.id ?? "" } });
  expect(read.structuredContent).toMatchObject({ id: findings[0]?.id });
}

describe("holdfast mcp", { timeout }, () => {
  it.each(["auto", "legacy"] as const)("serves the official client over stdio (%s)", async (mode) => {
    const transport = new StdioClientTransport({ command: process.execPath, args: [program, "mcp"], stderr: "pipe" });
    const client = new Client({ name: "test", version: "1.0.0" }, { versionNegotiation: { mode } });
    await client.connect(transport);
    expect(client.getServerVersion()).toMatchObject({ name: "holdfast" });
    await explains(client);
    await client.close();
  });

  it("ends with status 0 when nobody reads its answers any more", async () => {
    const child = start();
    child.stdout?.destroy();
    const write = (): unknown => child.stdin?.write('{"jsonrpc":"2.0","id":1,"method":"ping"}\n');
    const writing = setInterval(write, 100);
    child.stdin?.on("error", () => undefined);
    expect(await status(child).finally(() => clearInterval(writing))).toBe(0);
  });

  it("ends when its input ends, with nothing on standard output that is not the protocol", async () => {
    const child = start();
    child.stdin?.end();
    let printed = "";
    child.stdout?.on("data", (part) => (printed += String(part)));
    expect(await status(child)).toBe(0);
    expect(printed).toBe("");
  });

  it("ends when it is told to while the input stays open", async () => {
    const child = start();
    child.stdin?.write('{"jsonrpc":"2.0","id":1,"method":"ping"}\n');
    await once(child.stdout ?? child, "data");
    child.kill("SIGTERM");
    expect(await status(child)).toBe(0);
  });

  it("goes on after lines that are no JSON", async () => {
    const child = start();
    child.stdin?.write('no json\n{"jsonrpc":"2.0","id":7,"method":"ping"}\n');
    const [answer] = (await once(child.stdout ?? child, "data")) as [Buffer];
    expect(JSON.parse(String(answer))).toMatchObject({ id: 7, result: {} });
  });

  it("refuses a folder of records that there is not", async () => {
    const child = start("--catalog", fileURLToPath(new URL("./no-such-folder", import.meta.url)));
    expect(await said(child)).toContain("no-such-folder");
    expect(await status(child)).toBe(2);
  });

  it("serves over HTTP until it is told to stop", async () => {
    const child = start("--http", "0");
    const url = /http:\S+/.exec(await said(child, "Ctrl-C"))?.[0] ?? "";
    const client = new Client({ name: "test", version: "1.0.0" }, { versionNegotiation: { mode: "auto" } });
    await client.connect(new StreamableHTTPClientTransport(new URL(url)));
    await explains(client);
    await client.close();
    child.kill("SIGINT");
    expect(await status(child)).toBe(0);
  });

  it("says that a port is taken, and ends with 2", async () => {
    const other = createServer().listen(0, "127.0.0.1");
    await once(other, "listening");
    const { port } = other.address() as AddressInfo;
    const child = start("--http", String(port));
    expect(await said(child)).toContain(`port ${port} is taken`);
    expect(await status(child)).toBe(2);
    other.close();
  });

  it.each(["70000", "-1", "here"])("refuses %s as a port", async (port) => {
    const child = start("--http", port);
    expect(await said(child)).toMatch(/from 0 to 65535|unknown option/);
    expect(await status(child)).toBe(2);
  });
});
