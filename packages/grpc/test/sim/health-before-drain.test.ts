/**
 * A server drains. First its health says NOT_SERVING (grpc/doc/health-checking.md: before it goes away), then, after the
 * lame duck's time, clients hear GOAWAY; watches, which have no end of their own, end there and keep no drain waiting.
 */
import { afterEach, expect, it } from "vitest";
import { check } from "../../src/health/index.ts";
import type { DrainResult } from "../../src/server/index.ts";
import { leaveNothingOpen } from "../channel/channel-world.ts";
import { HealthWorld } from "../health/health-world.ts";
import { RawClient } from "./raw-client.ts";

afterEach(leaveNothingOpen);

async function story(drain = {}) {
  const world = new HealthWorld();
  const { host, health, server } = await world.well("shop", { drain });
  health.set("shop.v1.Shop", "SERVING");
  server.addMethod("/p.S/Echo", "unary", (request) => request);
  const connect = async (name: string): Promise<RawClient> => {
    const client = new RawClient(world.world.host(name), { kind: "tcp", host: host.address, port: 50_051 });
    await world.until(() => client.ready);
    return client;
  };
  return { world, host, health, server, connect };
}

it("says NOT_SERVING, serves on as a lame duck, and only then tells clients to go", async () => {
  const { world, health, server, connect } = await story({ lameDuckMs: 5_000 });
  const client = await connect("client");
  const watch = client.call("/grpc.health.v1.Health/Watch", [new Uint8Array()]);
  await world.until(() => watch.messages.length === 1);
  const startedMs = world.nowMs;
  const drained = server.drain();
  expect([health.statuses.get(""), health.statuses.get("shop.v1.Shop")]).toEqual(["NOT_SERVING", "NOT_SERVING"]);
  expect(health.readiness).toMatchObject({ ready: false, draining: true });
  health.setAll("SERVING");
  await world.until(() => watch.messages.length === 2);
  expect([watch.messages[1]?.at(-1), client.goaways, world.nowMs - startedMs < 100]).toEqual([2, [], true]);
  // Who has not noticed yet is served, on old connections and on new ones.
  await world.pass(4_000);
  const newcomer = await connect("newcomer");
  const calls = [client, newcomer].map((from) => from.call("/p.S/Echo", [Uint8Array.of(1)]));
  await world.until(() => calls.every(({ status }) => status === 0));
  expect([client.goaways, newcomer.goaways, watch.ended]).toEqual([[], [], undefined]);
  const result = await world.settled<DrainResult>(drained);
  // The watch was open when the warning went out; the two calls were over by then.
  expect(result).toEqual({ warned: 1, finished: 1, cut: 0 });
  expect(world.nowMs - startedMs).toBeGreaterThan(5_000);
  expect(world.nowMs - startedMs).toBeLessThan(8_000);
  expect([watch.status, watch.message]).toEqual([14, "the server is going away; watch the next one"]);
  expect(client.goaways).toHaveLength(2);
});

it("without a lame duck's time, a watch hears NOT_SERVING and its end, and the drain does not wait for it", async () => {
  const { world, server, connect } = await story();
  const client = await connect("client");
  const watch = client.call("/grpc.health.v1.Health/Watch", [new Uint8Array()]);
  await world.until(() => watch.messages.length === 1);
  const startedMs = world.nowMs;
  const drained = server.drain();
  const late = client.call("/grpc.health.v1.Health/Watch", [new Uint8Array()]);
  await world.settled(drained);
  expect(world.nowMs - startedMs).toBeLessThan(3_000);
  expect([watch, late].map(({ messages, status }) => [messages.at(-1)?.at(-1), status])).toEqual([
    [2, 14],
    [2, 14],
  ]);
});

it("can be hurried out of the lame duck's time, and closes from there at once", async () => {
  const { world, health, server } = await story({ lameDuckMs: 60_000 });
  const startedMs = world.nowMs;
  const drained = server.drain();
  await world.pass(1_000);
  void server.drain({ lameDuckMs: 1_000 });
  await world.settled(drained);
  expect(world.nowMs - startedMs).toBeLessThan(4_000);
  const other = await story({ lameDuckMs: 60_000 });
  const cut = other.server.drain();
  await other.world.settled(other.server.close());
  await other.world.settled(cut);
  expect(other.world.nowMs).toBeLessThan(4_000);
  expect(health.readiness.ready).toBe(false);
});

it("a close is no drain, but nobody reads SERVING of what is closed", async () => {
  const { world, health, server } = await story();
  expect(await world.settled(check(world.channel("shop"), "shop.v1.Shop"))).toBe("SERVING");
  await world.settled(server.close());
  expect(health.readiness).toMatchObject({ ready: false, draining: true, notServing: ["", "shop.v1.Shop"] });
});

it("tells whoever listens in order, whatever one of them throws, until that is taken back", async () => {
  const { world, host, server } = await story();
  const heard: string[] = [];
  server.onDrain({
    announced: () => {
      throw new Error("mine");
    },
  });
  const note = { announced: () => heard.push("announced"), warned: () => heard.push("warned") };
  server.onDrain(note);
  server.onDrain({ announced: () => heard.push("never") })();
  await world.settled(server.drain());
  expect(heard).toEqual(["announced", "warned"]);
  expect(host.logged).toEqual([expect.stringMatching(/^holdfast: onDrain failed: Error: mine/)]);
});

it("stops to look at dependencies once clients are told to go", async () => {
  const { world, health, server } = await story({ lameDuckMs: 5_000 });
  const askedMs: number[] = [];
  health.monitor({ database: () => askedMs.push(world.nowMs) }, { intervalMs: 1_000 });
  const drained = server.drain();
  await world.settled(drained);
  const asked = askedMs.length;
  await world.pass(10_000);
  expect([asked > 4, askedMs.length]).toEqual([true, asked]);
});
