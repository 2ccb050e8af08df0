/** Our plain HTTP/2 client gets files from nghttpd, plain and over TLS. */
import { spawn, type ChildProcess } from "node:child_process";
import { createHash, randomBytes } from "node:crypto";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer as createTcpServer, type AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createHttp2Client, type Http2Client } from "../../../src/index.ts";
import { describeWith } from "../echo/present.ts";

const tlsFile = (name: string): string => fileURLToPath(new URL(`../../data/tls/${name}`, import.meta.url));
const sha256 = (bytes: Uint8Array): string => createHash("sha256").update(bytes).digest("hex");

async function freePort(): Promise<number> {
  const server = createTcpServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, "close");
  return port;
}

describeWith("nghttpd", ["nghttpd", "--version"])("nghttpd", () => {
  const large = randomBytes(20_000_000);
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), "holdfast-nghttpd-"));
    writeFileSync(join(folder, "large"), large);
    writeFileSync(join(folder, "small"), "small\n");
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  describe.each([
    ["plain text", false],
    ["TLS", true],
  ])("over %s", (_, tls) => {
    let child: ChildProcess;
    let client: Http2Client;
    beforeAll(async () => {
      const port = await freePort();
      const keys = tls ? [tlsFile("server.key"), tlsFile("server.pem")] : ["--no-tls"];
      const options = ["--address=127.0.0.1", `--htdocs=${folder}`, "--trailer=x-tail: end", "--echo-upload"];
      const [first, ...rest] = keys;
      const args = tls ? [...options, String(port), first ?? "", ...rest] : [...options, first ?? "", String(port)];
      child = spawn("nghttpd", args, { stdio: ["ignore", "ignore", "inherit"] });
      const origin = `${tls ? "https" : "http"}://localhost:${port}`;
      client = createHttp2Client(origin, tls ? { tls: { ca: readFileSync(tlsFile("ca.pem"), "utf8") } } : {});
      await answering(client);
    });
    afterAll(async () => {
      await client.close();
      child.kill();
      await once(child, "close");
    });

    it("a file of 20 MB comes whole, with its trailers", async () => {
      const response = await client.request({ path: "/large" });
      expect([response.status, sha256(await response.bytes())]).toEqual([200, sha256(large)]);
      expect(response.trailers).toEqual(["x-tail", "end"]);
    });

    it("300 requests at once, over its limit of 100 streams, are all answered", async () => {
      const texts = await Promise.all(
        Array.from({ length: 300 }, async () => {
          const response = await client.request({ path: "/small" });
          return `${response.status} ${String(Buffer.from(await response.bytes()))}`;
        }),
      );
      expect(new Set(texts)).toEqual(new Set(["200 small\n"]));
    });

    it("a body goes up and comes back", async () => {
      const body = large.subarray(0, 2_000_000);
      const response = await client.request({ method: "POST", path: "/", body });
      expect(sha256(await response.bytes())).toBe(sha256(body));
    });

    it("what is not there is 404, and no error", async () => {
      expect((await client.request({ path: "/nothing" })).status).toBe(404);
    });
  });
});

/** It says nowhere that it listens; the first answer does. */
async function answering(client: Http2Client): Promise<void> {
  for (let tries = 0; ; tries++) {
    try {
      await (await client.request({ path: "/small" })).bytes();
      return;
    } catch (error) {
      if (tries === 50) throw error;
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }
}
