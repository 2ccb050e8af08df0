/**
 * What one call leaves behind for the others: memory, places in a queue, a connection that its metadata would cost, a
 * caller's generator. Each of these was once left.
 */
import { afterEach, describe, expect, it } from "vitest";
import { receiveBudgetOf } from "../../src/channel/receive-budget-of.ts";
import { StatusError, type TerminationReport } from "../../src/report/index.ts";
import { data } from "../http2/frames.ts";
import { ChannelWorld, leaveNothingOpen } from "./channel-world.ts";

afterEach(leaveNothingOpen);

const big = new Uint8Array(100_000);

describe("memory for received data", () => {
  it("is given back by calls that were cut in the middle of a message", async () => {
    const story = new ChannelWorld();
    await story.serve("shop", (server) => server.addMethod("/t.T/Big", "unary", () => new Uint8Array(3_000_000)));
    story.world.link("client", "shop").from("shop").bandwidth(1_000_000);
    const channel = story.channel("shop");
    await story.errorOf(channel.unary("/t.T/Big", big, { timeoutMs: 1_000 }));
    expect(receiveBudgetOf(story.client).heldBytes).toBe(0);
  });

  it("is given back by streams that are read after their end, or never", async () => {
    const story = new ChannelWorld();
    await story.serve("shop", (server) =>
      server.addMethod("/t.T/Many", "server-streaming", async function* () {
        yield big;
        yield big;
      }),
    );
    const channel = story.channel("shop");
    const late = channel.serverStreaming("/t.T/Many", big);
    void channel.serverStreaming("/t.T/Many", big);
    await story.pass(1_000);
    expect(await story.all(late)).toHaveLength(2);
    expect(receiveBudgetOf(story.client).heldBytes).toBe(0);
  });

  it("is given back by plain responses", async () => {
    const story = new ChannelWorld();
    await story.serve("shop", (server) => server.handle(() => ({ body: big })));
    const response = await story.settled(story.http2Client("shop").request());
    await story.pass(1_000);
    expect((await story.settled(response.bytes())).length).toBe(big.length);
    expect(receiveBudgetOf(story.client).heldBytes).toBe(0);
  });
});

describe("streams that nobody reads", () => {
  it("do not stop a call that is read, even when they hold all the memory there is", async () => {
    const story = new ChannelWorld();
    await story.serve("shop", (server) => {
      server.addMethod("/t.T/Many", "server-streaming", async function* () {
        for (let i = 0; i < 100; i++) yield big;
      });
      server.addMethod("/t.T/Big", "unary", () => new Uint8Array(3_000_000));
    });
    const channel = story.channel("shop");
    const unread = Array.from({ length: 300 }, () => channel.serverStreaming("/t.T/Many", big));
    await story.pass(10_000);
    expect(receiveBudgetOf(story.client).spent).toBe(true);
    expect((await story.settled(channel.unary("/t.T/Big", big))).length).toBe(3_000_000);
    expect(await story.all(unread[7] as AsyncIterable<Uint8Array>)).toHaveLength(100);
  });
});

describe("a caller's stream of messages", () => {
  /** A generator that says when it was told to stop. */
  function source(story: ChannelWorld, everyMs: number) {
    const state = { closed: false };
    const messages = (async function* () {
      try {
        for (;;) {
          yield big;
          await story.takes(everyMs);
        }
      } finally {
        state.closed = true;
      }
    })();
    return { state, messages };
  }

  it.each([
    ["that waits for room", 1],
    ["that waits for its next message", 500],
  ])("%s is told when its call is over", async (_, everyMs) => {
    const story = new ChannelWorld();
    await story.serve("shop", (server) =>
      server.addMethod("/t.T/Take", "client-streaming", () => new Promise<Uint8Array>(() => undefined)),
    );
    const { state, messages } = source(story, everyMs);
    const error = await story.errorOf(
      story.channel("shop").clientStreaming("/t.T/Take", messages, { timeoutMs: 2_000 }),
    );
    expect(error.code).toBe(4);
    await story.pass(1_000);
    expect(state.closed).toBe(true);
  });

  it("may be an array, and may have a clean-up that throws", async () => {
    const story = new ChannelWorld();
    await story.serve("shop", (server) => {
      server.addMethod("/t.T/Count", "client-streaming", async (messages) => {
        let count = 0;
        for await (const message of messages) count += message.length;
        return Uint8Array.of(count);
      });
      server.addMethod("/t.T/Take", "client-streaming", () => new Promise<Uint8Array>(() => undefined));
    });
    const channel = story.channel("shop");
    const array = [Uint8Array.of(1), Uint8Array.of(2, 3)] as unknown as AsyncIterable<Uint8Array>;
    expect([...(await story.settled(channel.clientStreaming("/t.T/Count", array)))]).toEqual([3]);
    const rude: AsyncIterable<Uint8Array> = {
      [Symbol.asyncIterator]: () => ({
        next: () => new Promise(() => undefined),
        return: () => {
          throw new Error("no manners");
        },
      }),
    };
    expect((await story.errorOf(channel.clientStreaming("/t.T/Take", rude, { timeoutMs: 100 }))).code).toBe(4);
  });

  it("with a message over the limit ends under the limit's name", async () => {
    const story = new ChannelWorld();
    await story.serve("shop", (server) => server.addMethod("/t.T/Take", "client-streaming", () => big));
    const channel = story.channel("shop", { maxSendMessageBytes: 1_000 });
    const { messages, state } = source(story, 1);
    const error = await story.errorOf(channel.clientStreaming("/t.T/Take", messages));
    expect(error).toMatchObject({ code: 8, reason: "MESSAGE_TOO_LARGE" });
    await story.pass(1_000);
    expect(state.closed).toBe(true);
  });
});

describe("metadata over the peer's limit", () => {
  it("costs its own call, before anything is sent, and no sibling", async () => {
    const story = new ChannelWorld();
    const reports: TerminationReport[] = [];
    await story.serve("shop", (server, host) =>
      server.addMethod("/t.T/Slow", "unary", async () => {
        await story.takes(500, host);
        return big;
      }),
    );
    const channel = story.channel("shop", { onReport: (report) => reports.push(report) });
    const siblings = Promise.all(Array.from({ length: 10 }, () => channel.unary("/t.T/Slow", big)));
    await story.pass(100);
    const error = await story.errorOf(channel.unary("/t.T/Slow", big, { metadata: { x: "y".repeat(70_000) } }));
    expect(error).toMatchObject({ code: 8, reason: "MESSAGE_TOO_LARGE", processed: "no" });
    expect(error.text).toMatch(/request metadata of 7\d{4} bytes is over the limit of 65536 that the peer announced/);
    expect(await story.settled(siblings)).toHaveLength(10);
    expect(reports).toEqual([]);
  });
});

describe("calls that wait for a connection", () => {
  it("leave their places when their time is up", async () => {
    const story = new ChannelWorld();
    story.world.dns.set("nowhere", ["10.99.0.1"]);
    const channel = story.channel("nowhere", { maxQueuedCalls: 100 });
    const reasons: string[] = [];
    for (let i = 0; i < 101; i++) {
      channel
        .unary("/t.T/A", big, { timeoutMs: 10 })
        .catch((error: unknown) => reasons.push(StatusError.from(error).reason));
    }
    await story.pass(100);
    expect(reasons).toEqual(["QUEUE_FULL", ...Array<string>(100).fill("DEADLINE_EXCEEDED")]);
    const late = await story.errorOf(channel.unary("/t.T/A", big, { timeoutMs: 10 }));
    expect(late.reason).toBe("DEADLINE_EXCEEDED");
  });

  it("by the ten thousand go out in their order when there is one", async () => {
    const story = new ChannelWorld();
    const seen: number[] = [];
    const channel = story.channel("shop", { serviceConfig: { methodConfig: [{ name: [{}], waitForReady: true }] } });
    const calls = Array.from({ length: 10_000 }, (_, i) => channel.unary("/t.T/A", Uint8Array.of(i >> 8, i & 255)));
    await story.pass(100);
    await story.serve("shop", (server) =>
      server.addMethod("/t.T/A", "unary", (request) => {
        seen.push(((request[0] ?? 0) << 8) | (request[1] ?? 0));
        return request;
      }),
    );
    await story.settled(Promise.all(calls));
    expect(seen).toEqual(Array.from({ length: 10_000 }, (_, i) => i));
  });
});

describe("a connection that we condemn", () => {
  it("is replaced at once, not when its lingering close is over", async () => {
    const story = new ChannelWorld();
    story.script("shop", {
      onRequest: ({ connection, streamId }) => {
        // DATA on stream 0 breaks a rule that costs the connection.
        if (connection.number === 1) connection.write(data(0, "x"));
        else connection.answerGrpc(streamId, "yes");
      },
    });
    const channel = story.channel("shop");
    const first = await story.errorOf(channel.unary("/t.T/A", big.subarray(0, 3)));
    expect(first.reason).toBe("PEER_VIOLATION");
    const startedAtMs = story.nowMs;
    await story.settled(channel.unary("/t.T/A", big.subarray(0, 3)));
    expect(story.nowMs - startedAtMs).toBeLessThan(100);
  });
});

describe("an error of a server that is one header section", () => {
  it("shows its trailers to onTrailers", async () => {
    const story = new ChannelWorld();
    await story.serve("shop", () => undefined);
    const told: string[] = [];
    const channel = story.channel("shop");
    const call = channel.unary("/t.T/None", big, { onTrailers: (trailers) => told.push(JSON.stringify(trailers)) });
    expect((await story.errorOf(call)).code).toBe(12);
    expect(told).toHaveLength(1);
  });
});

describe("a server that is away for a moment", () => {
  it("is waited for: it served a moment ago", async () => {
    const story = new ChannelWorld();
    const serve = () => story.serve("shop", (server) => server.addMethod("/t.T/A", "unary", (request) => request));
    const server = await serve();
    const channel = story.channel("shop");
    await story.settled(channel.unary("/t.T/A", big));
    await story.settled(server.close());
    await story.pass(500);
    const call = channel.unary("/t.T/A", big, { timeoutMs: 10_000 });
    await story.pass(1_000);
    await serve();
    expect(await story.settled(call)).toHaveLength(big.length);
  });

  it("is not waited for for ever, and one that was never reached not at all", async () => {
    const story = new ChannelWorld();
    const server = await story.serve("shop", (made) => made.addMethod("/t.T/A", "unary", (request) => request));
    story.world.dns.set("nobody", [story.world.host("shop").address]);
    const channel = story.channel("shop");
    await story.settled(channel.unary("/t.T/A", big));
    await story.settled(server.close());
    const lostAtMs = story.nowMs;
    expect((await story.errorOf(channel.unary("/t.T/A", big))).reason).toBe("CONNECT_REFUSED");
    expect(story.nowMs - lostAtMs).toBeGreaterThan(3_900);
    expect(story.nowMs - lostAtMs).toBeLessThan(5_100);
    const askedAtMs = story.nowMs;
    expect((await story.errorOf(story.channel("nobody").unary("/t.T/A", big))).reason).toBe("CONNECT_REFUSED");
    expect(story.nowMs - askedAtMs).toBeLessThan(100);
  });

  it("is tried again by a retryPolicy when it cannot be reached", async () => {
    const story = new ChannelWorld();
    story.world.dns.set("nobody", [story.world.host("shop").address]);
    const retryPolicy = {
      maxAttempts: 3,
      initialBackoff: "0.1s",
      maxBackoff: "1s",
      backoffMultiplier: 2,
      retryableStatusCodes: ["UNAVAILABLE"],
    };
    const channel = story.channel("nobody", { serviceConfig: { methodConfig: [{ name: [{}], retryPolicy }] } });
    const error = await story.errorOf(channel.unary("/t.T/A", big));
    expect(error).toMatchObject({ reason: "CONNECT_REFUSED", processed: "no" });
    expect(error.attempts).toHaveLength(3);
  });
});
