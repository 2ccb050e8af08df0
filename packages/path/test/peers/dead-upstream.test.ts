/**
 * nginx as it is written, in front of a server that is not there: what it says itself must be gRPC's own UNAVAILABLE, with
 * its message, to clients of every implementation. Without the recipe it is an HTML page, which each reads differently.
 */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { dirname } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { describeWith } from "../../../grpc/test/peers/echo/present.ts";
import { runPeer } from "../../../grpc/test/peers/echo/peer-program.ts";
import { freePort } from "./free-port.ts";
import { nginxVersion } from "./nginx-version.ts";
import { buildLimitMs, programKinds } from "./program-kinds.ts";
import { writtenFolder } from "./written.ts";

const written = writtenFolder();
afterAll(() => written.remove());

describeWith("nginx", ["nginx", "-v"])("nginx as it is written, before a dead server", () => {
  let port = 0;
  let stop = (): Promise<unknown> => Promise.resolve();
  beforeAll(async () => {
    port = await freePort();
    const file = written.file("nginx", { hops: `go,nginx@${nginxVersion()},go` }, (text) =>
      text.replaceAll("grpc-go.example:50051", "127.0.0.1:1").replaceAll("listen 50051", `listen 127.0.0.1:${port}`),
    );
    const options = [
      "-p",
      dirname(file),
      "-e",
      "stderr",
      "-g",
      `daemon off; master_process off; pid ${dirname(file)}/pid;`,
    ];
    const child = spawn("nginx", [...options, "-c", file], {
      stdio: "ignore",
      timeout: 120_000,
      killSignal: "SIGKILL",
    });
    const ended = once(child, "exit");
    stop = () => (child.kill("SIGTERM"), ended);
  });
  afterAll(() => stop());

  it.each(programKinds.filter(({ isHere }) => isHere))(
    "is UNAVAILABLE, with its message, to $kind",
    async ({ kind, command }) => {
      const [program, ...args] = await command(
        written.file(kind, { hops: `${kind},nginx,${kind === "holdfast" ? "grpc-js" : "holdfast"}`, replicas: "1" }),
      );
      const { status, out } = await runPeer({}, program, ...args, `127.0.0.1:${port}`);
      expect(status).not.toBe(0);
      expect(out).toMatch(/unavailable/i);
      expect(out).toContain("upstream unavailable");
    },
    buildLimitMs,
  );
});
