/**
 * tshark reads our traffic, client and server both ours, and finds nothing to remark: no malformed frame, no warning of
 * its HTTP/2, gRPC or HPACK dissectors. Capturing needs root, or the right to capture.
 */
import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { afterAll, beforeAll, expect, it } from "vitest";
import { createChannel, createHttp2Client } from "../../../src/index.ts";
import { createServer, type Server } from "../../../src/server/index.ts";
import { addEcho, echoPath } from "../echo/echo-service.ts";
import { bytesValue } from "../echo/our-client.ts";
import { describeWith } from "../echo/present.ts";

/** Bodies of types that tshark 4.0 has no dissector for go to that of gRPC, which trips over an assertion of its own. */
const text = { "content-type": "text/plain" };

/** Whether it may capture: one look at the loopback device. */
const probe = ["sh", "-c", "tshark --version && tshark -D | grep -qw lo"] as const;

describeWith("tshark with the right to capture", probe)("tshark", () => {
  let folder: string;
  let file: string;
  let port: number;
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), "holdfast-tshark-"));
    file = join(folder, "ours.pcap");
    const server = addEcho(createServer({ onError: () => {} })).handle(async ({ body }) => {
      let received = 0;
      for await (const piece of body) received += piece.length;
      return { headers: { "x-received": String(received), ...text }, body: "x".repeat(100_000) };
    });
    ({ port } = await server.listen("127.0.0.1:0"));
    const stop = await capture(port, file);
    await conversation(server, port);
    await stop();
  }, 60_000);
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  const read = (filter: string, ...fields: string[]): string[] => {
    const columns = fields.flatMap((field) => ["-e", field]);
    const output = fields.length === 0 ? [] : ["-T", "fields", "-E", "aggregator=|", ...columns];
    const args = ["-r", file, "-d", `tcp.port==${port},http2`, "-Y", filter, ...output];
    const { status, stdout, stderr } = spawnSync("tshark", args, { encoding: "utf8", maxBuffer: 1e8 });
    if (status !== 0) throw new Error(`tshark: ${stderr}`);
    return stdout.split("\n").filter((line) => line !== "");
  };

  it("saw every frame of the conversation that matters", () => {
    const types = new Set(read("http2", "http2.type").flatMap((line) => line.split("|")));
    // DATA, HEADERS, RST_STREAM, SETTINGS, PING, GOAWAY, WINDOW_UPDATE
    expect([...types].filter((type) => type !== "").sort()).toEqual(["0", "1", "3", "4", "6", "7", "8"]);
    const names = read("http2.header", "http2.header.name").flatMap((line) => line.split("|"));
    expect(names.filter((name) => name === "grpc-status").length).toBeGreaterThan(200);
    expect(names.filter((name) => name === "x-tail").length).toBeGreaterThan(200);
    // A drain's two phases, RFC 9113 §6.8: 2^31-1, then the real one.
    const lastIds = read("http2.goaway.last_stream_id", "http2.goaway.last_stream_id");
    expect(lastIds).toContain("2147483647");
    expect(new Set(lastIds).size).toBeGreaterThan(1);
    expect(read("grpc").length).toBeGreaterThan(20);
  });

  it("has nothing to remark", () => {
    const severe = "_ws.malformed || _ws.expert.severity >= warning";
    const remarks = read(severe, "_ws.expert.message").flatMap((line) => line.split("|"));
    expect(remarks.filter((remark) => !ofTcp.test(remark))).toEqual([]);
  });
});

/** What kernels do on a busy loopback (windows that fill, segments that come again or out of order) is not ours. */
const ofTcp = /^(TCP |Connection |This frame |Duplicate ACK|D-SACK |Previous segment|ACKed segment)/;

/** Starts to capture; resolves when it does. The returned function ends it with the packets written. */
async function capture(port: number, file: string): Promise<() => Promise<void>> {
  const args = ["-i", "lo", "-f", `tcp port ${port}`, "-w", file, "-B", "64", "-q"];
  const child = spawn("tshark", args, { stdio: ["ignore", "ignore", "pipe"] });
  const ended = once(child, "close");
  for await (const line of createInterface({ input: child.stderr })) if (line.includes("Capturing on")) break;
  child.stderr.resume();
  // It says so a moment before the first packet can be caught.
  await new Promise((resolve) => setTimeout(resolve, 1_000));
  return async () => {
    await new Promise((resolve) => setTimeout(resolve, 1_000));
    child.kill("SIGINT");
    await ended;
  };
}

async function* given(count: number, message: Uint8Array) {
  for (let i = 0; i < count; i++) {
    await Promise.resolve();
    yield message;
  }
}

async function readAll(messages: AsyncIterable<Uint8Array>): Promise<void> {
  for await (const message of messages) void message;
}

/** All kinds of calls, large messages, failures, cancellations, plain requests, and a drain under it. */
async function conversation(server: Server, port: number): Promise<void> {
  const channel = createChannel(`127.0.0.1:${port}`);
  const small = bytesValue("small");
  const large = bytesValue("x".repeat(1_000_000));
  const failed = (): undefined => undefined;
  const metadata = { "x-text": "text", "x-data-bin": Uint8Array.of(0, 1, 255), authorization: "Bearer secret" };
  await Promise.all(Array.from({ length: 200 }, () => channel.unary(echoPath("Unary"), small, { metadata })));
  await channel.unary(echoPath("Unary"), large);
  await readAll(channel.serverStreaming(echoPath("ServerStream"), large, { metadata: { "x-count": "5" } }));
  await channel.clientStreaming(echoPath("ClientStream"), given(100, bytesValue("y".repeat(20_000))));
  await readAll(channel.bidiStreaming(echoPath("Bidi"), given(50, small)));
  await channel.unary(echoPath("Unary"), small, { metadata: { "x-do": "fail" } }).catch(failed);
  await channel.unary("/a.B/C", small).catch(failed);
  const hang = { metadata: { "x-do": "hang" } };
  await channel.unary(echoPath("Unary"), small, { ...hang, timeoutMs: 100 }).catch(failed);
  await channel.unary(echoPath("Unary"), small, { ...hang, signal: AbortSignal.timeout(100) }).catch(failed);
  const client = createHttp2Client(`http://127.0.0.1:${port}`);
  for (let i = 0; i < 20; i++) {
    const response = await client.request({
      method: "POST",
      path: `/${i}`,
      headers: text,
      body: "y".repeat(1_000_000),
    });
    await response.bytes();
  }
  const last = readAll(channel.serverStreaming(echoPath("ServerStream"), large, { metadata: { "x-count": "20" } }));
  await server.drain({ graceMs: 5_000 });
  await last;
  await channel.close();
  await client.close();
}
