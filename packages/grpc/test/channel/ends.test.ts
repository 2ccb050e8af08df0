/** How a call ends that nobody answers, or nobody wants any more: deadlines, signals, a channel that is closed. */
import { Shop } from "@holdfast/lab/shop";
import { afterEach, describe, expect, it } from "vitest";
import type { CallContext } from "../../src/server/index.ts";
import { ChannelWorld, collect, leaveNothingOpen } from "./channel-world.ts";

afterEach(leaveNothingOpen);

/** A server whose handlers never answer; `calls` are their contexts. */
async function silent() {
  const story = new ChannelWorld();
  // Far enough that this side's verdict on a deadline is in before the server's comes.
  story.world.link("client", "shop").delay({ ms: 20 });
  const calls: CallContext[] = [];
  const aborted: unknown[] = [];
  const forever = (call: CallContext): Promise<never> => {
    calls.push(call);
    call.signal.addEventListener("abort", () => aborted.push(call.signal.reason));
    return new Promise(() => undefined);
  };
  await story.serve("shop", (server) => {
    server.add(Shop, {
      read: (_, call) => forever(call),
      watch: async function* (_, call) {
        yield await forever(call);
      },
    });
  });
  const channel = story.channel("shop");
  return { story, calls, aborted, channel, shop: channel.client(Shop) };
}

describe("a deadline", () => {
  it("ends the call on both sides at its time; the server was told of it", async () => {
    const { story, calls, aborted, shop } = await silent();
    await story.errorOf(shop.read({}, { timeoutMs: 100 }));
    const startedAtMs = story.nowMs;
    const error = await story.errorOf(shop.read({}, { timeoutMs: 1_000 }));
    expect(error).toMatchObject({ code: 4, reason: "DEADLINE_EXCEEDED", processed: "maybe" });
    expect(error.text).toContain("the deadline of 1000 ms passed, waiting for the answer of");
    expect(story.nowMs - startedAtMs).toBeGreaterThanOrEqual(1_000);
    expect(story.nowMs - startedAtMs).toBeLessThan(1_005);
    expect(error.evidence).toEqual([{ kind: "request-sent" }, { kind: "reset-by-us", code: 8 }]);
    // The server counts from when it heard of the call.
    expect(calls[1]?.deadlineMs).toBeCloseTo(startedAtMs + 1_020, 0);
    await story.until(() => aborted.length === 2, 50);
    expect(aborted[1]).toMatchObject({ code: 4, reason: "DEADLINE_EXCEEDED" });
  });

  it("that has no time left says so, and nothing was sent", async () => {
    const { story, calls, shop } = await silent();
    expect(await story.errorOf(shop.read({}, { timeoutMs: 0 }))).toMatchObject({ code: 4, processed: "no" });
    expect(calls).toHaveLength(0);
  });

  it("comes from the service config where the caller names none, and the shorter one counts", async () => {
    const story = new ChannelWorld();
    const server = story.script("shop", {});
    const config = { methodConfig: [{ name: [{ service: Shop.typeName }], timeout: "0.5s" }] };
    const shop = story.channel("shop", { serviceConfig: config }).client(Shop);
    await story.errorOf(shop.read({}, { timeoutMs: 100 }));
    await story.errorOf(shop.read({}));
    await story.errorOf(shop.read({}, { timeoutMs: 9_000 }));
    const sent = server.executed.map(({ headers }) => headers["grpc-timeout"]);
    // Microseconds where milliseconds would be too coarse: 1.5 ms went to the connection.
    expect(sent).toEqual(["98500u", "500m", "500m"]);
  });

  it("ends a stream in the middle", async () => {
    const { story, shop } = await silent();
    const error = await story.errorOf(collect(shop.watch({}, { timeoutMs: 200 })));
    expect(error).toMatchObject({ code: 4, reason: "DEADLINE_EXCEEDED" });
  });
});

describe("a signal", () => {
  it("ends the call here at once, and at the server a way later", async () => {
    const { story, calls, aborted, shop } = await silent();
    const controller = new AbortController();
    const reading = shop.read({}, { signal: controller.signal });
    reading.catch(() => undefined);
    await story.until(() => calls.length === 1);
    controller.abort(new Error("the page was left"));
    const error = await story.errorOf(reading);
    expect(error).toMatchObject({ code: 1, reason: "CANCELLED_BY_CALLER", processed: "maybe" });
    expect(error.cause).toMatchObject({ message: "the page was left" });
    await story.until(() => aborted.length === 1, 50);
    expect(aborted[0]).toMatchObject({ code: 1, reason: "PEER_CANCELLED" });
  });

  it("that is aborted before the call lets nothing go out", async () => {
    const { story, calls, shop } = await silent();
    const error = await story.errorOf(shop.read({}, { signal: AbortSignal.abort() }));
    expect(error).toMatchObject({ code: 1, processed: "no" });
    await story.pass(100);
    expect(calls).toHaveLength(0);
  });
});

describe("a channel that is closed", () => {
  it("ends every open call with CHANNEL_CLOSED, and every later one", async () => {
    const { story, calls, aborted, channel, shop } = await silent();
    const open = Promise.allSettled([shop.read({}), shop.read({}), collect(shop.watch({}))]);
    await story.until(() => calls.length === 3);
    await story.settled(channel.close());
    for (const outcome of await story.settled(open)) {
      expect(outcome).toMatchObject({ reason: { code: 14, reason: "CHANNEL_CLOSED", processed: "maybe" } });
    }
    await story.until(() => aborted.length === 3, 50);
    expect(await story.errorOf(shop.read({}))).toMatchObject({ reason: "CHANNEL_CLOSED", processed: "no" });
  });

  it("while it still connects: the calls that wait were never sent", async () => {
    const story = new ChannelWorld();
    story.world.host("shop");
    story.world.link("client", "shop").partition();
    const channel = story.channel("shop");
    const waiting = channel.client(Shop).read({});
    waiting.catch(() => undefined);
    await story.pass(100);
    void channel.close();
    expect(await story.errorOf(waiting)).toMatchObject({ reason: "CHANNEL_CLOSED", processed: "no" });
  });
});
