/**
 * Somebody on call asks channel and server how they stand: while nothing is open, in the middle of calls, while a server
 * that is not there is tried again, and at the end.
 */
import { afterEach, describe, expect, it } from "vitest";
import { inspectTable } from "../../src/watch/inspect-table.ts";
import { ChannelWorld, leaveNothingOpen } from "../channel/channel-world.ts";

afterEach(leaveNothingOpen);

async function hanging(story: ChannelWorld) {
  const server = await story.serve("shop", (shop) => {
    shop.addMethod("/shop.Shop/Hang", "unary", (_, call) => {
      return new Promise((_resolve, reject) => {
        call.signal.addEventListener("abort", () => reject(call.signal.reason as Error));
      });
    });
  });
  return server;
}

describe("inspect", () => {
  it("of a channel nobody has used yet", () => {
    const channel = new ChannelWorld().channel("shop");
    expect(channel.inspect()).toEqual({
      kind: "channel",
      target: "dns:///shop:50051",
      closed: false,
      calls: { open: 0, waiting: 0 },
      names: { state: "never" },
      addresses: [],
      connectionsOpen: 0,
      connections: [],
      memory: { heldBytes: 0, limitBytes: 67_108_864 },
      connectionsEnded: 0,
      reports: [],
    });
  });

  it("shows calls, connections, settings both ways, windows and streams", async () => {
    const story = new ChannelWorld();
    const server = await hanging(story);
    const channel = story.channel("shop");
    const controller = new AbortController();
    const calls = [1, 2, 3].map(() => {
      return channel.unary("/shop.Shop/Hang", new Uint8Array(10), { signal: controller.signal }).catch(() => undefined);
    });
    await story.pass(1_000);
    const [ours, theirs] = [channel.inspect(), server.inspect()];
    expect(ours).toMatchObject({ calls: { open: 3, waiting: 0 }, connectionsOpen: 1 });
    expect(ours.addresses).toEqual([{ address: "10.0.0.2:50051", state: "ready", connectionId: 1 }]);
    const [connection] = ours.connections;
    expect(connection).toMatchObject({
      id: 1,
      role: "client",
      peer: "10.0.0.2:50051",
      socket: "open",
      phase: "ready",
      goingAway: "staying",
      streamsOpen: 3,
      streamsEver: 3,
      settings: {
        ours: { enablePush: false, initialWindowSize: 262_144 },
        theirs: { maxConcurrentStreams: 1_024, initialWindowSize: 262_144 },
      },
      windows: { sendBytes: 1_048_576 - 45, receiveBytes: 1_048_576 },
    });
    expect(connection?.streams.map(({ id, state }) => `${id} ${state}`)).toEqual([
      "1 half-closed-local",
      "3 half-closed-local",
      "5 half-closed-local",
    ]);
    expect(theirs).toMatchObject({
      kind: "server",
      listening: ["10.0.0.2:50051"],
      drain: "serving",
      callsOpen: 3,
      connectionsOpen: 1,
    });
    expect(theirs.connections[0]?.settings.theirs).toEqual(connection?.settings.ours);
    expect(channel.inspect({ maxStreams: 1 }).connections[0]?.streams).toHaveLength(1);
    expect(server.inspect({ maxConnections: 0 })).toMatchObject({ connectionsOpen: 1, connections: [] });
    const table = inspectTable(ours);
    expect(table).toContain("calls: 3 open, 0 of them waiting for a connection");
    expect(table).toMatch(/conn +peer +state +age +quiet +streams +may send +may receive +unsent/);
    expect(table).toMatch(/1 +10\.0\.0\.2:50051 +ready +1\.0 s +\d+ ms +3\/1024 +1\.0 MiB +1\.0 MiB +0 B/);
    expect(table).toContain("stream 3 half-closed-local: may send 256.0 KiB");
    expect(inspectTable(theirs)).toContain("server listening on 10.0.0.2:50051\ncalls: 3 open");
    controller.abort();
    await story.settled(Promise.all(calls));
  });

  it("shows what is tried again, and how the last connections ended, no more than eight", async () => {
    const story = new ChannelWorld();
    story.world.host("shop");
    const channel = story.channel("shop");
    await story.errorOf(channel.unary("/shop.Shop/Hang", new Uint8Array(0)));
    const table = inspectTable(channel.inspect());
    expect(table).toMatch(/10\.0\.0\.2:50051 +backoff +again in \d/);
    expect(table).toContain("conn 1 to 10.0.0.2:50051: no connection, connect ECONNREFUSED");
    void channel.unary("/shop.Shop/Hang", new Uint8Array(0), { waitForReady: true }).catch(() => undefined);
    await story.pass(1_200_000);
    const { connectionsEnded, reports, calls } = channel.inspect();
    expect(connectionsEnded).toBeGreaterThan(8);
    expect(reports.map(({ connectionId }) => connectionId)).toEqual(
      Array.from({ length: 8 }, (_, i) => connectionsEnded - 7 + i),
    );
    expect(calls).toEqual({ open: 1, waiting: 1 });
    await story.settled(channel.close());
    expect(channel.inspect()).toMatchObject({ closed: true, connectionsOpen: 0, calls: { open: 0, waiting: 0 } });
  });

  it("refuses options that it does not know", async () => {
    const story = new ChannelWorld();
    const server = await hanging(story);
    const channel = story.channel("shop");
    expect(() => channel.inspect({ maxStream: 3 } as object)).toThrow("did you mean maxStreams?");
    expect(() => server.inspect({ maxStreams: "3" } as object)).toThrow("expected a number of 0 or more");
  });

  it("stays plain text when a name or a peer would have it otherwise", () => {
    const channel = new ChannelWorld().channel("shop").inspect();
    expect(inspectTable({ ...channel, target: "\u001b[2J" })).toContain("\\u{1b}[2J");
  });
});
