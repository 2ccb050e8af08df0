/**
 * Connections whose time is limited (gRFC A9): one that nobody uses, and one that is old, so that clients spread over
 * servers that were added later. Both leave as in any drain: GOAWAY(2^31-1) and a PING, what is on its way is taken, GOAWAY
 * with the real last id, and from there the grace. A server that counts the grace from its warning cuts calls that it has
 * only just let in; one that keeps the age in a 32-bit timer drains every connection at once, for ever.
 */
import { expect, it } from "vitest";
import type { Server } from "../../src/server/index.ts";
import type { SimHost } from "../../src/sim/index.ts";
import type { RawClient } from "./raw-client.ts";
import { bytes, serverWorld, type ServerWorld } from "./server-world.ts";

const minuteMs = 60_000;
const dayMs = 86_400_000;

/** `Hold` never answers, `Slow` in a minute, `Echo` at once. */
const handlers = (server: Server, host: SimHost): void => {
  server.addMethod("/p.S/Slow", "unary", (request) => {
    return new Promise((resolve) => host.timer(minuteMs, () => host.defer(() => resolve(request))));
  });
  server.addMethod("/p.S/Echo", "unary", (request) => request);
  server.addMethod("/p.S/Hold", "unary", () => new Promise<never>(() => undefined));
};

/** Lets time pass until `so`, for as long as it takes; returns when it came. */
async function when(world: ServerWorld["world"], so: () => boolean, withinMs = 100 * dayMs): Promise<number> {
  await world.run({ until: so, limitMs: world.nowMs + withinMs });
  return world.nowMs;
}

const words = ({ goaways }: RawClient): string[] =>
  goaways.map(({ code, lastStreamId, debugData }) => `${code} ${lastStreamId} ${debugData}`);

it("an idle connection is drained after 5 minutes, counted from its last call's end", async () => {
  const { world, client, until } = await serverWorld(handlers, { maxConnectionIdleMs: 5 * minuteMs });
  await world.run(world.nowMs + 2 * minuteMs);
  const call = client.call("/p.S/Slow", [bytes("x")]);
  await when(world, () => call.status === 0);
  const restedMs = world.nowMs;
  const warnedMs = await when(world, () => client.goaways.length === 1);
  expect(warnedMs - restedMs).toBeGreaterThan(5 * minuteMs - 10);
  expect(warnedMs - restedMs).toBeLessThan(5 * minuteMs + 10);
  await until(() => client.report !== undefined);
  expect(words(client)).toEqual(["0 2147483647 max_idle", "0 1 max_idle"]);
  expect(client.report?.summary).toContain('GOAWAY(NO_ERROR "max_idle") last=max, last=1, then FIN');
});

it("a connection with a call is not idle, nor one that is asked for methods that do not exist", async () => {
  const { world, client } = await serverWorld(handlers, { maxConnectionIdleMs: 5 * minuteMs });
  const held = client.call("/p.S/Hold", [bytes("x")]);
  await world.run(world.nowMs + 60 * minuteMs);
  held.cancel();
  for (let i = 0; i < 10; i++) {
    await world.run(world.nowMs + 4 * minuteMs);
    client.call("/p.S/Nothing", [bytes("x")]);
  }
  expect(client.goaways).toEqual([]);
});

it("an old connection is told to go at 30 min ± 10 %; what is open 5 s after its last id is cut, and told why", async () => {
  const agesMs: number[] = [];
  for (let seed = 1; seed <= 20; seed++) {
    const { world, client, serverHost, until } = await serverWorld(handlers, {
      seed,
      maxConnectionAgeMs: 30 * minuteMs,
      maxConnectionAgeGraceMs: 5_000,
    });
    world.link("server", "client").delay({ ms: 50 });
    const held = client.call("/p.S/Hold", [bytes("x")]);
    agesMs.push(await when(world, () => client.goaways.length === 1));
    const lastIdMs = await when(world, () => client.goaways.length === 2);
    expect(words(client)).toEqual(["0 2147483647 max_age", "0 1 max_age"]);
    const cutMs = await when(world, () => held.status !== undefined);
    expect(cutMs - lastIdMs).toBeGreaterThan(5_000 - 1);
    expect(cutMs - lastIdMs).toBeLessThan(5_000 + 5);
    expect(held.status).toBe(14);
    expect(held.message).toContain("[DRAIN_CUT]");
    await until(() => client.report !== undefined && serverHost.open().length === 1);
  }
  expect(Math.min(...agesMs)).toBeGreaterThan(27 * minuteMs);
  expect(Math.max(...agesMs)).toBeLessThan(33 * minuteMs + 1_000);
  // Twenty draws from a tenth either way: both halves are there.
  expect(Math.max(...agesMs) - Math.min(...agesMs)).toBeGreaterThan(3 * minuteMs);
});

it("a call that was on its way when the warning left is served", async () => {
  const options = { maxConnectionAgeMs: 30 * minuteMs };
  const first = await serverWorld(handlers, options);
  first.world.link("server", "client").delay({ ms: 50 });
  const warnedMs = await when(first.world, () => first.client.goaways.length === 1);
  // The same world again; the warning leaves 50 ms before it is heard.
  const { world, client, until } = await serverWorld(handlers, options);
  world.link("server", "client").delay({ ms: 50 });
  await world.run(warnedMs - 20);
  const late = client.call("/p.S/Echo", [bytes("y")]);
  await until(() => client.report !== undefined);
  expect(late.status).toBe(0);
  expect(words(client)).toEqual(["0 2147483647 max_age", "0 1 max_age"]);
});

it("without a grace nothing is cut: the connection ends with its last call", async () => {
  const { world, client, until } = await serverWorld(handlers, { maxConnectionAgeMs: minuteMs });
  const held = client.call("/p.S/Hold", [bytes("x")]);
  await when(world, () => client.goaways.length === 2);
  await world.run(world.nowMs + dayMs);
  expect([held.ended, client.report]).toEqual([undefined, undefined]);
  held.cancel();
  await until(() => client.report !== undefined);
});

it("a client that reads nothing any more is closed a second after its calls were cut", async () => {
  const { world, client, serverHost } = await serverWorld(handlers, {
    maxConnectionAgeMs: minuteMs,
    maxConnectionAgeGraceMs: 5_000,
  });
  client.call("/p.S/Hold", [bytes("x")]);
  await when(world, () => client.goaways.length === 2);
  const lastIdMs = world.nowMs;
  world.link("server", "client").partition();
  await when(world, () => serverHost.open().length === 1);
  expect(world.nowMs - lastIdMs).toBeLessThan(20_000);
});

it("ages beyond what a 32-bit timer holds are kept: 30 days are not a millisecond", async () => {
  const { world, client } = await serverWorld(handlers, { maxConnectionAgeMs: 30 * dayMs });
  await when(world, () => client.goaways.length === 1);
  expect(world.nowMs).toBeGreaterThan(27 * dayMs);
  expect(world.nowMs).toBeLessThan(33 * dayMs + 1_000);
});

it("a server's own drain goes first: its grace counts, and the connection's clock says nothing more", async () => {
  const { world, client, server, settled } = await serverWorld(handlers, {
    maxConnectionAgeMs: minuteMs,
    maxConnectionAgeGraceMs: 1,
  });
  client.call("/p.S/Hold", [bytes("x")]);
  await world.run(world.nowMs + 1_000);
  const startedMs = world.nowMs;
  // Beyond the age, and far beyond the age's grace.
  expect(await settled(server.drain({ graceMs: 55_000 }))).toEqual({ warned: 1, finished: 0, cut: 1 });
  expect(world.nowMs - startedMs).toBeGreaterThan(55_000);
  expect(words(client)).toEqual(["0 2147483647 draining", "0 1 draining"]);
});
