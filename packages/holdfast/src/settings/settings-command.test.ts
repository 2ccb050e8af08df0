import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { captureOutput } from "../../test/captured-output.ts";
import { runCommand } from "../command.ts";

const folder = mkdtempSync(path.join(tmpdir(), "settings-"));
afterAll(() => rmSync(folder, { recursive: true }));
const output = captureOutput();

async function run(
  ...args: readonly string[]
): Promise<{ readonly status: number; readonly out: string; readonly err: string }> {
  const status = await runCommand(["settings", ...args]);
  return { status, out: output.out, err: output.err };
}

describe("holdfast settings", () => {
  it("prints a file for each hop of the path, each with its reasons", async () => {
    const { status, out } = await run(
      ..."--idle 60s --longest-call 5m --deploys rolling --hops grpc-go,envoy,alb,grpc-js".split(" "),
    );
    expect(status).toBe(0);
    for (const name of ["1-grpc-go-client.go", "2-envoy.yaml", "3-aws-alb.tf", "4-grpc-js-server.mjs"])
      expect(out).toContain(`=== ${name}\n`);
    expect(out).toContain("Time: 30 * time.Second,");
    expect(out).toContain("idle_timeout = 600");
    expect(out).toContain("gRFC A8, rule ka-09");
  });

  it("--for prints one file alone, of a path through it", async () => {
    const { status, out } = await run("--for", "nginx");
    expect([status, out.split("\n")[0]]).toEqual([0, "# nginx of this path: grpc-go client, nginx, grpc-go server."]);
    expect(out).toContain("return 200;");
  });

  it("--out writes each file and says which", async () => {
    const to = path.join(folder, "made", "here");
    const { status, out } = await run("--hops", "python,haproxy,java,k8s", "--longest-call", "endless", "--out", to);
    const names = [
      "1-grpc-core-client.py",
      "2-haproxy.cfg",
      "3-grpc-java-server.java",
      "4-kubernetes.yaml",
      "path.txt",
    ];
    expect([status, out]).toEqual([0, names.map((name) => `${path.join(to, name)}\n`).join("")]);
    expect(readdirSync(to).sort()).toEqual(names);
    expect(readFileSync(path.join(to, "path.txt"), "utf8")).toContain("End streams after 10m at the latest");
  });

  it("--json has facts, settings, reasons and files, and no null for what never happens", async () => {
    const { status, out } = await run("--json", "--idle", "never");
    const told = JSON.parse(out) as {
      facts: { idleMs: unknown };
      files: readonly { name: string }[];
      demands: unknown;
    };
    expect([status, told.facts.idleMs, told.files.length]).toEqual([0, "never", 4]);
    expect(out).not.toContain("null");
  });

  it("without a terminal and without options takes the defaults", async () => {
    const { status, out } = await run();
    expect([status, out.startsWith("Path: grpc-go client, Envoy, grpc-go server.")]).toEqual([0, true]);
  });
});

describe("a mistake on the command line", () => {
  it.each([
    [["--idle", "60"], '--idle: "60": expected a number and a unit, such as 60s, 5m or 1h30m or never'],
    [["--idle", "5s"], '--idle: "5s": expected 20s to 5d: clients ask every 10s at most (gRFC A8)'],
    [
      ["--hops", "nginx,grpc-go"],
      "--hops: nginx comes first; expected a client there: grpc-go, grpc-core, grpc-java, grpc-js, holdfast",
    ],
    [["--hops", "grpc-go"], "--hops: expected a client and a server at least, such as grpc-go,nginx,grpc-java"],
    [["--hops", "grpc-go,squid,grpc-go"], '--hops: no hop "squid"; expected grpc-go, '],
    [["--hops", "go,,go"], "--hops: an empty place between two commas"],
    [["--hops", "go,k8s,go"], "--hops: kubernetes is what the servers run on; expected it last"],
    [["--hops", "go,nginx@x,go"], '--hops: "nginx@x": expected a version such as nginx@1.22 behind the @'],
    [["--hops", "go,alb,alb,go"], "--hops: aws-alb twice"],
    [["--calls", "many"], '--calls: "many": expected a whole number from 1 to 100000'],
    [["--message-size", "4"], '--message-size: "4": expected a number and a unit, such as 16KiB or 4MiB'],
    [["--repeatable", "maybe"], '--repeatable: "maybe": expected yes or no'],
    [["--deploys", "daily"], '--deploys: "daily": expected rolling, at-once, never'],
    [["--for", "envoy", "--hops", "go,nginx,go"], "--for envoy: not on this path, which has grpc-go, nginx"],
    [["--as-in", "article", "--idle", "60s"], "--as-in article has its own path; expected no other option"],
    [["--as-in", "book"], "Allowed choices are article"],
  ] as const)("%j is named, with what was expected", async (args, words) => {
    const { status, out, err } = await run(...args);
    expect([status, out]).toEqual([2, ""]);
    expect(err).toContain(words);
  });

  it("a folder that cannot be made is named", async () => {
    const file = path.join(folder, "file");
    writeFileSync(file, "");
    const { status, err } = await run("--out", path.join(file, "below"));
    expect([status, err]).toEqual([2, expect.stringContaining(`--out ${path.join(file, "below")}: `)]);
  });
});

describe("--as-in article", () => {
  it("judges each figure by rule, with its source", async () => {
    const { status, out } = await run("--as-in", "article");
    expect(status).toBe(1);
    for (const words of [
      "Python server: grpc.http2.min_recv_ping_interval_without_data_ms 30000\n    error ka-06: Python server does not read",
      "grpc-go server: MaxConnectionAgeGrace: 5 * time.Second\n    error ag-01: ",
      "Envoy: cluster without http2_protocol_options\n    error cs-01: ",
      "AWS ALB: idle_timeout = 120\n    error ka-10: ",
      "nginx: no client_max_body_size\n    error lm-02: ",
      'grpc-go client: "MaxAttempts": 5\n    error lm-08: ',
    ])
      expect(out).toContain(words);
  });

  it("--json has the same as data", async () => {
    const { status, out } = await run("--as-in", "article", "--json");
    const paths = JSON.parse(out) as readonly {
      figures: readonly { findings: readonly { sources: readonly { at: string }[] }[] }[];
    }[];
    expect([status, paths.length]).toEqual([1, 5]);
    for (const { findings } of paths.flatMap(({ figures }) => figures))
      for (const { sources } of findings) expect(sources.length).toBeGreaterThan(0);
  });
});
