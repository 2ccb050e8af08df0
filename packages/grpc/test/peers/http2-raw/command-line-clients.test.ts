/**
 * curl, nghttp and h2load against a server on the bare transport. Debian has them as `curl` and `nghttp2-client`; without
 * them these tests say so and pass, unless HOLDFAST_PEERS=required.
 */
import { execFile } from "node:child_process";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { EchoServer } from "./echo-server.ts";

const server = new EchoServer();
beforeAll(() => server.listen());
afterAll(() => server.close());

interface Run {
  readonly missing: boolean;
  readonly status: number;
  readonly out: string;
}

// Longer than any of these takes; it ends a hang.
const limitMs = 15_000;

function run(command: string, ...args: readonly string[]): Promise<Run> {
  return new Promise((resolve) => {
    execFile(command, args, { timeout: limitMs, maxBuffer: 64 * 1_048_576 }, (error, stdout, stderr) => {
      const code = error === null ? 0 : error.code;
      const missing = code === "ENOENT";
      if (missing && process.env["HOLDFAST_PEERS"] !== "required") console.log(`skipped: ${command} is not installed`);
      resolve({ missing, status: typeof code === "number" ? code : -1, out: `${stdout}${stderr}` });
    });
  });
}

function skipped({ missing }: Run): boolean {
  return missing && process.env["HOLDFAST_PEERS"] !== "required";
}

const at = (path: string): string => `http://127.0.0.1:${server.port}${path}`;

describe("curl --http2-prior-knowledge", () => {
  const curl = (...args: readonly string[]): Promise<Run> => run("curl", "-sS", "--http2-prior-knowledge", ...args);

  it("gets a body and its status", async () => {
    const got = await curl(
      "-o",
      "/dev/null",
      "-w",
      "%{http_version} %{response_code} %{size_download}",
      at("/bytes/3000000"),
    );
    if (skipped(got)) return;
    expect(got).toMatchObject({ status: 0, out: "2 200 3000000" });
  });

  it("posts a body", async () => {
    const got = await curl("-D", "-", "-o", "/dev/null", "-d", "x".repeat(100_000), at("/"));
    if (skipped(got)) return;
    expect(got.status).toBe(0);
    expect(got.out).toContain("x-received: 100000");
    expect(got.out).toContain("x-done: yes");
  });
});

describe("curl without prior knowledge", () => {
  it("speaks HTTP/1.1: the connection ends and our report names the stranger", async () => {
    const report = server.nextReport();
    const got = await run("curl", "-sS", "--http1.1", "--max-time", "5", at("/"));
    if (skipped(got)) return;
    expect(got.status).not.toBe(0);
    expect((await report).violation?.detail).toBe("the peer sent an HTTP/1.1 request, expected HTTP/2");
  });
});

describe("nghttp", () => {
  it("sees no violation in a conversation with padding, small windows and many requests", async () => {
    const got = await run("nghttp", "-nv", "-m", "20", "-w", "16", "-W", "17", "-b", "100", at("/bytes/300000"));
    if (skipped(got)) return;
    expect(got.status).toBe(0);
    expect(got.out.includes(":status: 200")).toBe(true);
    expect(got.out).not.toMatch(/PROTOCOL_ERROR|FLOW_CONTROL_ERROR|COMPRESSION_ERROR|INTERNAL_ERROR/);
  });

  it("sends its header list in CONTINUATION frames", async () => {
    const got = await run("nghttp", "-nv", "--continuation", at("/"));
    if (skipped(got)) return;
    // nghttp prints the joined length; one frame holds 16,384 octets.
    expect(Number(/send HEADERS frame <length=(\d+)/.exec(got.out)?.[1])).toBeGreaterThan(16_384);
    expect(got.out.includes(":status: 200")).toBe(true);
  });
});

describe("h2load", () => {
  it("has all of 2,000 requests answered on 4 connections, 50 at once", async () => {
    const before = server.requests;
    const got = await run("h2load", "-n", "2000", "-c", "4", "-m", "50", at("/bytes/1000"));
    if (skipped(got)) return;
    expect(got.status).toBe(0);
    expect(got.out).toContain("2000 succeeded, 0 failed, 0 errored, 0 timeout");
    expect(got.out).toContain("status codes: 2000 2xx");
    expect(server.requests - before).toBe(2_000);
  });
});
