/** h2load, nghttp and curl against a server of ours with handlers, plain and over TLS. */
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, expect, it } from "vitest";
import { createServer, type Server } from "../../../src/server/index.ts";
import { runPeer, type RunOfPeer } from "../echo/peer-program.ts";
import { describeWith } from "../echo/present.ts";

const tlsFile = (name: string): string => fileURLToPath(new URL(`../../data/tls/${name}`, import.meta.url));
const run = (program: string, ...args: string[]): Promise<RunOfPeer> => runPeer({}, program, ...args);

let server: Server;
let plain = "";
let secure = "";
let served = 0;

beforeAll(async () => {
  server = createServer().handle(async ({ method, path, body }) => {
    let received = 0;
    for await (const piece of body) received += piece.length;
    served++;
    const length = Number(/^\/bytes\/(\d+)$/.exec(path)?.[1] ?? 0);
    return {
      headers: { "x-got": `${method} ${received}` },
      body: new Uint8Array(length),
      trailers: { "x-tail": "end" },
    };
  });
  const tls = { cert: readFileSync(tlsFile("server.pem"), "utf8"), key: readFileSync(tlsFile("server.key"), "utf8") };
  plain = `http://127.0.0.1:${(await server.listen("127.0.0.1:0")).port}`;
  secure = `https://localhost:${(await server.listen("127.0.0.1:0", { tls })).port}`;
});
afterAll(() => server.close());

describeWith("h2load", ["h2load", "--version"])("h2load", () => {
  it.each(["plain text", "TLS"])("has 5,000 requests over 4 connections answered with 2xx over %s", async (how) => {
    const before = served;
    const origin = how === "TLS" ? secure : plain;
    const { status, out } = await run("h2load", "-n", "5000", "-c", "4", "-m", "50", `${origin}/bytes/1000`);
    expect(status).toBe(0);
    expect(out).toContain("5000 total, 5000 started, 5000 done, 5000 succeeded, 0 failed, 0 errored, 0 timeout");
    expect(out).toContain("status codes: 5000 2xx");
    expect(served - before).toBe(5_000);
  });
});

describeWith("nghttp", ["nghttp", "--version"])("nghttp", () => {
  it.each(["plain text", "TLS"])("gets 5 MB and trailers over %s, and names no error", async (how) => {
    const origin = how === "TLS" ? secure : plain;
    const { status, out } = await run("nghttp", "-nvy", "-m", "10", `${origin}/bytes/5000000`);
    expect(status).toBe(0);
    expect(out.match(/:status: 200/g)).toHaveLength(10);
    expect(out.match(/x-tail: end/g)).toHaveLength(10);
    expect(out).not.toMatch(/PROTOCOL_ERROR|FLOW_CONTROL_ERROR|COMPRESSION_ERROR|INTERNAL_ERROR|RST_STREAM/);
  });
});

describeWith("curl with HTTP/2", ["sh", "-c", "curl --version | grep -q HTTP2"])("curl", () => {
  const written = "%{http_version} %{response_code} %{size_download} %{size_upload}";

  it("with prior knowledge", async () => {
    const args = ["-sS", "--http2-prior-knowledge", "-o", "/dev/null", "-w", written, "-d", "x".repeat(100_000)];
    expect(await run("curl", ...args, `${plain}/bytes/3000000`)).toEqual({ status: 0, out: "2 200 3000000 100000" });
  });

  it("over TLS, by ALPN and with our authority", async () => {
    const args = ["-sS", "--http2", "--cacert", tlsFile("ca.pem"), "-o", "/dev/null", "-w", written];
    expect(await run("curl", ...args, `${secure}/bytes/3000000`)).toEqual({ status: 0, out: "2 200 3000000 0" });
  });

  it("with HTTP/1.1 over TLS gets no connection", async () => {
    const args = ["-sS", "--http1.1", "--max-time", "5", "--cacert", tlsFile("ca.pem")];
    expect((await run("curl", ...args, secure)).status).not.toBe(0);
  });
});
