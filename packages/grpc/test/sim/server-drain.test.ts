/**
 * A server leaves. It warns with GOAWAY(2^31-1), serves what was on its way for a round trip, names its real last id,
 * lets calls finish, and closes so slowly that its last frames are read. What does not finish in time is told so.
 */

import { expect, it } from "vitest";
import type { CallContext, Server } from "../../src/server/index.ts";
import { bytes, port, serverWorld, text } from "./server-world.ts";
import { RawClient } from "./raw-client.ts";

/** `Hold` answers when told; `Echo` at once; `Drip` sends until its signal aborts. */
function holding() {
  const held: (() => void)[] = [];
  const aborted: unknown[] = [];
  const note = (call: CallContext): void =>
    call.signal.addEventListener("abort", () => aborted.push((call.signal.reason as { reason?: string }).reason));
  const handlers = (server: Server): void => {
    server.addMethod("/p.S/Echo", "unary", (request) => request);
    server.addMethod("/p.S/Hold", "unary", (request, call) => {
      note(call);
      return new Promise((resolve) => held.push(() => resolve(request)));
    });
    server.addMethod("/p.S/Drip", "server-streaming", async function* (request, call) {
      note(call);
      yield request;
      await new Promise((resolve) => call.signal.addEventListener("abort", resolve));
    });
  };
  return { held, aborted, handlers };
}

it("warns, serves late arrivals for a round trip, lets calls finish, and closes in order", async () => {
  const { held, handlers } = holding();
  const { client, server, serverHost, world, until, settled } = await serverWorld(handlers);
  world.link("server", "client").delay({ ms: 20 });
  const early = client.call("/p.S/Hold", [bytes("early")]);
  await until(() => held.length === 1);
  const drained = server.drain();
  // The warning is under way: the client does not know yet.
  const late = client.call("/p.S/Hold", [bytes("late")]);
  await until(() => client.goaways.length === 2);
  expect(client.goaways.map(({ code, lastStreamId }) => [code, lastStreamId])).toEqual([
    [0, 0x7fffffff],
    [0, 3],
  ]);
  expect(held).toHaveLength(2);
  for (const answer of held) serverHost.defer(answer);
  expect(await settled(drained)).toEqual({ warned: 1, finished: 2, cut: 0 });
  await until(() => client.report !== undefined);
  expect([early.status, late.status]).toEqual([0, 0]);
  expect(client.report).toMatchObject({ endedBy: "peer-http2", socket: "fin" });
  await until(() => serverHost.open().length === 0);
});

it("refuses new connections after a moment, so that clients go elsewhere, but keeps those in the queue", async () => {
  const { held, handlers } = holding();
  const { client, connect, server, serverHost, world, until, settled } = await serverWorld(handlers);
  client.call("/p.S/Hold", [bytes("x")]);
  await until(() => held.length === 1);
  // The process was busy: its timer fires before it looks at its sockets, with two connections in the kernel's queue.
  let drained: Promise<unknown> | undefined;
  serverHost.timer(10, () => {
    drained = server.drain();
  });
  serverHost.stall(50);
  const queued = [connect("queued-1"), connect("queued-2")];
  await until(() => drained !== undefined);
  const startedMs = world.nowMs;
  expect(queued.map(({ ready }) => ready)).toEqual([false, false]);
  await world.run(world.nowMs + 20);
  const stranger = connect("too-late");
  await until(() => stranger.report !== undefined && queued.every(({ report }) => report !== undefined));
  expect(stranger.report?.socketError?.kind).toBe("ECONNREFUSED");
  for (const { report } of queued) expect(report?.endedBy).toBe("peer-http2");
  expect(world.nowMs - startedMs).toBeLessThan(1_500);
  for (const answer of held) serverHost.defer(answer);
  await settled(drained as Promise<unknown>);
});

it("cuts what does not finish: UNAVAILABLE with DRAIN_CUT for a handler, REFUSED_STREAM for one not entered", async () => {
  const { held, aborted, handlers } = holding();
  const { client, server, world, until, settled, told } = await serverWorld(handlers);
  const hold = client.call("/p.S/Hold", [bytes("x")]);
  const drip = client.call("/p.S/Drip", [bytes("drop")]);
  const half = client.call("/p.S/Hold", [], { end: false });
  await until(() => held.length === 1 && drip.messages.length === 1);
  const startedMs = world.nowMs;
  expect(await settled(server.drain({ graceMs: 3_000 }))).toEqual({ warned: 3, finished: 0, cut: 3 });
  expect(world.nowMs - startedMs).toBeGreaterThanOrEqual(3_000);
  expect(world.nowMs - startedMs).toBeLessThan(4_500);
  await until(() => client.report !== undefined);
  const message = "[DRAIN_CUT] the server is going away and could not wait any longer";
  expect([hold.status, hold.message, hold.trailersOnly]).toEqual([14, message, true]);
  expect([drip.status, drip.message, drip.messages.map(text)]).toEqual([14, message, ["drop"]]);
  expect([half.status, half.ended]).toEqual([undefined, { kind: "reset-by-peer", code: 7 }]);
  expect(aborted).toEqual(["DRAIN_CUT", "DRAIN_CUT"]);
  expect(told).toEqual([]);
});

it("closes on a client that reads nothing, too", async () => {
  const { server, serverHost, client, until, settled, world } = await serverWorld((server) =>
    server.addMethod("/p.S/Flood", "server-streaming", async function* () {
      for (let piece = 0; piece < 1_000; piece++) yield new Uint8Array(30_000);
    }),
  );
  const call = client.call("/p.S/Flood", [bytes("")]);
  call.reads = false;
  await until(() => call.messages.length > 3);
  const startedMs = world.nowMs;
  expect(await settled(server.drain({ graceMs: 500 }))).toEqual({ warned: 1, finished: 0, cut: 1 });
  expect(world.nowMs - startedMs).toBeLessThan(4_000);
  await until(() => client.report !== undefined && serverHost.open().length === 0);
  expect(client.goaways.at(-1)).toMatchObject({ code: 0, lastStreamId: 1 });
});

it("does not wait for connections that never greet, nor for clients that never answer the PING", async () => {
  const { handlers } = holding();
  const { client, server, serverHost, world, settled, until } = await serverWorld(handlers);
  const silent = world
    .host("scanner")
    .connect(
      { address: { kind: "tcp", host: serverHost.address, port } },
      { data: () => {}, end: () => {}, flushed: () => {}, closed: () => {} },
    );
  await world.run(world.nowMs + 10);
  const startedMs = world.nowMs;
  expect(await settled(server.drain())).toEqual({ warned: 0, finished: 0, cut: 0 });
  expect(world.nowMs - startedMs).toBeLessThan(3_000);
  silent.destroy();
  await until(() => client.report !== undefined);
});

it("ends at the deadline when a client is gone without a word", async () => {
  const { handlers } = holding();
  const { server, world, settled } = await serverWorld(handlers);
  world.link("server", "client").partition();
  const startedMs = world.nowMs;
  await settled(server.drain({ graceMs: 2_000 }));
  expect(world.nowMs - startedMs).toBeLessThan(4_500);
});

it("joins a drain that runs, and a second one may only shorten it", async () => {
  const { held, handlers } = holding();
  const { client, server, world, until, settled } = await serverWorld(handlers);
  client.call("/p.S/Hold", [bytes("x")]);
  await until(() => held.length === 1);
  const first = server.drain({ graceMs: 20_000 });
  const second = server.drain({ graceMs: 1_000 });
  const third = server.drain();
  const startedMs = world.nowMs;
  const results = await settled(Promise.all([first, second, third]));
  expect(results).toEqual(Array(3).fill({ warned: 1, finished: 0, cut: 1 }));
  expect(world.nowMs - startedMs).toBeLessThan(3_000);
});

it("drains on a signal, however often it comes, until that is taken back", async () => {
  const { held, handlers } = holding();
  const { client, server, serverHost, until } = await serverWorld(handlers);
  const takeBack = server.drainOn("SIGHUP");
  takeBack();
  server.drainOn("SIGTERM");
  client.call("/p.S/Hold", [bytes("x")]);
  await until(() => held.length === 1);
  serverHost.signal("SIGTERM");
  serverHost.signal("SIGTERM");
  await until(() => client.goaways.length === 2);
  for (const answer of held) serverHost.defer(answer);
  await until(() => client.report !== undefined && serverHost.open().length === 0);
  await expect(server.listen("127.0.0.1:1")).rejects.toThrow(/drained or closed/);
});

it("closes at once when asked to: GOAWAY names what was taken, calls are lost, nothing is left", async () => {
  const { held, aborted, handlers } = holding();
  const { client, server, serverHost, world, until, settled } = await serverWorld(handlers);
  const call = client.call("/p.S/Hold", [bytes("x")]);
  await until(() => held.length === 1);
  const startedMs = world.nowMs;
  await settled(server.close());
  await until(() => client.report !== undefined && serverHost.open().length === 0);
  expect(world.nowMs - startedMs).toBeLessThan(2_000);
  expect(client.goaways.map(({ code, lastStreamId }) => [code, lastStreamId])).toEqual([[0, 1]]);
  expect(call.ended).toEqual({ kind: "connection" });
  expect(aborted).toEqual(["PEER_CANCELLED"]);
});

it("serves on several addresses, and a name that is taken is told", async () => {
  const { server, serverHost, world, until, settled } = await serverWorld(holding().handlers);
  const other = await settled(server.listen({ host: serverHost.address, port: 0 }));
  expect(other.address).toBe(`${serverHost.address}:${other.port}`);
  const address = { kind: "tcp", host: serverHost.address, port: other.port } as const;
  const client = new RawClient(world.host("second"), address);
  await until(() => client.ready);
  await expect(settled(server.listen({ host: serverHost.address, port }))).rejects.toMatchObject({
    kind: "EADDRINUSE",
  });
  expect(() => void server.listen("50051")).toThrow(/expected "host:port"/);
});
