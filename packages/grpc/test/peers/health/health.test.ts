/**
 * The example of examples/health with a real Redis and a real SQLite file, each taken away and brought back, and the
 * server's end: heard by our watch, by grpcio's, by grpc-go's, asked by grpc-go's Check as grpc-health-probe does (and by
 * that itself, where it is), and by curl. What each heard is printed.
 */
import { spawnSync } from "node:child_process";
import { mkdtempSync, renameSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, afterEach, beforeAll, expect, it } from "vitest";
import { watch } from "../../../src/health/index.ts";
import { type Channel, createChannel } from "../../../src/index.ts";
import { runPeer } from "../echo/peer-program.ts";
import { describeWith } from "../echo/present.ts";
import { type BuiltProgram, buildGo, buildLimitMs } from "./build.ts";
import { endAll, type Running, start, until } from "./processes.ts";

const here = (file: string): string => fileURLToPath(new URL(file, import.meta.url));
const example = here("../../../../../examples/health/server.mjs");
const python = process.env["HOLDFAST_PYTHON"] ?? "/usr/bin/python3";
const present = (program: string, ...args: string[]): boolean => {
  const there = spawnSync(program, args, { stdio: "ignore" }).status === 0;
  if (!there) console.log(`skipped: ${program} ${args.join(" ")} is not here`);
  return there || process.env["HOLDFAST_PEERS"] === "required";
};

const shop = "holdfast.shop.v1.Shop";
const sessions = "shop.v1.Sessions";
const services = ["", shop, sessions];

async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await new Promise((resolve) => server.once("listening", resolve));
  const { port } = server.address() as { port: number };
  await new Promise((resolve) => server.close(resolve));
  return port;
}

async function startRedis(port: number): Promise<Running> {
  const redis = start(
    "redis-server",
    "--port",
    String(port),
    "--bind",
    "127.0.0.1",
    "--save",
    "",
    "--appendonly",
    "no",
  );
  await until("Redis is ready", () => redis.lines.some((line) => line.includes("Ready to accept connections")));
  return redis;
}

/** Who watches: by name, the statuses heard for each service, as they come. */
type Heard = Map<string, readonly string[][]>;

function watchWithOurs(channel: Channel, heard: Heard): void {
  const lists = services.map((): string[] => []);
  heard.set("ours", lists);
  for (const [at, service] of services.entries()) {
    void (async () => {
      for await (const { status, error } of watch(channel, service)) {
        if (error === undefined) lists[at]?.push(status);
      }
    })().catch(() => {}); // The channel is closed when the story is over.
  }
}

function watchWith(name: string, heard: Heard, command: readonly [string, ...string[]], address: string): void {
  const [program, ...args] = command;
  heard.set(
    name,
    services.map((service) => start(program, ...args, address, service).lines as string[]),
  );
}

describeWith("Redis", ["redis-server", "--version"])("health over real dependencies", () => {
  let go: BuiltProgram | undefined;
  beforeAll(async () => {
    if (present("go", "version")) go = await buildGo(".");
  }, buildLimitMs);
  afterAll(() => go?.remove());
  afterEach(endAll);

  it("turns what needs Redis, or the SQLite file, or all of it, for every client", async () => {
    const folder = mkdtempSync(join(tmpdir(), "holdfast-health-"));
    const database = join(folder, "shop.sqlite");
    const [redisPort, port, probePort] = [await freePort(), await freePort(), await freePort()];
    const address = `127.0.0.1:${port}`;
    let redis = await startRedis(redisPort);
    const server = start(
      ...[process.execPath, example, "--listen", address, "--probes", `127.0.0.1:${probePort}`],
      ...["--database", database, "--redis", String(redisPort), "--interval", "500", "--lame-duck", "5000"],
    );
    // Its first checks are over, too: what watches are told first is SERVING.
    await until("the example serves", () => server.lines.filter((line) => /^serving| is up;/.test(line)).length === 3);

    const channel = createChannel(address);
    const heard: Heard = new Map();
    const steps: string[][] = [];
    const probe = async (path: string): Promise<[number, unknown]> => {
      const { out } = await runPeer({}, "curl", "-s", "-w", "%{http_code}", `http://127.0.0.1:${probePort}${path}`);
      const [body = "", status] = out.split("\n");
      return [Number(status), JSON.parse(body)];
    };
    const ready = (): Promise<[number, unknown]> => probe("/readyz");
    const probes: [string, readonly string[], (service: string) => readonly string[]][] = [];
    if (go !== undefined) probes.push(["grpc-go Check", [go.program, "check", address], (service) => [service]]);
    if (spawnSync("grpc_health_probe", ["-version"]).error === undefined) {
      probes.push([
        "grpc-health-probe",
        ["grpc_health_probe", `-addr=${address}`],
        (service) => [`-service=${service}`],
      ]);
    }
    watchWithOurs(channel, heard);
    if (present(python, "-c", "import grpc")) watchWith("grpcio", heard, [python, here("watch.py")], address);
    if (go !== undefined) watchWith("grpc-go", heard, [go.program, "watch"], address);

    /** Everybody hears these statuses last, in the order of `services`; what probes say is the same. */
    const step = async (what: string, expected: readonly string[]): Promise<void> => {
      for (const [name, lists] of heard) {
        const said = (): string => `${name}: ${lists.map((list) => list.at(-1)).join(" ")}`;
        await until(`${what}, ${said()}`, () => said() === `${name}: ${expected.join(" ")}`);
      }
      for (const [name, [program = "", ...first], rest] of probes) {
        for (const [at, service] of services.entries()) {
          const { status } = await runPeer({}, program, ...first, ...rest(service));
          expect(`${name} ${service} ${status}`).toBe(`${name} ${service} ${expected[at] === "SERVING" ? 0 : 4}`);
        }
      }
      const [status] = await ready();
      expect([what, status]).toEqual([what, expected[0] === "SERVING" ? 200 : 503]);
      steps.push([what, ...expected, String(status)]);
    };

    try {
      await step("all is there", ["SERVING", "SERVING", "SERVING"]);
      expect(await ready()).toEqual([200, { ready: true, draining: false, notServing: [], down: [], unchecked: [] }]);

      redis.child.kill("SIGKILL");
      await redis.ended;
      await step("Redis is killed", ["SERVING", "SERVING", "NOT_SERVING"]);
      expect(await ready()).toMatchObject([200, { ready: true, notServing: [sessions], down: ["cache"] }]);
      redis = await startRedis(redisPort);
      await step("Redis is back", ["SERVING", "SERVING", "SERVING"]);

      renameSync(database, `${database}.away`);
      await step("the SQLite file is gone", ["NOT_SERVING", "NOT_SERVING", "NOT_SERVING"]);
      expect(await ready()).toMatchObject([503, { ready: false, notServing: services, down: ["database"] }]);
      renameSync(`${database}.away`, database);
      await step("the SQLite file is back", ["SERVING", "SERVING", "SERVING"]);

      redis.child.kill("SIGSTOP");
      await step("Redis hangs", ["SERVING", "SERVING", "NOT_SERVING"]);
      redis.child.kill("SIGCONT");
      await step("Redis goes on", ["SERVING", "SERVING", "SERVING"]);

      server.child.kill("SIGTERM");
      await step("SIGTERM", ["NOT_SERVING", "NOT_SERVING", "NOT_SERVING"]);
      expect(await ready()).toMatchObject([503, { ready: false, draining: true }]);
      expect(await probe("/healthz")).toEqual([200, { alive: true }]);
      expect(await server.ended).toBe(0);
      const flips = [
        "SERVING",
        "NOT_SERVING",
        "SERVING",
        "NOT_SERVING",
        "SERVING",
        "NOT_SERVING",
        "SERVING",
        "NOT_SERVING",
      ];
      for (const [name, lists] of heard) {
        expect([name, lists[0]?.slice(0, 4)]).toEqual([name, flips.slice(0, 4)]);
        expect([name, lists[2]?.slice(0, 8)]).toEqual([name, flips]);
      }
    } finally {
      tell(heard, [...probes.map(([name]) => name), "curl"], steps, server.lines);
      await channel.close();
      rmSync(folder, { recursive: true, force: true });
    }
  }, 60_000);
});

function tell(heard: Heard, probes: readonly string[], steps: readonly string[][], log: readonly string[]): void {
  const who = [...heard.keys(), ...probes].join(", ");
  console.log(`${["what happened", '"" (the server)', shop, sessions, "/readyz"].join(" | ")}   as heard by ${who}`);
  for (const step of steps) console.log(step.join(" | "));
  for (const [name, lists] of heard) {
    for (const [at, list] of lists.entries()) console.log(`${name} "${services[at]}": ${list.join(" ")}`);
  }
  for (const line of log) console.log(`  ${line}`);
}
