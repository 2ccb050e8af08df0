/**
 * Configurations of programs that are not here are read by their own parsers, types and messages: Terraform's HCL, Envoy's
 * protobuf messages with the bounds that they carry, Kubernetes' types. Where Envoy is here, it validates itself.
 */
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { describeWith } from "../../../grpc/test/peers/echo/present.ts";
import { runPeer } from "../../../grpc/test/peers/echo/peer-program.ts";
import type { TargetName } from "../../src/index.ts";
import { buildLimitMs } from "./program-kinds.ts";
import { variedFacts, writtenFolder } from "./written.ts";

const written = writtenFolder();
afterAll(() => written.remove());

const cases = (["envoy", "aws-alb", "aws-nlb", "kubernetes"] as const).flatMap((target) =>
  variedFacts.map((facts, index) => ({ target, index, facts })),
);
const hopsFor = (target: TargetName): string => (target === "kubernetes" ? "go,go,kubernetes" : `go,${target},go`);
const readers: Partial<Record<TargetName, string>> = { envoy: "envoy", kubernetes: "kubernetes" };

describeWith("Go", ["go", "version"])("what is written for programs that are not here", () => {
  let program = "";
  beforeAll(async () => {
    program = join(written.folder, "validate");
    const source = fileURLToPath(new URL("validate", import.meta.url));
    const { status, out } = await runPeer(
      { limitMs: 2 * buildLimitMs },
      "go",
      "build",
      "-C",
      source,
      "-mod=readonly",
      "-buildvcs=false",
      "-o",
      program,
      ".",
    );
    if (status !== 0) throw new Error(out);
  }, 2 * buildLimitMs);

  it.each(cases)("$target is valid, facts $index", async ({ target, facts }) => {
    const file = written.file(target, { ...facts, hops: hopsFor(target) });
    expect(await runPeer({}, program, readers[target] ?? "hcl", file)).toEqual({ status: 0, out: "valid\n" });
  });

  it.each([
    ["envoy", "stream_idle_timeout", "stream_idle_time"],
    ["envoy", "max_concurrent_streams: 200", "max_concurrent_streams: 0"],
    ["aws-alb", '"GRPC"', '"GRPC'],
    ["kubernetes", "preStop:", "preStopp:"],
  ] as const)("%s is refused with %s changed to %s", async (target, from, to) => {
    const file = written.file(target, { hops: hopsFor(target) }, (text) => text.replace(from, to));
    expect((await runPeer({}, program, readers[target] ?? "hcl", file)).status).toBe(1);
  });
});

const has = (name: string, ...args: readonly string[]): boolean =>
  spawnSync(name, args, { stdio: "ignore" }).status === 0;

describe.skipIf(!has("terraform", "version"))("Terraform", () => {
  it.each(["aws-alb", "aws-nlb"] as const)("reads and formats %s", async (target) => {
    const file = written.file(target, { hops: hopsFor(target) });
    const { status, out } = await runPeer({}, "terraform", "fmt", "-no-color", "-write=false", file);
    expect([status, out]).toEqual([0, expect.not.stringContaining("Error")]);
  });
});

describe.skipIf(!has("envoy", "--version"))("Envoy", () => {
  it.each(variedFacts.map((facts, index) => [index, facts] as const))(
    "takes its configuration, facts %i",
    async (_, facts) => {
      const file = written.file("envoy", { ...facts, hops: "go,envoy,go", tls: "no" });
      expect((await runPeer({}, "envoy", "--mode", "validate", "-c", file)).status).toBe(0);
    },
  );
});
if (!has("envoy", "--version"))
  console.log("skipped: Envoy is not here (envoy --version); its own messages judge instead");
