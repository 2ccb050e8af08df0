/** Networks that a machine does not have: addresses that swallow packets, a name server that is silent, a server that hangs. */

import type { Host } from "@holdfast/grpc/host";
import { createServer } from "@holdfast/grpc/server";
import { createWorld, type World } from "@holdfast/grpc/sim";
import { expect, it } from "vitest";
import { diagnose, type Diagnosis, type ProbeTarget } from "../src/index.ts";

const port = 50_051; // gRPC's customary port
const healthPath = "/grpc.health.v1.Health/Check";

async function settled<T>(world: World, promise: Promise<T>): Promise<T> {
  let over = false;
  void promise.then(() => (over = true));
  await world.run({ until: () => over, limitMs: world.nowMs + 600_000 });
  return promise;
}

function look(world: World, target: Partial<ProbeTarget> = {}, records: readonly string[] = []): Promise<Diagnosis> {
  const wanted: ProbeTarget = { host: "shop", port, security: "plain", service: "", answerMs: 5_000, ...target };
  const network = { host: world.host("client") };
  return settled(world, diagnose(wanted, { network, resolveTxt: () => Promise.resolve(records) }));
}

function told({ steps }: Diagnosis): string[] {
  return steps.flatMap(({ id, findings }) => findings.map((finding) => `${id} ${finding.id}`));
}

async function serving(world: World, name: string): Promise<string> {
  const host = world.host(name);
  const server = createServer({ host }).addMethod(healthPath, "unary", () => Uint8Array.of(8, 1));
  await settled(world, server.listen({ host: host.address, port }));
  return host.address;
}

it("one address of three works: which, in which order, and what it costs a client", async () => {
  const world = createWorld({ seed: 1 });
  const [dead, closed] = [world.host("dead").address, world.host("closed").address];
  const good = await serving(world, "good");
  world.dns.set("shop", [dead, closed, good]);
  world.link("client", "dead").partition();
  const diagnosis = await look(world);
  expect(told(diagnosis)).toEqual(["tcp some-addresses-fail"]);
  expect(diagnosis.verdict).toBe("doubtful");
  const [finding] = diagnosis.steps[1]?.findings ?? [];
  expect(finding?.text).toMatch(/^2 of 3 addresses take no connection: .*They come before one that works/);
  expect(diagnosis.steps[1]?.facts.map(({ value }) => value)).toEqual([
    "no answer in 5000 ms",
    expect.stringMatching(/^ECONNREFUSED after/),
    expect.stringMatching(/^connected in/),
  ]);
  expect(diagnosis.steps[4]?.headline).toBe("the server is SERVING");
});

it("nobody answers: told after the limit, and the rest is not tried", async () => {
  const world = createWorld({ seed: 1 });
  world.dns.set("shop", [world.host("dead").address]);
  world.link("client", "dead").partition();
  const diagnosis = await look(world);
  expect(told(diagnosis)).toEqual(["tcp connect-timed-out"]);
  expect(diagnosis.steps.slice(2).every(({ verdict }) => verdict === "skipped")).toBe(true);
  expect(diagnosis.tookMs).toBeLessThan(5_100);
});

it("a service config that clients refuse is told beside the addresses", async () => {
  const world = createWorld({ seed: 1 });
  world.dns.set("shop", [await serving(world, "good")]);
  expect(told(await look(world, {}, ['grpc_config=[{"serviceConfig":7}]']))).toEqual(["dns service-config-unreadable"]);
});

it("the network goes away in the middle: every step ends, and says what it saw", async () => {
  const world = createWorld({ seed: 1 });
  const host = world.host("good");
  const server = createServer({ host }).addMethod(healthPath, "unary", async () => {
    world.link("client", "good").partition();
    return Promise.resolve(Uint8Array.of(8, 1));
  });
  await settled(world, server.listen({ host: host.address, port }));
  world.dns.set("shop", [host.address]);
  expect(told(await look(world))).toEqual(["health answer-timed-out", "services answer-timed-out"]);
});

it("a name server that never says whether there is a service config holds nothing up", async () => {
  const world = createWorld({ seed: 1 });
  world.dns.set("shop", [await serving(world, "good")]);
  const target: ProbeTarget = { host: "shop", port, security: "plain", service: "", answerMs: 5_000 };
  const network = { host: world.host("client") };
  const diagnosis = await settled(world, diagnose(target, { network, resolveTxt: () => new Promise(() => undefined) }));
  expect(diagnosis.verdict).toBe("well");
  expect(diagnosis.steps[0]?.facts.at(-1)?.value).toBe("not answered (ETIMEOUT)");
});

it("a step that breaks or never ends is told as that, and the others go on", async () => {
  const world = createWorld({ seed: 1 });
  const target: ProbeTarget = { host: "shop", port, security: "plain", service: "", answerMs: 5_000 };
  const host = world.host("client");
  const resolveTxt = (): Promise<string[]> => Promise.resolve([]);
  const breaks = { ...hostOf(host), lookup: () => fail() };
  const broken = await settled(world, diagnose(target, { network: { host: breaks }, resolveTxt }));
  expect(told(broken)).toEqual(["dns step-broken"]);
  expect(broken.steps).toHaveLength(7);
  const deaf = { ...hostOf(host), connect: () => fail() };
  const late = await settled(
    world,
    diagnose({ ...target, resolve: host.address }, { network: { host: deaf }, resolveTxt }),
  );
  expect(told(late)).toEqual(["tcp step-broken"]);
});

function fail(): never {
  throw new Error("out of order");
}

/** A host's methods as values, to be replaced one by one. */
function hostOf(host: Host): Host {
  return {
    nowMs: () => host.nowMs(),
    wallMs: () => host.wallMs(),
    timer: (delayMs, fire, options) => host.timer(delayMs, fire, options),
    defer: (task) => host.defer(task),
    random: () => host.random(),
    lookup: (name, done) => host.lookup(name, done),
    connect: (options, events) => host.connect(options, events),
    listen: (options, events) => host.listen(options, events),
    onSignal: (name, heard) => host.onSignal(name, heard),
    env: (name) => host.env(name),
    log: (line) => host.log(line),
    compress: (coding, bytes) => host.compress(coding, bytes),
    decompress: (coding, bytes, maxBytes) => host.decompress(coding, bytes, maxBytes),
  };
}
