/** Where calls go: finding an address that answers, spreading, waiting for a slot, and the next connection in time. */
import { Shop } from "@holdfast/lab/shop";
import { afterEach, describe, expect, it } from "vitest";
import type { ChannelOptions } from "../../src/channel/channel.ts";
import { ChannelWorld, leaveNothingOpen } from "./channel-world.ts";

afterEach(leaveNothingOpen);

const roundRobin: ChannelOptions = { serviceConfig: { loadBalancingConfig: [{ round_robin: {} }] } };

/** Servers that answer with their names, all of them behind the name `shop`. */
async function namedServers(...names: string[]): Promise<ChannelWorld> {
  const story = new ChannelWorld();
  for (const name of names) {
    await story.serve(name, (server) => server.add(Shop, { read: () => ({ id: name }) }));
  }
  story.world.dns.set(
    "shop",
    names.map((name) => story.world.host(name).address),
  );
  return story;
}

describe("an address", () => {
  it("that is dead is passed over for the next one (pick_first)", async () => {
    const story = await namedServers("b");
    const dead = story.world.host("a");
    story.world.dns.set("shop", [dead.address, story.world.host("b").address]);
    const shop = story.channel("shop").client(Shop);
    expect((await story.settled(shop.read({}))).id).toBe("b");
    expect(story.nowMs).toBeLessThan(100);
  });

  it("takes all calls as long as it answers (pick_first)", async () => {
    const story = await namedServers("a", "b", "c");
    const shop = story.channel("shop").client(Shop);
    const ids = await story.settled(Promise.all(Array.from({ length: 30 }, () => shop.read({}))));
    expect(new Set(ids.map(({ id }) => id)).size).toBe(1);
  });

  it("gets its share (round_robin)", async () => {
    const story = await namedServers("a", "b", "c");
    const shop = story.channel("shop", roundRobin).client(Shop);
    await story.settled(shop.read({}));
    await story.pass(100);
    const ids = await story.settled(Promise.all(Array.from({ length: 30 }, () => shop.read({}))));
    expect(count(ids.map(({ id }) => id))).toEqual({ a: 10, b: 10, c: 10 });
  });
});

describe("nobody there", () => {
  it("is told at once, with what is known", async () => {
    const story = new ChannelWorld();
    story.world.host("shop");
    const error = await story.errorOf(story.channel("shop").client(Shop).read({}));
    expect(error).toMatchObject({ code: 14, reason: "CONNECT_REFUSED", processed: "no" });
    expect(error.evidence).toEqual([{ kind: "never-ready" }]);
    expect(error.report).toMatchObject({ socket: "connect-failed", socketError: { kind: "ECONNREFUSED" } });
    expect(story.nowMs).toBeLessThan(100);
  });

  it("is waited for with waitForReady, until the deadline at most", async () => {
    const story = new ChannelWorld();
    story.world.host("shop");
    const shop = story.channel("shop").client(Shop);
    const waiting = shop.read({}, { waitForReady: true });
    const short = story.errorOf(shop.read({}, { waitForReady: true, timeoutMs: 1_000 }));
    expect(await short).toMatchObject({ code: 4, reason: "DEADLINE_EXCEEDED", processed: "no" });
    await story.serve("shop", (server) => server.add(Shop, { read: () => ({ id: "late" }) }));
    expect((await story.settled(waiting)).id).toBe("late");
  });

  it("a name without an address is told as that", async () => {
    const story = new ChannelWorld();
    const error = await story.errorOf(story.channel("nowhere").client(Shop).read({}));
    expect(error).toMatchObject({ code: 14, reason: "NAME_NOT_FOUND", processed: "no" });
  });
});

describe("a server's MAX_CONCURRENT_STREAMS", () => {
  it("is kept to: further calls wait for a slot, in their order", async () => {
    const story = new ChannelWorld();
    let open = 0;
    let most = 0;
    const order: string[] = [];
    await story.serve(
      "shop",
      (server, host) =>
        server.add(Shop, {
          read: async ({ id }) => {
            order.push(id);
            most = Math.max(most, ++open);
            await story.takes(10, host);
            open--;
            return { id };
          },
        }),
      { maxConcurrentStreams: 3 },
    );
    const shop = story.channel("shop").client(Shop);
    const ids = Array.from({ length: 20 }, (_, i) => String(i));
    const calls = ids.map((id) => shop.read({ id }));
    expect((await story.settled(Promise.all(calls))).map(({ id }) => id)).toEqual(ids);
    expect(most).toBe(3);
    expect(order).toEqual(ids);
  });

  it("a call that is cancelled while it waits was never sent, and does not hold up the others", async () => {
    const story = new ChannelWorld();
    const server = story.script("shop", {
      settings: [[3, 1]],
      onRequest: ({ connection, streamId }) =>
        story.world.at(story.nowMs + 100, () => connection.answerGrpc(streamId, "")),
    });
    const shop = story.channel("shop").client(Shop);
    const first = shop.read({});
    const second = story.errorOf(shop.read({}, { timeoutMs: 50 }));
    const third = shop.read({});
    expect(await second).toMatchObject({ code: 4, processed: "no", evidence: [{ kind: "never-sent" }] });
    await story.settled(Promise.all([first, third]));
    expect(server.executed).toHaveLength(2);
  });
});

describe("the next connection", () => {
  it("is made when GOAWAY comes, not when the next call finds out", async () => {
    const story = new ChannelWorld();
    const server = story.script("shop", {
      onRequest: ({ connection, streamId }) => connection.answerGrpc(streamId, ""),
    });
    const shop = story.channel("shop").client(Shop);
    await story.settled(shop.read({}));
    server.connections[0]?.goaway(1);
    await story.until(() => server.connections.length === 2, 5);
    await story.pass(100);
    // The call finds it ready: one way there, one way back.
    const startedAtMs = story.nowMs;
    await story.settled(shop.read({}));
    expect(story.nowMs - startedAtMs).toBeLessThan(1);
    expect(server.connections.map(({ requests }) => requests.size)).toEqual([1, 1]);
  });

  it("is made when the old one is reset, too", async () => {
    const story = new ChannelWorld();
    const server = story.script("shop", {
      onRequest: ({ connection, streamId }) => connection.answerGrpc(streamId, ""),
    });
    const shop = story.channel("shop").client(Shop);
    await story.settled(shop.read({}));
    server.connections[0]?.socket.reset();
    await story.until(() => server.connections.length === 2, 5);
    await story.settled(shop.read({}));
  });

  it("is not made for a channel that was not used for half an hour", async () => {
    const story = new ChannelWorld();
    const server = story.script("shop", {
      onRequest: ({ connection, streamId }) => connection.answerGrpc(streamId, ""),
    });
    const shop = story.channel("shop").client(Shop);
    await story.settled(shop.read({}));
    await story.pass(1_900_000); // over the 30 min of gRFC A62
    server.connections[0]?.goaway(1);
    await story.pass(10_000);
    expect(server.connections).toHaveLength(1);
    await story.settled(shop.read({}));
    expect(server.connections).toHaveLength(2);
  });
});

function count(names: readonly string[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const name of names) counts[name] = (counts[name] ?? 0) + 1;
  return counts;
}
