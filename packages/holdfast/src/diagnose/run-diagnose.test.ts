import { createServer, type Server } from "@holdfast/grpc/server";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, describe, expect, it } from "vitest";
import { captureOutput } from "../../test/captured-output.ts";
import { runCommand } from "../command.ts";

const captured = captureOutput();
const open: Server[] = [];

afterEach(async () => {
  for (const server of open.splice(0)) await server.close();
});

async function serving(status: number): Promise<string> {
  const server = createServer().addMethod("/grpc.health.v1.Health/Check", "unary", () => Uint8Array.of(8, status));
  open.push(server);
  const { port } = await server.listen({ host: "127.0.0.1", port: 0 });
  return `127.0.0.1:${port}`;
}

describe("holdfast diagnose", () => {
  it("ends with 0 when all is well, and shows each step", async () => {
    expect(await runCommand(["diagnose", await serving(1)])).toBe(0);
    expect(captured.out).toMatch(
      /^gRPC diagnosis of 127\.0\.0\.1:\d+\n\n--  1\. DNS: [^]*\nok  5\. gRPC health: the server is SERVING\n/,
    );
    expect(captured.out).toMatch(/\nAll is well, in \d\.\d s\.\n$/);
    expect(captured.err).toBe("");
  });

  it("ends with 1 when something was found; --json prints one object", async () => {
    expect(await runCommand(["diagnose", await serving(2), "--json", "--service", "shop.Shop"])).toBe(1);
    const report = JSON.parse(captured.out) as { format: string; verdict: string; target: unknown };
    expect(report).toMatchObject({
      format: "holdfast-diagnosis/1",
      verdict: "failed",
      target: { service: "shop.Shop" },
    });
  });

  it("writes the page where it is asked to", async () => {
    const file = join(mkdtempSync(join(tmpdir(), "holdfast-report-")), "ticket.html");
    await runCommand(["diagnose", await serving(1), "--insecure", "--report", file]);
    expect(readFileSync(file, "utf8")).toContain("gRPC diagnosis of 127.0.0.1:");
    expect(captured.err).toContain(file);
    rmSync(file);
  });

  it.each([
    [["shop"], '"shop" has no port'],
    [["shop:1", "--insecure", "--tls"], "cannot be used with"],
    [["shop:1", "--cert", "x"], "--cert and --key belong together"],
    [["shop:1", "--ca", "package.json"], "--ca package.json: not in PEM"],
    [["shop:1", "--ca", "no-such-file"], "--ca no-such-file: ENOENT"],
    [["shop:1", "--resolve", "other:1.2.3.4"], "expected shop:ADDRESS or an IP address"],
    [["shop:1", "--authority", "a b"], "expected a name without spaces"],
    [["shop:1", "--timeout", "5"], "500ms, 5s or 1m"],
    [["shop:1", "--timeout", "1h"], "at most 2m"],
    [["shop:1", "--report", "no-such-folder/x.html"], "--report no-such-folder/x.html: ENOENT"],
  ])("ends with 2, and looks at nothing: %j", async (args, message) => {
    expect(await runCommand(["diagnose", ...args])).toBe(2);
    expect(captured.err).toContain(message);
    expect(captured.out).toBe("");
  });
});
