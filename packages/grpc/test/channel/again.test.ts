/**
 * When a call goes again, and when it does not: what the wire proves goes again by itself, what a retry policy allows
 * goes again by the policy, and once an answer has begun nothing does. Scripted peers count what they were sent.
 */
import { Shop } from "@holdfast/lab/shop";
import { afterEach, describe, expect, it } from "vitest";
import type { ChannelOptions } from "../../src/channel/channel.ts";
import { ChannelWorld, collect, leaveNothingOpen } from "./channel-world.ts";
import type { Script, ScriptedServer } from "./scripted-server.ts";

afterEach(leaveNothingOpen);

function against(script: (server: () => ScriptedServer) => Script, options: ChannelOptions = {}) {
  const story = new ChannelWorld();
  const server: ScriptedServer = story.script(
    "shop",
    script(() => server),
  );
  const channel = story.channel("shop", options);
  return { story, server, channel, shop: channel.client(Shop) };
}

const policy = (fields: object = {}): ChannelOptions => ({
  serviceConfig: {
    methodConfig: [
      {
        name: [{}],
        retryPolicy: {
          maxAttempts: 4,
          initialBackoff: "0.1s",
          maxBackoff: "1s",
          backoffMultiplier: 2,
          retryableStatusCodes: ["UNAVAILABLE"],
          ...fields,
        },
      },
    ],
  },
});

describe("without a policy", () => {
  it("GOAWAY above the last id, six times: the call fails as unprocessed, with six attempts on record", async () => {
    const { story, server, shop } = against(() => ({ onRequest: ({ connection }) => connection.goaway(0) }));
    const error = await story.errorOf(shop.write({}));
    expect(error).toMatchObject({ code: 14, reason: "GOAWAY_UNPROCESSED", processed: "no" });
    expect(error.message).toContain("left with GOAWAY(last stream 0) and did not process stream 1");
    expect(error.attempts.map(({ number, reason, processed }) => [number, reason, processed])).toEqual(
      [1, 2, 3, 4, 5, 6].map((number) => [number, "GOAWAY_UNPROCESSED", "no"]),
    );
    expect(error.evidence).toContainEqual({ kind: "goaway-above-last-id", streamId: 1, lastStreamId: 0 });
    expect(server.executed).toHaveLength(6);
  });

  it("maxReissues decides how often", async () => {
    const refuse = (): Script => ({ onRequest: ({ connection, streamId }) => connection.reset(streamId, 7) });
    for (const maxReissues of [0, 2]) {
      const { story, server, shop } = against(refuse, { maxReissues });
      const error = await story.errorOf(shop.write({}));
      expect(error).toMatchObject({ code: 14, reason: "REFUSED_STREAM", processed: "no" });
      expect([error.attempts.length, server.executed.length]).toEqual([maxReissues + 1, maxReissues + 1]);
    }
  });

  it("a refusal that is not trusted is a maybe, and goes nowhere", async () => {
    const { story, server, shop } = against(
      () => ({ onRequest: ({ connection, streamId }) => connection.reset(streamId, 7) }),
      { trustRefusedStream: false },
    );
    expect(await story.errorOf(shop.write({}))).toMatchObject({ reason: "REFUSED_STREAM", processed: "maybe" });
    expect(server.executed).toHaveLength(1);
  });

  it("streams at or below the last id go on, whatever the error code of GOAWAY", async () => {
    const { story, server, shop } = against(() => ({
      onRequest: ({ connection, streamId }) => {
        connection.goaway(streamId, 11, "too_many_pings");
        story.world.at(story.nowMs + 100, () => connection.answerGrpc(streamId, ""));
      },
    }));
    await story.settled(shop.write({}));
    expect(server.executed).toHaveLength(1);
  });

  it("a lower last id, said later, counts", async () => {
    const { story, server, shop } = against(() => ({
      onRequest: ({ connection, streamId }) => {
        if (connection.number > 1) return connection.answerGrpc(streamId, "");
        connection.goaway(2_147_483_647);
        story.world.at(story.nowMs + 50, () => connection.goaway(0));
      },
    }));
    await story.settled(shop.write({}));
    expect(server.connections.map(({ requests }) => requests.size)).toEqual([1, 1]);
  });

  it("the connection that is lost leaves its report with the error", async () => {
    const { story, shop } = against(() => ({
      onRequest: ({ connection }) => {
        connection.goaway(1, 0, "max_age");
        connection.socket.end();
      },
    }));
    const error = await story.errorOf(shop.write({}));
    expect(error).toMatchObject({ code: 14, reason: "GOAWAY_THEN_CLOSED", processed: "maybe" });
    expect(error.evidence).toEqual([{ kind: "request-sent" }]);
    expect(error.report).toMatchObject({ goaways: [{ code: 0, lastStreamId: 1, debugData: "max_age" }] });
    expect(error.report?.summary).toContain("max_age");
    expect(error.report?.frames.length).toBeGreaterThan(3);
    expect(error.attempts[0]?.report).toBe(error.report);
  });

  it("a reissue stops at the deadline", async () => {
    const { story, shop } = against(() => ({ onRequest: ({ connection, streamId }) => connection.reset(streamId, 7) }));
    const error = await story.errorOf(shop.write({}, { timeoutMs: 250 }));
    expect(error.processed).toBe("no");
    expect(error.attempts.length).toBeLessThan(6);
    expect(story.nowMs).toBeLessThan(260);
  });
});

describe("with a retry policy", () => {
  it("the server's pushback is the wait, and the count goes on", async () => {
    const at: number[] = [];
    const { story, server, shop } = against(
      () => ({
        onRequest: ({ connection, streamId }) => {
          at.push(story.nowMs);
          if (at.length === 1) connection.refuse(streamId, 14, ["grpc-retry-pushback-ms", "700"]);
          else connection.answerGrpc(streamId, "");
        },
      }),
      policy(),
    );
    await story.settled(shop.read({}));
    expect(server.executed).toHaveLength(2);
    expect((at[1] ?? 0) - (at[0] ?? 0)).toBeGreaterThanOrEqual(700);
    expect((at[1] ?? 0) - (at[0] ?? 0)).toBeLessThan(705);
  });

  it.each(["-1", "soon"])("a pushback of %s means: do not", async (pushback) => {
    const { story, server, shop } = against(
      () => ({
        onRequest: ({ connection, streamId }) => connection.refuse(streamId, 14, ["grpc-retry-pushback-ms", pushback]),
      }),
      policy(),
    );
    expect((await story.errorOf(shop.read({}))).attempts).toHaveLength(1);
    expect(server.executed).toHaveLength(1);
  });

  it("headers of an answer bind the call: what fails after them is not tried again", async () => {
    const { story, server, shop } = against(
      () => ({
        onRequest: ({ connection, streamId }) => {
          connection.headers(streamId);
          connection.trailers(streamId, 14);
        },
      }),
      policy(),
    );
    const error = await story.errorOf(shop.read({}));
    expect(error).toMatchObject({ code: 14, reason: "PEER_STATUS", processed: "maybe" });
    expect(server.executed).toHaveLength(1);
  });

  it("nor is a stream that broke after its first message: the caller has seen it", async () => {
    const { story, server, shop } = against(
      () => ({
        onRequest: ({ connection, streamId }) => {
          connection.headers(streamId);
          connection.message(streamId, "");
          story.world.at(story.nowMs + 10, () => connection.socket.reset());
        },
      }),
      policy(),
    );
    const error = await story.errorOf(collect(shop.watch({})));
    expect(error).toMatchObject({ code: 14, reason: "CONNECTION_RESET", processed: "yes" });
    expect(server.executed).toHaveLength(1);
  });

  it("attempts that were refused unprocessed do not count against the policy", async () => {
    const { story, server, shop } = against(
      (server) => ({
        onRequest: ({ connection, streamId }) => {
          const n = server().executed.length;
          if (n <= 3) connection.reset(streamId, 7);
          else if (n <= 6) connection.refuse(streamId, 14);
          else connection.answerGrpc(streamId, "");
        },
      }),
      policy(),
    );
    await story.settled(shop.read({}));
    expect(server.executed).toHaveLength(7);
  });

  it("over several attempts the strongest counts: a refusal after a maybe is a maybe", async () => {
    const { story, shop } = against(
      (server) => ({
        onRequest: ({ connection, streamId }) => {
          if (server().executed.length === 1) connection.socket.reset();
          else connection.reset(streamId, 7);
        },
      }),
      { ...policy(), maxReissues: 0 },
    );
    const error = await story.errorOf(shop.read({}));
    expect(error).toMatchObject({ reason: "REFUSED_STREAM", processed: "maybe" });
    expect(error.attempts.map(({ processed }) => processed)).toEqual(["maybe", "no", "no", "no"]);
  });

  it("a client stream goes again from its start while what was sent is kept", async () => {
    const bodies: number[] = [];
    const { story, shop } = against(
      () => ({
        onRequest: ({ connection, streamId, body }) => {
          bodies.push(body.reduce((sum, piece) => sum + piece.length, 0));
          if (bodies.length < 3) connection.refuse(streamId, 14);
          else connection.answerGrpc(streamId, "");
        },
      }),
      policy(),
    );
    const items = (async function* () {
      for (let seq = 1; seq <= 50; seq++) {
        await Promise.resolve();
        yield { seq, text: "x".repeat(100) };
      }
    })();
    await story.settled(shop.upload(items));
    expect(bodies).toHaveLength(3);
    expect(new Set(bodies).size).toBe(1);
  });
});
