/** What links and dying processes do to connections, told as stories. */

import { describe, expect, it } from "vitest";
import { Recorder, RecordedListener, bytesOf, textBytes } from "../host/harness.contract.ts";
import { createWorld, type World, type WorldOptions } from "./index.ts";
import { dial, echo } from "./stories.contract.ts";

interface Stage {
  readonly world: World;
  readonly client: Recorder;
  readonly listening: RecordedListener;
  readonly server: Recorder;
}

/** One client, one server, one connection; 1 ms each way. */
async function stage(options: Partial<WorldOptions> = {}): Promise<Stage> {
  const world = createWorld({ seed: 1, ...options });
  world.link("client", "server").delay({ ms: 1 });
  const listening = new RecordedListener();
  const host = world.host("server");
  listening.listener = host.listen({ address: { kind: "tcp", host: host.address, port: 80 } }, listening);
  const client = dial(world, "client", "server");
  await world.run({ until: () => client.isConnected && listening.accepts.length === 1, limitMs: 100 });
  return { world, client, listening, server: listening.first };
}

describe("a link", () => {
  it("whose reset comes while a reader is paused shows it bytes and an end, as Node 22 does; shuffled, also an error", async () => {
    const endings = new Set<string>();
    for (let seed = 0; seed < 10; seed++) {
      const permuteEqualTimes = seed > 0;
      const { world, client, server } = await stage({ permuteEqualTimes, seed });
      client.open.pause();
      server.open.write([textBytes("before")]);
      await world.run(world.nowMs + 5);
      server.open.reset();
      await world.run(world.nowMs + 5);
      client.open.resume();
      await world.run(world.nowMs + 5);
      expect(client.text).toBe("before");
      if (!permuteEqualTimes) expect(client.order).toEqual(["connected", "data", "end"]);
      endings.add(client.order.at(-1) ?? "");
    }
    expect([...endings].sort()).toEqual(["closed", "end"]);
  });

  it("takes its time, and jitters without mixing up a stream", async () => {
    const { world, client, server } = await stage();
    world.link("client", "server").from("client").delay({ ms: 50, jitterMs: 100 });
    for (const letter of "abcdefghij") client.open.write([textBytes(letter)]);
    await world.run(world.nowMs + 50);
    expect(server.text).toBe("");
    await world.run(world.nowMs + 101);
    expect(server.text).toBe("abcdefghij");
  });

  it("lets only so many bytes a second through", async () => {
    const { world, client, server } = await stage();
    world.link("client", "server").bandwidth(100_000);
    const startMs = world.nowMs;
    client.open.write([bytesOf(50_000)]);
    client.open.write([bytesOf(50_000)]);
    await world.run({ until: () => server.received === 100_000, limitMs: 5_000 });
    expect(world.nowMs - startMs).toBeCloseTo(1_001);
  });

  it("splits what was written as one, and coalesces what was written apart", async () => {
    const { world, client, server } = await stage();
    const link = world.link("client", "server");
    link.split(10);
    client.open.write([bytesOf(95)]);
    await world.run(world.nowMs + 10);
    expect(server.order).toHaveLength(10);
    link.split(Infinity);
    link.coalesce(20);
    for (let i = 0; i < 5; i++) {
      client.open.write([bytesOf(1)]);
      await world.run(world.nowMs + 0.5);
    }
    await world.run(world.nowMs + 40);
    expect(server.received).toBe(100);
    expect(server.order.length).toBeLessThan(13);
  });

  it("that was a black hole delivers late, when TCP sends again", async () => {
    const { world, client, server } = await stage();
    const lane = world.link("client", "server").from("client");
    lane.blackHole();
    const startMs = world.nowMs;
    client.open.write([textBytes("lost ")]);
    client.open.write([textBytes("and found")]);
    await world.run(startMs + 3_200);
    lane.heal();
    await world.run({ until: () => server.text === "lost and found", limitMs: 60_000 });
    // Sent again after 0.2, 0.6, 1.4, 3.0 and 6.2 s; the last of these is the first to get through.
    expect(world.nowMs - startMs).toBeCloseTo(6_201);
    expect(client.isClosed).toBe(false);
  });

  it("that stays a black hole ends in ETIMEDOUT for who has something unacknowledged, and silence for who has not", async () => {
    const { world, client, server } = await stage();
    world.link("client", "server").partition();
    client.open.write([textBytes("hello?")]);
    await world.run(899_000);
    expect(client.isClosed).toBe(false);
    await world.run(901_000);
    expect(client.error?.kind).toBe("ETIMEDOUT");
    expect(server.order).toEqual([]);
  });

  it("that swallows only acknowledgements delivers, and still ends in ETIMEDOUT", async () => {
    const { world, client, server } = await stage({ giveUpMs: 10_000 });
    world.link("client", "server").from("server").blackHole();
    client.open.write([textBytes("heard")]);
    await world.run(1_000);
    expect(server.text).toBe("heard");
    await world.run(11_000);
    expect(client.error?.kind).toBe("ETIMEDOUT");
  });

  it("healed in time ends nothing", async () => {
    const { world, client, server } = await stage({ giveUpMs: 10_000 });
    const link = world.link("client", "server");
    link.partition();
    client.open.write([textBytes("patience")]);
    await world.run(5_000);
    link.heal();
    await world.run(60_000);
    expect(server.text).toBe("patience");
    expect([client.isClosed, server.isClosed]).toEqual([false, false]);
  });

  it("resets both ends", async () => {
    const { world, client, server } = await stage();
    world.link("client", "server").reset();
    await world.run(world.nowMs + 1);
    expect([client.error?.kind, server.error?.kind]).toEqual(["ECONNRESET", "ECONNRESET"]);
  });

  it("half open: one end forgets, the other learns of it when it sends", async () => {
    const { world, client, server } = await stage();
    world.link("client", "server").halfOpen("server");
    await world.run(60_000);
    expect(server.error?.kind).toBe("ETIMEDOUT");
    expect(client.isClosed).toBe(false);
    client.open.write([textBytes("anyone?")]);
    await world.run(60_010);
    expect(client.error?.kind).toBe("ECONNRESET");
  });

  it.each([
    ["silent", 350_000 + 900_000 + 10_000, "ETIMEDOUT"],
    ["rst", 350_000 + 1_000, "ECONNRESET"],
  ] as const)("forgets idle flows (%s)", async (then, byMs, kind) => {
    const { world, client } = await stage();
    world.link("client", "server").forgetIdleFlows(350_000, { then });
    client.open.write([textBytes("busy")]);
    await world.run(349_000);
    client.open.write([textBytes("still busy")]);
    await world.run(350_500);
    expect(client.isClosed).toBe(false);
    await world.run(700_500);
    client.open.write([textBytes("too late")]);
    await world.run(350_000 + byMs);
    expect(client.error?.kind).toBe(kind);
  });
});

describe("a process", () => {
  it("that is killed leaves FIN where all was read", async () => {
    const { world, client, server } = await stage();
    server.open.write([textBytes("last words")]);
    world.host("server").kill();
    await world.run(world.nowMs + 10);
    expect([client.text, client.order]).toEqual(["last words", ["connected", "data", "end"]]);
    expect(server.order).toEqual([]);
  });

  it("that is killed leaves RST where something was unread", async () => {
    const { world, client, server } = await stage();
    server.open.pause();
    client.open.write([textBytes("unread")]);
    await world.run(world.nowMs + 5);
    world.host("server").kill();
    await world.run(world.nowMs + 5);
    expect(client.error?.kind).toBe("ECONNRESET");
  });

  it("that was killed is refused at, until it is restarted", async () => {
    const { world } = await stage();
    world.host("server").kill();
    const refused = dial(world, "client", "server");
    await world.run(world.nowMs + 10);
    expect(refused.error?.kind).toBe("ECONNREFUSED");
    world.host("server").restart();
    echo(world.host("server"));
    const welcome = dial(world, "client", "server");
    await world.run(world.nowMs + 10);
    expect(welcome.isConnected).toBe(true);
  });

  it("that was killed runs no more: no timer, no task, no event, and nothing it does has an effect", async () => {
    const { world, client, server } = await stage();
    const host = world.host("server");
    let ran = 0;
    host.timer(5, () => ran++);
    host.defer(() => ran++);
    host.onSignal("SIGTERM", () => ran++);
    host.lookup("client", () => ran++);
    host.kill();
    host.timer(5, () => ran++);
    host.defer(() => ran++);
    host.connect({ address: { kind: "tcp", host: world.host("client").address, port: 80 } }, new Recorder());
    server.open.write([textBytes("from beyond")]);
    host.restart();
    host.signal("SIGTERM");
    await world.run(1_000);
    expect([ran, client.text, host.open()]).toEqual([0, "", []]);
  });

  it("on a machine without power is silent: connections hang, new ones time out after 127 s", async () => {
    const { world, client } = await stage();
    world.host("server").kill({ machine: true });
    client.open.write([textBytes("hello?")]);
    const late = dial(world, "client", "server");
    const startMs = world.nowMs;
    await world.run(startMs + 126_999);
    expect([client.isClosed, late.isClosed]).toEqual([false, false]);
    await world.run(startMs + 127_001);
    expect(late.error?.kind).toBe("ETIMEDOUT");
    world.host("server").restart();
    await world.run(startMs + 300_000);
    expect(client.error?.kind).toBe("ECONNRESET");
  });

  it("that is stalled accepts, reads and answers late, and everything at once", async () => {
    const { world, client, server, listening } = await stage();
    world.host("server").stall(500);
    const startMs = world.nowMs;
    client.open.write([textBytes("one ")]);
    const other = dial(world, "client", "server");
    await world.run(startMs + 100);
    client.open.write([textBytes("two")]);
    await world.run(startMs + 499);
    expect([other.isConnected, server.text, listening.accepts.length]).toEqual([true, "", 1]);
    await world.run(startMs + 501);
    expect([server.order, server.text, listening.accepts.length]).toEqual([["data"], "one two", 2]);
  });

  it("with a full accept queue makes others wait for their second SYN", async () => {
    const world = createWorld({ seed: 1 });
    const host = world.host("server");
    const listening = new RecordedListener();
    host.listen({ address: { kind: "tcp", host: host.address, port: 80 }, backlog: 1 }, listening);
    await world.run(1);
    host.stall(500);
    const first = dial(world, "client", "server");
    await world.run(10);
    const second = dial(world, "client", "server");
    await world.run(400);
    expect([first.isConnected, second.isConnected]).toEqual([true, false]);
    await world.run(1_100);
    expect([second.isConnected, listening.accepts.length]).toEqual([true, 2]);
  });
});
