/**
 * A walk through the world: what a test can do with it, one story each. Begin here to learn the kit. What its sockets
 * do is held against the kernel in `sim-host.test.ts`; what links and dying processes do is told in `faults.test.ts`.
 */

import { describe, expect, it } from "vitest";
import { Recorder, textBytes } from "../host/harness.contract.ts";
import { createWorld, worldBeginsMs, type SimHost, type World } from "./index.ts";
import { echo, dial } from "./stories.contract.ts";

const thirtyMinutesMs = 1_800_000;

describe("a world", () => {
  it("lets half an hour pass at once", async () => {
    const world = createWorld({ seed: 1 });
    const server = world.host("server-1");
    const heard: number[] = [];
    server.timer(thirtyMinutesMs, () => heard.push(server.nowMs()));
    await world.run(thirtyMinutesMs - 1);
    expect(heard).toEqual([]);
    await world.run({ until: () => heard.length > 0, limitMs: 2 * thirtyMinutesMs });
    expect(heard).toEqual([thirtyMinutesMs]);
    expect(world.nowMs).toBe(thirtyMinutesMs);
  });

  it("connects processes by name, over links that take time", async () => {
    const world = createWorld({ seed: 1 });
    echo(world.host("server-1"));
    world.link("client-1", "server-1").delay({ ms: 10 });
    const client = world.host("client-1");
    const recorder = new Recorder();
    client.lookup("server-1", (result) => {
      const host = result.kind === "found" ? (result.addresses[0] ?? "") : "";
      const socket = client.connect({ address: { kind: "tcp", host, port: 80 } }, recorder);
      socket.write([textBytes("hello")]);
    });
    await world.run({ until: () => recorder.text === "hello", limitMs: 1_000 });
    // The look-up, SYN and its answer, the word and its echo.
    expect(world.nowMs).toBeCloseTo(world.dns.delayMs + 40);
  });

  it("writes down what every process heard", async () => {
    const world = createWorld({ seed: 1 });
    echo(world.host("server-1"));
    const client = dial(world, "client-1", "server-1");
    client.open.write([textBytes("hi")]);
    await world.run({ until: () => client.text === "hi", limitMs: 1_000 });
    expect(world.log).toEqual([
      "0.000 server-1 listening 10.0.0.1:80",
      "0.500 client-1#1 connected",
      "0.500 client-1#1 flushed 2",
      "0.750 server-1 accepted server-1#1",
      "0.750 server-1#1 data 2",
      "0.750 server-1#1 flushed 2",
      "1.000 client-1#1 data 2",
    ]);
  });

  it("lists what is open, so that a test can fail on a leak", async () => {
    const world = createWorld({ seed: 1 });
    const listener = echo(world.host("server-1"));
    const client = dial(world, "client-1", "server-1");
    const timer = world.host("client-1").timer(5_000, () => {});
    world.host("client-1").timer(5_000, () => {}, { background: true });
    await world.run(10);
    expect(world.open()).toEqual({
      "server-1": ["listener server-1 at 10.0.0.1:80", "socket server-1#1 to 10.0.0.2:32768"],
      "client-1": ["socket client-1#1 to 10.0.0.1:80", "timer of client-1 at 5000.000 ms"],
    });
    listener.close();
    timer.cancel();
    client.open.end();
    await world.run(20);
    expect(world.open()).toEqual({});
  });

  it("stands in for TLS with certificates that can be read", async () => {
    const world = createWorld({ seed: 1 });
    const { cert, key, ca } = world.certificate({ names: ["*.shop.test"], subject: "shop" });
    echo(world.host("server-1"), { cert, key, alpn: ["h2"] });
    const good = dial(world, "client-1", "server-1", { serverName: "eu.shop.test", ca, alpn: ["h2"] });
    const wrong = dial(world, "client-2", "server-1", { serverName: "shop.test", ca, alpn: ["h2"] });
    await world.run({ until: () => good.isConnected && wrong.isClosed, limitMs: 1_000 });
    expect(good.session).toMatchObject({ alpn: "h2", peer: { subject: "CN=shop" } });
    expect(wrong.error).toEqual({ kind: "TLS", message: "the certificate is for *.shop.test, not for shop.test" });
  });

  it("moves names, skews clocks, delivers signals, keeps what was logged", async () => {
    const world = createWorld({ seed: 1 });
    const host = world.host("server-1");
    const heard: unknown[] = [];
    world.dns.set("shop", ["10.9.9.9"]);
    host.lookup("shop", (result) => heard.push(result));
    const stop = host.onSignal("SIGTERM", () => host.log("draining"));
    host.signal("SIGTERM");
    host.skew({ wallMs: -3_600_000 });
    await world.run(1);
    expect(heard).toEqual([{ kind: "found", addresses: ["10.9.9.9"] }]);
    expect(host.logged).toEqual(["draining"]);
    expect(host.wallMs()).toBe(worldBeginsMs + 1 - 3_600_000);
    expect(host.nowMs()).toBe(1);
    stop();
    host.signal("SIGTERM");
    await world.run(2);
    expect(host.logged).toEqual(["draining"]);
  });

  it("shuffles what happens at one moment, by seed, and keeps each stream in order", async () => {
    const ordersBySeed = new Set<string>();
    for (let seed = 0; seed < 20; seed++) {
      const world = createWorld({ seed, permuteEqualTimes: true });
      ordersBySeed.add((await arrivals(world)).join(" "));
    }
    expect(ordersBySeed.size).toBeGreaterThan(3);
    for (const order of ordersBySeed) {
      expect(order.replace(/[^a]*a(\d)[^a]*/g, "$1")).toBe("123");
    }
    const plain = new Set<string>();
    for (let seed = 0; seed < 5; seed++) plain.add((await arrivals(createWorld({ seed }))).join(" "));
    expect(plain.size).toBe(1);
  });

  it("rejects a run with what a callback threw, and loses no other deferred task", async () => {
    const world = createWorld({ seed: 1 });
    const host = world.host("client-1");
    const ran: string[] = [];
    host.defer(() => {
      throw new Error("a task that fails");
    });
    host.defer(() => ran.push("the other task"));
    await expect(world.run(1)).rejects.toThrow("a task that fails");
    expect(ran).toEqual(["the other task"]);
    host.timer(5, () => {
      throw new Error("a timer that fails");
    });
    await expect(world.run(10)).rejects.toThrow("a timer that fails");
    await world.run(20);
  });

  it("says so when what a run waits for does not come, and when two runs overlap", async () => {
    const world = createWorld({ seed: 1 });
    await expect(world.run({ until: () => false, limitMs: 50 })).rejects.toThrow("by 50 ms");
    const first = world.run(100);
    await expect(world.run(100)).rejects.toThrow("running already");
    await first;
  });

  it("gives the same numbers for the same seed, each process a stream of its own", () => {
    const draws = (seed: number): number[] => {
      const world = createWorld({ seed });
      const host: SimHost = world.host("client-1");
      return [world.random(), host.random(), host.random()];
    };
    expect(draws(5)).toEqual(draws(5));
    expect(draws(5)).not.toEqual(draws(6));
  });
});

/** Three words each from three clients, all sent at one moment; the order in which the server heard them. */
async function arrivals(world: World): Promise<string[]> {
  const order: string[] = [];
  const server = world.host("server-1");
  const words = new TextDecoder();
  server.listen(
    { address: { kind: "tcp", host: server.address, port: 80 } },
    {
      listening: () => {},
      accepted: () => ({
        data: (bytes) => order.push(words.decode(bytes)),
        end: () => {},
        flushed: () => {},
        closed: () => {},
      }),
      failed: () => {},
      closed: () => {},
    },
  );
  const clients = ["a", "b", "c"].map((letter) => ({ letter, recorder: dial(world, `client-${letter}`, "server-1") }));
  await world.run(10);
  for (const { letter, recorder } of clients) {
    world.link(`client-${letter}`, "server-1").split(2);
    recorder.open.write([textBytes(`${letter}1${letter}2${letter}3`)]);
  }
  await world.run(20);
  return order;
}
