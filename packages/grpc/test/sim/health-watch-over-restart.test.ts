/**
 * A client watches a service whose server is killed, comes back, is replaced, has no health, or is hostile. health.proto:
 * whatever ends a watch but UNIMPLEMENTED, the client tries again with exponential back-off.
 */
import { afterEach, expect, it } from "vitest";
import { check, watch } from "../../src/health/index.ts";
import { Health } from "../../src/health/health-pb.ts";
import { leaveNothingOpen } from "../channel/channel-world.ts";
import { HealthWorld } from "../health/health-world.ts";

afterEach(leaveNothingOpen);

it("says once that nobody can be asked, and goes on when the server is back", async () => {
  const world = new HealthWorld();
  const first = await world.well("shop");
  const channel = world.channel("shop");
  const shop = world.follow(channel, "");
  await world.until(() => shop.heard.length === 1);
  world.kill("shop", first.server);
  await world.pass(30_000);
  expect(shop.heard).toEqual(["SERVING", "UNKNOWN UNAVAILABLE"]);
  first.host.restart();
  const { health, host } = await world.well("shop");
  // It waits for the connection, and for nothing else.
  await world.settled(check(channel, "", { waitForReady: true, timeoutMs: 150_000 }));
  await world.until(() => shop.heard.length === 3, 100);
  host.defer(() => health.set("", "NOT_SERVING"));
  await world.until(() => shop.heard.length === 4);
  expect(shop.heard).toEqual(["SERVING", "UNKNOWN UNAVAILABLE", "SERVING", "NOT_SERVING"]);
  await world.settled(shop.updates.return());
});

it("hears NOT_SERVING from a server that drains, and SERVING from its successor", async () => {
  const world = new HealthWorld();
  const first = await world.well("shop");
  const shop = world.follow(world.channel("shop"), "");
  await world.until(() => shop.heard.length === 1);
  await world.settled(first.server.drain());
  first.host.restart();
  await world.well("shop");
  await world.until(() => shop.heard.length === 4);
  expect(shop.heard).toEqual(["SERVING", "NOT_SERVING", "UNKNOWN UNAVAILABLE", "SERVING"]);
  await world.settled(shop.updates.return());
});

it("says so when nobody is there from the beginning, and finds a server that comes later", async () => {
  const world = new HealthWorld();
  world.world.host("shop");
  const shop = world.follow(world.channel("shop"), "");
  await world.until(() => shop.heard.length === 1);
  await world.well("shop");
  await world.until(() => shop.heard.length === 2);
  expect(shop.heard).toEqual(["UNKNOWN UNAVAILABLE", "SERVING"]);
  await world.settled(shop.updates.return());
});

it("notices a server that vanished without a word by keepalive, as every call does", async () => {
  const world = new HealthWorld();
  await world.well("shop");
  const shop = world.follow(world.channel("shop", { keepalive: { timeMs: 30_000, timeoutMs: 10_000 } }), "");
  await world.until(() => shop.heard.length === 1);
  world.world.link("client", "shop").partition();
  await world.pass(39_000);
  expect(shop.heard).toEqual(["SERVING"]);
  await world.pass(2_000);
  expect(shop.heard).toEqual(["SERVING", "UNKNOWN UNAVAILABLE"]);
  world.world.link("client", "shop").heal();
  await world.until(() => shop.heard.length === 3, 180_000);
  await world.settled(shop.updates.return());
});

it("ends with a clear error when the server has no health service, and when the channel is closed", async () => {
  const world = new HealthWorld();
  await world.serve("plain", () => {});
  const plain = world.channel("plain");
  const none = world.follow(plain, "");
  await world.settled(none.ended);
  expect(none.heard).toEqual([expect.stringContaining("plain:50051 has no grpc.health.v1.Health/Watch")]);
  const error = await world.errorOf(check(plain));
  expect(error.message).toMatch(/^12 UNIMPLEMENTED .* has no grpc.health.v1.Health\/Check, so it can serve/);
  await world.well("shop");
  const channel = world.channel("shop");
  const shop = world.follow(channel, "");
  await world.until(() => shop.heard.length === 1);
  await world.settled(channel.close());
  await world.settled(shop.ended);
  expect(shop.heard).toEqual(["SERVING", expect.stringContaining("CHANNEL_CLOSED")]);
});

it("does not hammer a server that ends every watch at once", async () => {
  const world = new HealthWorld();
  let watches = 0;
  await world.serve("odd", (server) =>
    server.add(Health, {
      watch: async function* () {
        watches++;
        yield { status: 99 as never };
      },
    }),
  );
  const odd = world.follow(world.channel("odd"), "");
  await world.pass(60_000);
  // 1 s, times 1.6: about eight in a minute. A status that we do not know is UNKNOWN.
  expect(watches).toBeGreaterThan(3);
  expect(watches).toBeLessThan(12);
  expect(odd.heard.slice(0, 3)).toEqual(["UNKNOWN", "UNKNOWN UNAVAILABLE", "UNKNOWN"]);
  await world.settled(odd.updates.return());
});

it("opens a watch that lasted again at once", async () => {
  const world = new HealthWorld();
  let watches = 0;
  await world.serve("short", (server, host) =>
    server.add(Health, {
      watch: async function* () {
        watches++;
        yield { status: 1 };
        await world.takes(2_000, host);
      },
    }),
  );
  const short = world.follow(world.channel("short"), "");
  await world.pass(60_000);
  expect(watches).toBeGreaterThan(28);
  expect(short.heard.slice(0, 3)).toEqual(["SERVING", "UNKNOWN UNAVAILABLE", "SERVING"]);
  await world.settled(short.updates.return());
});

it("gives up asking once when the server does not answer in time", async () => {
  const world = new HealthWorld();
  await world.serve("hung", (server) => server.add(Health, { check: () => new Promise(() => {}) }));
  const startedMs = world.nowMs;
  const error = await world.errorOf(check(world.channel("hung"), ""));
  expect([error.codeName, Math.round((world.nowMs - startedMs) / 1_000)]).toEqual(["DEADLINE_EXCEEDED", 5]);
  expect((await world.errorOf(check(world.channel("hung"), "", { timeoutMs: 200 }))).codeName).toBe(
    "DEADLINE_EXCEEDED",
  );
});

it("ends at once when it is asked to before it began", async () => {
  const world = new HealthWorld();
  const channel = world.channel("nowhere");
  const updates = watch(channel, "", { host: world.client, signal: AbortSignal.abort() });
  expect(await world.settled(updates.next())).toEqual({ done: true, value: undefined });
  expect(() => watch(channel, "", { timeoutMs: 1 } as never)).toThrow(/watch option "timeoutMs" is unknown/);
});

it("ends at once between two attempts, and forgets the signal that ended it", async () => {
  const world = new HealthWorld();
  world.world.host("shop");
  const controller = new AbortController();
  const { signal } = controller;
  const listeners = new Set<unknown>();
  const { addEventListener, removeEventListener } = signal;
  signal.addEventListener = (...args: Parameters<typeof addEventListener>) => {
    listeners.add(args[1]);
    addEventListener.apply(signal, args);
  };
  signal.removeEventListener = (...args: Parameters<typeof removeEventListener>) => {
    listeners.delete(args[1]);
    removeEventListener.apply(signal, args);
  };
  const channel = world.channel("shop");
  const [first, second] = [0, 1].map(() => watch(channel, "", { host: world.client, signal }));
  if (first === undefined || second === undefined) throw new Error("two were made");
  expect(await world.settled(first.next())).toMatchObject({ value: { status: "UNKNOWN" } });
  await world.settled(first.return());
  expect(await world.settled(second.next())).toMatchObject({ value: { status: "UNKNOWN" } });
  controller.abort();
  const abortedMs = world.nowMs;
  expect(await world.settled(second.next())).toEqual({ done: true, value: undefined });
  expect([world.nowMs - abortedMs, listeners.size]).toEqual([0, 0]);
});
