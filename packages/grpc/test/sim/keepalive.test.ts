/**
 * Keepalive at both ends, on a virtual clock (gRFC A8 and A9). A client with a time of 30 s and a timeout of 10 s finds a
 * dead connection in 40 s; a server that permits a PING every 25 s has nothing against it, one with gRPC's default of 5 min
 * ends its connections with "too_many_pings", and the client asks half as often from then on. A client that counts from the
 * PING it sent last, and not from what it read, is struck as soon as the network shakes: its PINGs arrive too close.
 */
import { afterEach, describe, expect, it } from "vitest";
import { StatusError, type TerminationReport } from "../../src/index.ts";
import type { Server, ServerOptions } from "../../src/server/index.ts";
import { ChannelWorld, leaveNothingOpen } from "../channel/channel-world.ts";
import { port } from "../channel/scripted-server.ts";
import { RawClient } from "./raw-client.ts";

const keepalive = { timeMs: 30_000, timeoutMs: 10_000 };
const secondMs = 1_000;
const hourMs = 3_600_000;
const dead = 0x7fff_ffff; // longer than any of these stories

afterEach(leaveNothingOpen);

/** `Hold` answers after as many seconds as its request has octets; `Take` reads all that comes. */
function shop(server: Server, host: ChannelWorld["client"]): void {
  server.addMethod("/shop.Shop/Hold", "unary", (request, call) => {
    return new Promise((resolve, reject) => {
      const timer = host.timer(request.length * secondMs, () => host.defer(() => resolve(request)));
      call.signal.addEventListener("abort", () => {
        timer.cancel();
        host.defer(() => reject(call.signal.reason as Error));
      });
    });
  });
  server.addMethod("/shop.Shop/Take", "client-streaming", async (pieces) => {
    for await (const piece of pieces) void piece;
    return new Uint8Array(0);
  });
}

interface Story {
  readonly story: ChannelWorld;
  readonly reports: TerminationReport[];
  readonly channel: ReturnType<ChannelWorld["channel"]>;
  /** A call that is answered after so many seconds. */
  hold(seconds: number): Promise<Uint8Array>;
}

async function keptAlive(
  server: Omit<ServerOptions, "host"> = {},
  client: Parameters<ChannelWorld["channel"]>[1] = { keepalive },
): Promise<Story> {
  const story = new ChannelWorld();
  await story.serve("shop", shop, server);
  const reports: TerminationReport[] = [];
  const channel = story.channel("shop", { ...client, onReport: (report) => reports.push(report) });
  const hold = (seconds: number): Promise<Uint8Array> => channel.unary("/shop.Shop/Hold", new Uint8Array(seconds));
  return { story, reports, channel, hold };
}

function sentPings(reports: readonly TerminationReport[]): number[] {
  return reports.flatMap(({ frames }) =>
    frames
      .filter(({ type, direction, flags }) => type === "PING" && direction === "out" && flags === 0)
      .map(({ atMs }) => Math.round(atMs / secondMs)),
  );
}

describe("a client", () => {
  it("with 30 s and 10 s closes a connection that leads nowhere after 40 s", async () => {
    const { story, hold } = await keptAlive();
    const failed = failing(hold(3_600));
    await story.pass(10);
    const lastHeardMs = story.nowMs;
    story.world.link("client", "shop").partition();
    const error = await failed.within(story);
    expect(error).toMatchObject({ reason: "KEEPALIVE_LOST", processed: "maybe" });
    expect(error.report?.summary).toContain("no answer to our PING, nothing heard for 40.0 s");
    expect((story.nowMs - lastHeardMs) / secondMs).toBeCloseTo(40, 1);
    story.world.link("client", "shop").heal();
  });

  it("does so in the middle of an upload that the kernel takes no more of", async () => {
    const { story, channel } = await keptAlive();
    async function* pieces(): AsyncIterable<Uint8Array> {
      for (;;) {
        await story.takes(1);
        yield new Uint8Array(100_000);
      }
    }
    const failed = failing(channel.clientStreaming("/shop.Shop/Take", pieces()));
    await story.pass(secondMs);
    const cutMs = story.nowMs;
    story.world.link("client", "shop").partition();
    const error = await failed.within(story);
    expect(["NO_PROGRESS", "KEEPALIVE_LOST"]).toContain(error.reason);
    expect(story.nowMs - cutMs).toBeLessThan(41 * secondMs);
    story.world.link("client", "shop").heal();
  });

  it("finds a dead connection without calls only where that is permitted", async () => {
    for (const [permitWithoutCalls, found] of [
      [true, 1],
      [false, 0],
    ] as const) {
      const { story, reports, hold } = await keptAlive(
        { pingPolicy: { minTimeMs: 25 * secondMs, permitWithoutCalls: true } },
        { keepalive: { ...keepalive, permitWithoutCalls } },
      );
      await story.settled(hold(0));
      story.world.link("client", "shop").partition();
      const lastHeardMs = story.nowMs;
      await story.pass(60 * secondMs);
      if (found > 0) expect(((reports[0]?.endedAtMs ?? 0) - lastHeardMs) / secondMs).toBeCloseTo(40, 1);
      expect(reports.filter(({ summary }) => summary.includes("no answer to our PING"))).toHaveLength(found);
      story.world.link("client", "shop").heal();
    }
  });

  it("asks first when a call comes after a long rest: the call learns in 10 s that nobody is there", async () => {
    const { story, hold } = await keptAlive();
    await story.settled(hold(0));
    await story.pass(hourMs);
    story.world.link("client", "shop").partition();
    const calledMs = story.nowMs;
    const error = await story.errorOf(hold(0));
    expect(error.reason).toBe("KEEPALIVE_LOST");
    expect((story.nowMs - calledMs) / secondMs).toBeCloseTo(10, 1);
    expect(error.report?.longestStallMs).toBe(0);
    story.world.link("client", "shop").heal();
  });

  it("takes any byte for life: an answer that drips is never asked for", async () => {
    const { story, channel, reports } = await keptAlive();
    await story.serve("drip", (server, host) => {
      server.addMethod("/shop.Shop/Drip", "server-streaming", async function* () {
        for (let i = 0; i < 100; i++) {
          await new Promise<void>((resolve) => host.timer(29 * secondMs, () => host.defer(resolve)));
          yield new Uint8Array(1);
        }
      });
    });
    const drip = story.channel("drip", { keepalive, onReport: (report) => reports.push(report) });
    let count = 0;
    const done = (async () => {
      for await (const piece of drip.serverStreaming("/shop.Shop/Drip", new Uint8Array(0))) count += piece.length;
    })();
    await story.until(() => count === 100, hourMs);
    await story.settled(done);
    await story.settled(drip.close());
    expect(sentPings(reports)).toEqual([]);
    await story.settled(channel.close());
  });

  it("does not cut a call that finishes on a connection that leaves (grpc-node#3068)", async () => {
    const { story, reports, hold } = await keptAlive(
      { maxConnectionAgeMs: 20 * secondMs, pingPolicy: { minTimeMs: 9 * secondMs } },
      { keepalive: { timeMs: 10_000, timeoutMs: 1_000 } },
    );
    const call = hold(100);
    let answer: Uint8Array | undefined;
    void call.then((bytes) => (answer = bytes));
    await story.until(() => answer !== undefined, 200 * secondMs);
    expect(answer).toHaveLength(100);
    await story.pass(secondMs);
    // The first connection; others came and went beside it without calls.
    const drained = reports.find(({ connectionId }) => connectionId === 1);
    expect(drained?.goaways.map(({ debugData }) => debugData)).toEqual(["max_age", "max_age"]);
    expect(sentPings([drained as TerminationReport])).toHaveLength(9);
  });

  it("is told that less than 10 s is not allowed, and uses 10 s", async () => {
    const { story, hold } = await keptAlive({}, { keepalive: { timeMs: 5_000, timeoutMs: 2_000 } });
    expect(story.client.logged).toEqual([
      `holdfast: channel to dns:///shop:${port}: keepalive.timeMs 5000 is below the least that gRPC allows (gRFC A8): 10000 is used`,
    ]);
    const failed = failing(hold(3_600));
    await story.pass(10);
    const lastHeardMs = story.nowMs;
    story.world.link("client", "shop").partition();
    await failed.within(story);
    expect((story.nowMs - lastHeardMs) / secondMs).toBeCloseTo(12, 1);
    story.world.link("client", "shop").heal();
  });
});

describe("a server that polices PINGs", () => {
  it("has nothing against one every 30 s when it permits one every 25 s", async () => {
    const { story, reports, hold } = await keptAlive({ pingPolicy: { minTimeMs: 25 * secondMs } });
    let answered = false;
    void hold(3_600).then(() => (answered = true));
    await story.until(() => answered, 2 * hourMs);
    expect(reports).toEqual([]);
    expect(story.client.logged).toEqual([]);
  });

  it("permits them without calls, too, where it says so: 30 s on both sides, for an hour", async () => {
    const { story, reports, channel, hold } = await keptAlive(
      { pingPolicy: { minTimeMs: 30 * secondMs, permitWithoutCalls: true } },
      { keepalive: { ...keepalive, permitWithoutCalls: true } },
    );
    await story.settled(hold(0));
    await story.pass(hourMs);
    expect(reports).toEqual([]);
    // It did ask: 119 times, because each waits 30 s from the answer to the one before.
    await story.settled(channel.close());
    await story.pass(secondMs);
    expect(reports[0]?.frames.filter(({ type }) => type === "PING").length).toBeGreaterThan(70);
  });

  it("says too_many_pings to the same client when it permits one in 5 min, and each new connection asks half as often", async () => {
    const { story, reports, hold } = await keptAlive();
    for (let life = 1; life <= 4; life++) {
      const error = await failing(hold(3_600)).within(story);
      expect(error).toMatchObject({ code: 14, reason: "GOAWAY_THEN_CLOSED", processed: "maybe" });
    }
    expect(reports.map(({ goaways }) => goaways.map(({ code, debugData }) => `${code} ${debugData}`))).toEqual(
      Array(4).fill(["11 too_many_pings"]),
    );
    // Strikes are counted from the last PING that was permitted: at 120 and at 240 s every other one is.
    const startsS = reports.map(({ endedAtMs }) => endedAtMs / secondMs);
    const livesS = startsS.map((endS, at) => Math.round(endS - (startsS[at - 1] ?? 0)));
    expect(livesS).toEqual([120, 240, 600, 1_440]);
    expect(reports[0]?.summary).toContain("our PINGs came more often than the peer allows");
    // 480 s is a distance that the server permits.
    let answered = false;
    void hold(3_600).then(() => (answered = true));
    await story.until(() => answered, 2 * hourMs);
    expect(
      story.client.logged.map((line) =>
        /keepalive\.timeMs (\d+), .* keepalive\.timeMs (\d+)\.$/.exec(line)?.slice(1).join(" to "),
      ),
    ).toEqual(["30000 to 60000", "60000 to 120000", "120000 to 240000", "240000 to 480000"]);
    expect(story.client.logged[0]).toContain("permitWithoutCalls false, 4 PINGs sent on this connection");
  });

  it("closes slowly enough to be read: its words arrive although an upload is still pouring in", async () => {
    const story = new ChannelWorld();
    const server = await story.serve("shop", shop, { pingPolicy: { minTimeMs: secondMs, strikes: 0 } });
    story.world.link("client", "shop").delay({ ms: 20 });
    const client = new RawClient(story.client, { kind: "tcp", host: story.world.host("shop").address, port });
    await story.until(() => client.ready);
    const upload = client.call("/shop.Shop/Take", [], { end: false });
    const pour = (): void => {
      if (upload.ended !== undefined) return;
      upload.send(new Uint8Array(10_000));
      client.transport.connection.ping(story.nowMs);
      story.client.timer(1, pour);
    };
    pour();
    await story.until(() => client.report !== undefined);
    expect(client.goaways.map(({ code, debugData }) => `${code} ${debugData}`)).toEqual(["11 too_many_pings"]);
    expect(client.report?.endedBy).toBe("peer-http2");
    expect(client.report?.socket).toBe("fin");
    await story.settled(server.close());
  });

  it("permits exactly 30 s to a client that asks after 30 s of silence, however the network shakes", async () => {
    const { story, reports, hold } = await keptAlive({ pingPolicy: { minTimeMs: 30 * secondMs } });
    story.world.link("client", "shop").delay({ ms: 50, jitterMs: 5_000 });
    let answered = false;
    void hold(10 * 3_600).then(() => (answered = true));
    await story.until(() => answered, 11 * hourMs);
    expect(reports).toEqual([]);
  });

  it.each([
    [0, 0],
    [100, 1],
  ])("strikes one that sends a PING every 30 s by its own clock once the jitter is %i ms", async (jitterMs, ended) => {
    const story = new ChannelWorld();
    const server = await story.serve("shop", shop, { pingPolicy: { minTimeMs: 30 * secondMs } });
    story.world.link("client", "shop").delay({ ms: 50, jitterMs });
    const address = { kind: "tcp", host: story.world.host("shop").address, port } as const;
    const client = new RawClient(story.client, address);
    await story.until(() => client.ready);
    client.call("/shop.Shop/Hold", [new Uint8Array(3_600)]);
    const beat = (): void => {
      if (client.report !== undefined) return;
      client.transport.connection.ping(story.nowMs);
      story.client.timer(30 * secondMs, beat);
    };
    story.client.timer(30 * secondMs, beat);
    await story.pass(hourMs / 2);
    expect(client.goaways.map(({ debugData }) => debugData)).toEqual(Array(ended).fill("too_many_pings"));
    await story.settled(server.close());
    await story.pass(31 * secondMs);
  });
});

describe("a server", () => {
  it("ends a half-open connection without calls by its keepalive: after 2 h and 20 s unless told otherwise", async () => {
    for (const [options, afterS] of [
      [{}, 7_220],
      [{ keepalive: { timeMs: 120_000, timeoutMs: 20_000 } }, 140],
    ] as const) {
      const story = new ChannelWorld();
      await story.serve("shop", shop, options);
      const address = { kind: "tcp", host: story.world.host("shop").address, port } as const;
      const client = new RawClient(story.client, address);
      await story.until(() => client.ready);
      await story.pass(secondMs);
      const lastHeardMs = story.nowMs;
      // The client's machine is gone, and nobody says so.
      story.world.host("client").kill({ machine: true });
      const open = (): number => story.world.host("shop").open().length;
      expect(open()).toBe(2);
      await story.until(() => open() === 1, dead);
      expect((story.nowMs - lastHeardMs) / secondMs).toBeGreaterThan(afterS - 2);
      expect((story.nowMs - lastHeardMs) / secondMs).toBeLessThan(afterS + 15);
    }
  });

  it.each([
    [{}, 335],
    [{ keepalive: { timeMs: 120_000, timeoutMs: 20_000 } }, 140],
  ])("with %j ends one with calls in %i s, and its handlers are told", async (options, afterS) => {
    const story = new ChannelWorld();
    await story.serve("shop", shop, options);
    const client = new RawClient(story.client, { kind: "tcp", host: story.world.host("shop").address, port });
    await story.until(() => client.ready);
    client.call("/shop.Shop/Hold", [new Uint8Array(7_200)]);
    await story.pass(10);
    story.world.host("client").kill({ machine: true });
    const startedMs = story.nowMs;
    await story.until(() => story.world.host("shop").open().length === 1, dead);
    expect((story.nowMs - startedMs) / secondMs).toBeGreaterThan(afterS - 1);
    expect((story.nowMs - startedMs) / secondMs).toBeLessThan(afterS + 15);
  });

  it("keeps clients that are silent and alive", async () => {
    const { story, reports, hold } = await keptAlive({ keepalive: { timeMs: 60_000, timeoutMs: 5_000 } });
    await story.settled(hold(0));
    await story.pass(hourMs);
    expect(reports).toEqual([]);
  });
});

/** A call that is expected to fail, with time passing meanwhile. */
function failing(call: Promise<unknown>): { within(story: ChannelWorld): Promise<StatusError> } {
  let error: StatusError | undefined;
  call.catch((thrown: unknown) => (error = StatusError.from(thrown)));
  return {
    within: async (story) => {
      await story.until(() => error !== undefined, 2 * hourMs);
      return error as StatusError;
    },
  };
}
