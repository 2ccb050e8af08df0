/**
 * Messages that are compressed, both ways: by whom they are packed, what stands on the wire, when they are opened, and what a
 * peer hears whose octets are none or too many.
 */
import { afterEach, describe, expect, it } from "vitest";
import { nodeCompress } from "../../src/host/node/zip.ts";
import { concat, fromUtf8, utf8, zeroed } from "../../src/http2/bytes.ts";
import { messagePrefix } from "../../src/rpc/message.ts";
import type { Server } from "../../src/server/index.ts";
import { ChannelWorld, leaveNothingOpen } from "../channel/channel-world.ts";
import type { Script } from "../channel/scripted-server.ts";
import { data } from "../http2/frames.ts";

afterEach(leaveNothingOpen);

const text = "to be held fast, ".repeat(200);
const said = fromUtf8(text);
const frameBytes = 16_384; // RFC 9113 §4.2: what every peer takes

function echoes(server: Server): void {
  server.addMethod("/p.S/Unary", "unary", (request) => request);
  server.addMethod("/p.S/Bidi", "bidi-streaming", async function* (requests) {
    for await (const request of requests) yield request;
  });
}

function packed(message: Uint8Array): Uint8Array {
  const bytes = nodeCompress("gzip", message);
  const prefix = messagePrefix(bytes.length);
  prefix[0] = 1;
  return concat([prefix, bytes], prefix.length + bytes.length);
}

/** Answers every request with these octets, said to be gzip. */
function answering(octets: Uint8Array, encoding = "gzip"): Script {
  return {
    onRequest: ({ connection, streamId }) => {
      connection.headers(streamId, ["grpc-encoding", encoding]);
      for (let at = 0; at < octets.length; at += frameBytes) {
        connection.write(data(streamId, octets.subarray(at, at + frameBytes)));
      }
      connection.trailers(streamId, 0);
    },
  };
}

async function all(messages: AsyncIterable<Uint8Array>): Promise<string[]> {
  const texts: string[] = [];
  for await (const message of messages) texts.push(utf8(message));
  return texts;
}

describe.each(["gzip", "deflate"] as const)("%s", (coding) => {
  it("goes there and back, one message or many", async () => {
    const story = new ChannelWorld();
    await story.serve("shop", echoes, { compression: coding });
    const channel = story.channel("shop", { compression: coding });
    expect(utf8(await story.settled(channel.unary("/p.S/Unary", said)))).toBe(text);
    async function* three(): AsyncGenerator<Uint8Array> {
      for (let i = 0; i < 3; i++) yield fromUtf8(`${i}${text}`);
    }
    expect(await story.settled(all(channel.bidiStreaming("/p.S/Bidi", three())))).toEqual(
      [0, 1, 2].map((i) => `${i}${text}`),
    );
  });
});

it("is a matter of each side, and of each call", async () => {
  const story = new ChannelWorld();
  const heads: string[] = [];
  await story.serve("shop", echoes);
  const channel = story.channel("shop", { compression: "gzip" });
  const onHeaders = (headers: { get(name: string): unknown }): void =>
    void heads.push(String(headers.get("grpc-encoding")));
  expect(utf8(await story.settled(channel.unary("/p.S/Unary", said, { onHeaders })))).toBe(text);
  expect(utf8(await story.settled(channel.unary("/p.S/Unary", said, { compression: "identity" })))).toBe(text);
  expect(heads).toEqual(["undefined"]);
  expect(() => story.channel("shop", { compression: "br" as "gzip" })).toThrow(/compression: "br", expected "gzip"/);
  const wrong = channel.unary("/p.S/Unary", said, { compression: 1 as unknown as "gzip" });
  await expect(wrong).rejects.toThrow('compression: 1, expected "gzip", "deflate" or "identity"');
});

it("is told of in the request, and only where it is asked for", async () => {
  const story = new ChannelWorld();
  const server = story.script("shop", answering(packed(said)));
  const channel = story.channel("shop");
  expect(utf8(await story.settled(channel.unary("/p.S/Unary", said)))).toBe(text);
  await story.settled(channel.unary("/p.S/Unary", said, { compression: "deflate", timeoutMs: 5_000 }));
  const heads = server.executed.map(({ headers }) => [headers["grpc-accept-encoding"], headers["grpc-encoding"]]);
  expect(heads).toEqual([
    ["identity,deflate,gzip", undefined],
    ["identity,deflate,gzip", "deflate"],
  ]);
  const sizes = server.executed.map(({ body }) => body.reduce((sum, { length }) => sum + length, 0));
  expect(sizes[0]).toBe(5 + said.length);
  expect(sizes[1]).toBeLessThan(said.length / 10);
});

it("that opens to more than the limit ends the call, of one message and of many", async () => {
  const bomb = packed(zeroed(50_000_000));
  const story = new ChannelWorld();
  story.script("shop", answering(bomb));
  const channel = story.channel("shop");
  const error = await story.errorOf(channel.unary("/p.S/Unary", said));
  expect(error).toMatchObject({ codeName: "RESOURCE_EXHAUSTED", reason: "MESSAGE_TOO_LARGE" });
  const streamed = await story.errorOf(all(channel.serverStreaming("/p.S/Many", said)));
  expect(streamed).toMatchObject({ codeName: "RESOURCE_EXHAUSTED", reason: "MESSAGE_TOO_LARGE" });
});

it("waits packed for a reader who takes his time", async () => {
  // 30 messages of 2 MB each in 60 KB: opened as they come they would be 60 MB.
  const one = packed(zeroed(2_000_000));
  const many = concat(Array<Uint8Array>(30).fill(one), 30 * one.length);
  const story = new ChannelWorld();
  story.script("shop", answering(many));
  const reader = story.channel("shop").serverStreaming("/p.S/Many", said)[Symbol.asyncIterator]();
  expect((await story.settled(reader.next())).value).toHaveLength(2_000_000);
  const before = process.memoryUsage().arrayBuffers;
  await story.pass(1_000);
  expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(20_000_000);
  let count = 1;
  for (; (await story.settled(reader.next())).done !== true; count++);
  expect(count).toBe(30);
});

it("that is none is told by whoever reads it, and nothing after it", async () => {
  const broken = Uint8Array.of(1, 0, 0, 0, 3, 7, 7, 7);
  const story = new ChannelWorld();
  story.script(
    "shop",
    answering(concat([packed(said), broken, packed(said)], 2 * packed(said).length + broken.length)),
  );
  const seen: number[] = [];
  const reads = async (): Promise<void> => {
    for await (const message of story.channel("shop").serverStreaming("/p.S/Many", said)) seen.push(message.length);
  };
  const error = await story.errorOf(reads());
  expect(error).toMatchObject({ codeName: "INTERNAL", reason: "BAD_RESPONSE" });
  expect(error.message).toContain("says that it is gzip, and cannot be decompressed");
  expect(seen).toEqual([said.length]);
});

it("of a kind that we do not read is named", async () => {
  const story = new ChannelWorld();
  story.script("shop", answering(packed(said), "snappy"));
  const error = await story.errorOf(story.channel("shop").unary("/p.S/Unary", said));
  expect(error).toMatchObject({ codeName: "INTERNAL", reason: "BAD_RESPONSE" });
  expect(error.message).toContain('compressed with "snappy", this client reads: identity,deflate,gzip');
});
