/**
 * "How to Fix Connection Reset Errors in gRPC", as an article of that name tells it: a wrapper that retries, a service
 * config that retries, and a server that ends gracefully. Here each of them runs end to end, in virtual time.
 *
 * Its service config has Go's names for the fields, which no gRPC library reads; it is refused with the right ones. The
 * config that covers every method comes from a record on streams that a shutdown interrupts, and is taken as it stands.
 */
import { create } from "@bufbuild/protobuf";
import { ItemSchema, Shop } from "@holdfast/lab/shop";
import { afterEach, describe, expect, it } from "vitest";
import { retry } from "../../src/channel/retry.ts";
import type { StatusError } from "../../src/report/status-error.ts";
import type { TerminationReport } from "../../src/report/termination-report.ts";
import { ChannelWorld, collect, leaveNothingOpen } from "../channel/channel-world.ts";

afterEach(leaveNothingOpen);

/** As printed in the article, but for the service's name, which is ours. */
const articleConfig = `{
  "methodConfig": [{
    "name": [{"service": "${Shop.typeName}"}],
    "waitForReady": true,
    "retryPolicy": {
      "MaxAttempts": 5,
      "InitialBackoff": "0.1s",
      "MaxBackoff": "5s",
      "BackoffMultiplier": 2.0,
      "RetryableStatusCodes": [
        "UNAVAILABLE",
        "RESOURCE_EXHAUSTED",
        "ABORTED"
      ]
    }
  }]
}`;

/** As the refusal says: lower case first. */
const correctedConfig = articleConfig.replace(
  /"[A-Z]\w+":/g,
  (name) => `"${name.charAt(1).toLowerCase()}${name.slice(2)}`,
);

/** As printed in the record. */
const recordConfig = `{"methodConfig": [{"name": [{}], "retryPolicy": {"maxAttempts": 5, "initialBackoff": "0.1s", "maxBackoff": "1s", "backoffMultiplier": 2, "retryableStatusCodes": ["UNAVAILABLE"]}}]}`;

describe("the article's WithRetry", () => {
  /** A server that ends this many calls with this status before it answers one. */
  function failing(code: number, times: number) {
    const story = new ChannelWorld();
    const server = story.script("shop", {
      onRequest: ({ connection, streamId }) => {
        if (server.executed.length <= times) connection.refuse(streamId, code, ["grpc-message", "not now"]);
        else connection.answerGrpc(streamId, "");
      },
    });
    return { story, server, shop: story.channel("shop").client(Shop) };
  }

  it("makes 5 retries after the first try, 100 ms, doubled, at most 5 s, and tells of each", async () => {
    const { story, server, shop } = failing(14, Infinity);
    const waits: string[] = [];
    const trying = retry(story.client, (attempt) => shop.read({ id: "a" }, attempt), {
      idempotent: true,
      jitter: 0,
      onRetry: ({ attempt, of, delayMs, error }) =>
        waits.push(`${attempt}/${of} ${delayMs} ${(error as Error).message}`),
    });
    const error = await story.errorOf(trying);
    expect(waits).toEqual(
      [100, 200, 400, 800, 1_600].map((ms, i) => `${i + 1}/5 ${ms} 14 UNAVAILABLE [PEER_STATUS] not now`),
    );
    expect(error).toMatchObject({ code: 14, reason: "PEER_STATUS", processed: "maybe" });
    expect(error.attempts).toHaveLength(6);
    expect(server.executed).toHaveLength(6);
    // The waits were real (virtual) time.
    expect(story.nowMs).toBeGreaterThan(3_100);
    expect(story.nowMs).toBeLessThan(3_150);
  });

  it("waits at most 5 s", async () => {
    const { story, shop } = failing(14, 8);
    const waits: number[] = [];
    const options = {
      idempotent: true,
      jitter: 0,
      retries: 8,
      onRetry: (note: { delayMs: number }) => waits.push(note.delayMs),
    };
    await story.settled(retry(story.client, (attempt) => shop.read({}, attempt), options));
    expect(waits).toEqual([100, 200, 400, 800, 1_600, 3_200, 5_000, 5_000]);
  });

  it.each([
    ["UNAVAILABLE", 14, 3],
    ["ABORTED", 10, 3],
    ["RESOURCE_EXHAUSTED", 8, 3],
    ["INVALID_ARGUMENT", 3, 1],
    ["INTERNAL", 13, 1],
  ])("retries the article's codes and no other: %s", async (_, code, calls) => {
    const { story, server, shop } = failing(code, 2);
    const trying = retry(story.client, (attempt) => shop.read({}, attempt), { idempotent: true });
    await story.settled(trying.catch(() => undefined));
    expect(server.executed).toHaveLength(calls);
  });

  it("does not repeat what may have been done already, unless it is said to be harmless", async () => {
    const { story, server, shop } = failing(14, 2);
    const write = retry(story.client, (attempt) => shop.write({}, attempt), { idempotent: false });
    expect((await story.errorOf(write)).processed).toBe("maybe");
    expect(server.executed).toHaveLength(1);
  });

  it("a signal ends a wait at once", async () => {
    const { story, server, shop } = failing(14, Infinity);
    const controller = new AbortController();
    const { signal } = controller;
    const error = story.errorOf(
      retry(story.client, (attempt) => shop.read({}, attempt), { idempotent: true, jitter: 0, signal }),
    );
    story.world.at(500, () => controller.abort(new Error("the user left")));
    expect(await error).toMatchObject({ code: 1, reason: "CANCELLED_BY_CALLER" });
    expect(story.nowMs).toBeCloseTo(500, 0);
    expect(server.executed).toHaveLength(3);
  });

  it("gives each attempt a fresh deadline: the article spends one on the first and has none left", async () => {
    const story = new ChannelWorld();
    const server = story.script("shop", {
      onRequest: ({ connection, streamId }) => {
        // The first two are swallowed.
        if (server.executed.length > 2) connection.answerGrpc(streamId, "");
      },
    });
    const shop = story.channel("shop").client(Shop);
    const options = { idempotent: true, jitter: 0, attemptTimeoutMs: 1_000 };
    await story.settled(retry(story.client, (attempt) => shop.read({}, attempt), options));
    const sent = server.executed.map(({ headers }) => headers["grpc-timeout"]);
    // The first had to wait 2 ms for its connection.
    expect(sent).toEqual(["998m", "1000m", "1000m"]);
    expect(story.nowMs).toBeGreaterThan(2_300);
  });
});

describe("the article's service config", () => {
  it("is refused, and told what each field is called", () => {
    const story = new ChannelWorld();
    const make = () => story.channel("shop", { serviceConfig: articleConfig });
    expect(make).toThrow(TypeError);
    expect(make).toThrow("methodConfig[0].retryPolicy.MaxAttempts: did you mean maxAttempts?");
    expect(make).toThrow("methodConfig[0].retryPolicy.RetryableStatusCodes: did you mean retryableStatusCodes?");
  });

  it("corrected as it was told, waits for a server that is not there yet and retries its three codes", async () => {
    const story = new ChannelWorld();
    const refusals = [14, 8, 10, 14];
    story.world.at(3_000, () => {
      const server = story.script("shop", {
        onRequest: ({ connection, streamId }) => {
          const code = refusals[server.executed.length - 1];
          if (code === undefined) connection.answerGrpc(streamId, "");
          else connection.refuse(streamId, code);
        },
      });
    });
    story.world.host("shop"); // the machine is there, the server not yet
    const shop = story.channel("shop", { serviceConfig: correctedConfig }).client(Shop);
    await story.settled(shop.read({}));
    expect(refusals).toHaveLength(4);
    expect(story.nowMs).toBeGreaterThan(3_000);
  });

  it("corrected, ends after five attempts", async () => {
    const story = new ChannelWorld();
    const server = story.script("shop", { onRequest: ({ connection, streamId }) => connection.refuse(streamId, 14) });
    const shop = story.channel("shop", { serviceConfig: correctedConfig }).client(Shop);
    const error = await story.errorOf(shop.read({}));
    expect([error.code, error.attempts.length, server.executed.length]).toEqual([14, 5, 5]);
    expect(server.executed.map(({ headers }) => headers["grpc-previous-rpc-attempts"])).toEqual([
      undefined,
      "1",
      "2",
      "3",
      "4",
    ]);
  });
});

describe("the shutdown record's service config", () => {
  it("is taken as it stands: a server that dies in the middle of a call costs a retry", async () => {
    const story = new ChannelWorld();
    const entered: string[] = [];
    const dying = await story.serve("shop-1", (server) => {
      server.add(Shop, {
        read: ({ id }) => {
          entered.push(`1 ${id}`);
          return new Promise(() => undefined);
        },
      });
    });
    await story.serve("shop-2", (server) => {
      server.add(Shop, {
        read: ({ id }) => {
          entered.push(`2 ${id}`);
          return { id };
        },
      });
    });
    const { address: first } = story.world.host("shop-1");
    const { address: second } = story.world.host("shop-2");
    story.world.dns.set("shop", [first, second]);
    const shop = story.channel("shop", { serviceConfig: recordConfig }).client(Shop);
    const reading = shop.read({ id: "a" });
    await story.until(() => entered.length === 1);
    story.kill("shop-1", dying);
    expect((await story.settled(reading)).id).toBe("a");
    expect(entered).toEqual(["1 a", "2 a"]);
  });

  it("covers writes, too: the call that died may have been done, and is done again", async () => {
    const story = new ChannelWorld();
    const server = story.script("shop", {
      onRequest: ({ connection, streamId }) => {
        if (connection.number === 1) connection.socket.reset();
        else connection.answerGrpc(streamId, "");
      },
    });
    const shop = story.channel("shop", { serviceConfig: recordConfig }).client(Shop);
    await story.settled(shop.write({}));
    expect(server.executed).toHaveLength(2);
  });

  it("without it, the same death is an error that says what happened", async () => {
    const story = new ChannelWorld();
    const server = story.script("shop", { onRequest: ({ connection }) => connection.socket.reset() });
    const error = await story.errorOf(story.channel("shop").client(Shop).write({}));
    expect(error).toMatchObject({ code: 14, reason: "CONNECTION_RESET", processed: "maybe" });
    expect(error.report?.summary).toContain("RST");
    expect(server.executed).toHaveLength(1);
  });
});

describe("the graceful shutdown", () => {
  it("under load: everything in flight ends well, and so does what arrives between the two GOAWAYs", async () => {
    const story = new ChannelWorld();
    const entered = new Map<string, number>();
    const serve = (name: string) =>
      story.serve(name, (server, host) => {
        server.add(Shop, {
          write: async ({ id }) => {
            entered.set(id, (entered.get(id) ?? 0) + 1);
            await story.takes(40, host);
            return { id };
          },
          watch: async function* ({ count }) {
            for (let seq = 0; seq < count; seq++) {
              await story.takes(100, host);
              yield create(ItemSchema, { seq });
            }
          },
        });
      });
    const first = await serve("shop-1");
    await serve("shop-2");
    story.world.dns.set("shop", [story.world.host("shop-1").address, story.world.host("shop-2").address]);
    const shop = story.channel("shop").client(Shop);
    const watching = collect(shop.watch({ count: 10 }));
    // One write a millisecond for 600 ms; the server leaves at 300.
    const writes: Promise<{ id: string }>[] = [];
    const load = (async () => {
      for (let i = 0; i < 600; i++) {
        writes.push(shop.write({ id: String(i) }));
        await story.takes(1);
      }
    })();
    let drained: unknown;
    story.world.at(300, () => void first.drain({ graceMs: 5_000 }).then((result) => (drained = result)));
    await story.settled(load);
    const ids = (await story.settled(Promise.all(writes))).map(({ id }) => id);
    expect(ids).toEqual(Array.from({ length: 600 }, (_, i) => String(i)));
    expect([...entered.values()].every((times) => times === 1)).toBe(true);
    expect(await story.settled(watching)).toHaveLength(10);
    await story.until(() => drained !== undefined);
    expect(drained).toMatchObject({ cut: 0 });
  });

  it("goes in two phases, RFC 9113 §6.8, and serves who had not heard of the first", async () => {
    const story = new ChannelWorld();
    const entered: number[] = [];
    const server = await story.serve("shop", (serving, host) => {
      serving.add(Shop, {
        read: async ({ id }) => {
          entered.push(host.nowMs());
          await story.takes(200, host);
          return { id };
        },
      });
    });
    const { client } = story;
    story.world.link(client, "shop").delay({ ms: 50 });
    const reports: TerminationReport[] = [];
    const shop = story.channel("shop", { onReport: (report) => reports.push(report) }).client(Shop);
    await story.settled(shop.read({ id: "before" }));
    const drainedAtMs = story.nowMs;
    const draining = server.drain();
    // Sent in the 50 ms that the first GOAWAY needs to come here.
    await story.pass(25);
    const late = shop.read({ id: "late" });
    expect((await story.settled(late)).id).toBe("late");
    expect(entered.at(-1)).toBeGreaterThan(drainedAtMs);
    await story.settled(draining);
    const left = (): TerminationReport | undefined => reports.find(({ goaways }) => goaways.length > 0);
    await story.until(() => left() !== undefined);
    // 2^31-1: "I am leaving, and have not decided where to stop".
    expect(left()?.goaways.map(({ lastStreamId }) => lastStreamId)).toEqual([2_147_483_647, 3]);
  });

  it("what is still open when the time is up is cut, and told so", async () => {
    const story = new ChannelWorld();
    const reasons: unknown[] = [];
    const server = await story.serve("shop", (serving) => {
      serving.add(Shop, {
        read: (_, call) =>
          new Promise((_resolve, reject) => {
            call.signal.addEventListener("abort", () => {
              reasons.push((call.signal.reason as StatusError).reason);
              reject(call.signal.reason as Error);
            });
          }),
      });
    });
    const shop = story.channel("shop").client(Shop);
    const reading = shop.read({});
    reading.catch(() => undefined);
    await story.pass(100);
    const drained = await story.settled(server.drain({ graceMs: 1_000 }));
    const error = await story.errorOf(reading);
    expect(error).toMatchObject({ code: 14, reason: "PEER_STATUS", processed: "maybe" });
    expect(error.message).toContain("DRAIN_CUT");
    expect(reasons).toEqual(["DRAIN_CUT"]);
    expect(drained).toMatchObject({ cut: 1 });
  });
});
