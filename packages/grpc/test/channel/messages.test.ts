/**
 * A channel and a server of ours, both ends in one world: the four kinds of calls, metadata both ways, limits of size,
 * and how a slow end holds back the other one.
 */
import { create } from "@bufbuild/protobuf";
import { ItemSchema, Shop } from "@holdfast/lab/shop";
import { afterEach, describe, expect, it } from "vitest";
import { StatusError } from "../../src/report/status-error.ts";
import type { Metadata } from "../../src/rpc/metadata.ts";
import { ChannelWorld, leaveNothingOpen } from "./channel-world.ts";

afterEach(leaveNothingOpen);

/** Whatever kind of view they come in. */
const octets = (value: Uint8Array | undefined): number[] => [...(value ?? [])];

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

async function* items(count: number, payloadBytes = 0) {
  for (let seq = 0; seq < count; seq++) {
    await Promise.resolve();
    yield { seq, payload: new Uint8Array(payloadBytes) };
  }
}

describe("each kind of call", () => {
  it("brings its messages, in order", async () => {
    const story = new ChannelWorld();
    await story.serve("shop", (server) => {
      server.add(Shop, {
        read: ({ id }) => ({ id, text: "one" }),
        watch: function* ({ from, count }) {
          for (let seq = from; seq < from + count; seq++) yield create(ItemSchema, { seq });
        },
        upload: async (requests) => {
          let sum = 0;
          for await (const { seq } of requests) sum += seq;
          return { items: sum };
        },
        chat: async function* (notes) {
          for await (const { text } of notes) yield { text: text.toUpperCase() };
        },
      });
    });
    const shop = story.channel("shop").client(Shop);
    expect(await story.settled(shop.read({ id: "a" }))).toMatchObject({ id: "a", text: "one" });
    expect((await story.all(shop.watch({ from: 3, count: 200 }))).map(({ seq }) => seq)).toEqual(
      Array.from({ length: 200 }, (_, i) => i + 3),
    );
    expect(await story.settled(shop.upload(items(100)))).toMatchObject({ items: 4_950 });
    const notes = (async function* () {
      for (const text of ["a", "b", "c"]) {
        await story.takes(5);
        yield { text };
      }
    })();
    expect((await story.all(shop.chat(notes))).map(({ text }) => text)).toEqual(["A", "B", "C"]);
  });

  it("talks in turns: an answer comes before the next question is asked", async () => {
    const story = new ChannelWorld();
    await story.serve("shop", (server) => {
      server.add(Shop, {
        chat: async function* (notes) {
          for await (const { text } of notes) yield { text: `${text}!` };
        },
      });
    });
    const said: string[] = [];
    const notes = (async function* () {
      for (let turn = 1; turn <= 3; turn++) {
        said.push(`ask ${turn}`);
        yield { text: String(turn) };
        while (said.at(-1) !== `hear ${turn}!`) await story.takes(1);
      }
    })();
    const chat = story.channel("shop").client(Shop).chat(notes);
    const heard = (async () => {
      for await (const { text } of chat) said.push(`hear ${text}`);
    })();
    await story.settled(heard);
    expect(said).toEqual(["ask 1", "hear 1!", "ask 2", "hear 2!", "ask 3", "hear 3!"]);
  });

  it("may be empty, and may be of many megabytes", async () => {
    const story = new ChannelWorld();
    await story.serve(
      "shop",
      (server) => {
        server.addMethod("/p.S/Echo", "unary", (request) => request);
        server.addMethod("/p.S/None", "server-streaming", function* () {
          // An answer of no message.
        });
      },
      { maxReceiveMessageBytes: 20_000_000 },
    );
    const channel = story.channel("shop", { maxReceiveMessageBytes: 20_000_000 });
    expect(await story.settled(channel.unary("/p.S/Echo", bytes("")))).toHaveLength(0);
    expect(await story.all(channel.serverStreaming("/p.S/None", bytes("")))).toEqual([]);
    const large = Uint8Array.from({ length: 10_000_000 }, (_, i) => i % 251);
    const echoed = await story.settled(channel.unary("/p.S/Echo", large));
    expect(Buffer.compare(echoed, large)).toBe(0);
  });
});

describe("metadata", () => {
  it("go both ways, text and bytes, with headers, trailers and errors", async () => {
    const story = new ChannelWorld();
    const seen: unknown[] = [];
    await story.serve("shop", (server) => {
      server.add(Shop, {
        read: ({ id }, call) => {
          seen.push(call.metadata.getAll("x-text"), octets(call.metadata.get("x-bytes-bin")));
          call.sendHeaders({ "x-early": "yes", "x-early-bin": Uint8Array.of(0, 255) });
          call.trailers.set("x-late-bin", Uint8Array.of(7));
          if (id === "bad") throw new StatusError("NOT_FOUND", "no such item");
          return {};
        },
      });
    });
    const shop = story.channel("shop").client(Shop);
    const heard: Metadata[] = [];
    const note = (metadata: Metadata): void => void heard.push(metadata);
    const metadata: [string, string | Uint8Array][] = [
      ["x-text", "one"],
      ["x-text", "two"],
      ["x-bytes-bin", Uint8Array.of(1, 2, 250)],
    ];
    await story.settled(shop.read({}, { metadata, onHeaders: note, onTrailers: note }));
    expect(seen).toEqual([
      ["one", "two"],
      [1, 2, 250],
    ]);
    expect([heard[0]?.get("x-early"), octets(heard[0]?.get("x-early-bin"))]).toEqual(["yes", [0, 255]]);
    expect(octets(heard[1]?.get("x-late-bin"))).toEqual([7]);
    const error = await story.errorOf(shop.read({ id: "bad" }));
    expect(error).toMatchObject({ code: 5, reason: "PEER_STATUS", text: "no such item" });
    expect(octets(error.metadata.get("x-late-bin"))).toEqual([7]);
  });

  it("that cannot be sent are the caller's mistake", async () => {
    const story = new ChannelWorld();
    const shop = story.channel("shop").client(Shop);
    for (const metadata of [{ "grpc-timeout": "1S" }, { "x y": "a" }, { "x-bin": "text" }, { ":path": "/" }]) {
      await expect(shop.read({}, { metadata }), JSON.stringify(metadata)).rejects.toThrow(TypeError);
    }
  });
});

describe("status details", () => {
  it("come with the error as the handler gave them", async () => {
    const story = new ChannelWorld();
    const details = [{ typeUrl: "type.googleapis.com/a.B", value: Uint8Array.of(1, 2) }];
    await story.serve("shop", (server) => {
      server.add(Shop, {
        read: () => {
          throw new StatusError("FAILED_PRECONDITION", "not yet: 100 % ü", { details });
        },
      });
    });
    const error = await story.errorOf(story.channel("shop").client(Shop).read({}));
    expect(error).toMatchObject({ code: 9, text: "not yet: 100 % ü", processed: "maybe" });
    expect(error.details.map(({ typeUrl, value }) => [typeUrl, octets(value)])).toEqual([
      ["type.googleapis.com/a.B", [1, 2]],
    ]);
    expect(error.message).toBe("9 FAILED_PRECONDITION [PEER_STATUS] not yet: 100 % ü");
    expect(error.evidence).toContainEqual({ kind: "trailers-seen", code: 9, trailersOnly: true });
    expect(error.attempts).toHaveLength(1);
    expect(error.attempts[0]).toMatchObject({ number: 1, code: 9, peer: `${story.world.host("shop").address}:50051` });
  });
});

describe("a message over the limit", () => {
  const over = async (options: object, serverOptions: object, requestBytes: number, responseBytes: number) => {
    const story = new ChannelWorld();
    await story.serve(
      "shop",
      (server) => server.addMethod("/p.S/M", "unary", () => new Uint8Array(responseBytes)),
      serverOptions,
    );
    return story.errorOf(story.channel("shop", options).unary("/p.S/M", new Uint8Array(requestBytes)));
  };

  it("of the receiver is refused with both numbers, either way", async () => {
    const large = await over({}, {}, 0, 4_194_305);
    expect(large).toMatchObject({ code: 8, reason: "MESSAGE_TOO_LARGE" });
    expect(large.text).toContain("4194305 bytes");
    expect(large.text).toContain("4194304");
    const request = await over({}, { maxReceiveMessageBytes: 1_000 }, 1_001, 0);
    expect(request).toMatchObject({ code: 8, reason: "PEER_STATUS" });
    expect(request.text).toContain("1001 bytes is over the limit of 1000");
  });

  it("of the sender never leaves", async () => {
    const error = await over({ maxSendMessageBytes: 1_000 }, {}, 1_001, 0);
    expect(error).toMatchObject({ code: 8, reason: "MESSAGE_TOO_LARGE", processed: "no" });
    expect(error.text).toContain("1001 bytes is over the limit of 1000 for /p.S/M");
  });
});

describe("a slow end", () => {
  it("a reader that reads nothing holds the server back after a few windows, and still gets everything", async () => {
    const story = new ChannelWorld();
    const piece = new Uint8Array(100_000);
    let made = 0;
    await story.serve("shop", (server) => {
      server.addMethod("/p.S/Much", "server-streaming", async function* () {
        for (; made < 500; made++) {
          await Promise.resolve();
          yield piece;
        }
      });
    });
    const messages = story.channel("shop").serverStreaming("/p.S/Much", bytes(""));
    const first = await story.settled(messages.next());
    expect(first.done).toBe(false);
    await story.pass(30_000);
    const held = made;
    // Of the 50 MB only what windows, sockets and queues hold: a stream's window is at most 16 MiB.
    expect(held).toBeLessThan(250);
    await story.pass(30_000);
    expect(made).toBe(held);
    const rest = await story.all(messages);
    expect(rest).toHaveLength(499);
  });

  it("a server that reads slowly holds a client's stream back", async () => {
    const story = new ChannelWorld();
    let read = 0;
    await story.serve("shop", (server, host) => {
      server.addMethod("/p.S/Upload", "client-streaming", async (requests) => {
        for await (const request of requests) {
          read += request.length;
          await story.takes(10, host);
        }
        return bytes(String(read));
      });
    });
    let sent = 0;
    let most = 0;
    const pieces = (async function* () {
      for (let i = 0; i < 300; i++) {
        await Promise.resolve();
        sent += 100_000;
        most = Math.max(most, sent - read);
        yield new Uint8Array(100_000);
      }
    })();
    const answer = await story.settled(story.channel("shop").clientStreaming("/p.S/Upload", pieces));
    expect(new TextDecoder().decode(answer)).toBe("30000000");
    expect(most).toBeLessThan(20_000_000);
  });

  it("a reader that leaves early cancels the call, and the generator's end is run", async () => {
    const story = new ChannelWorld();
    let closed = 0;
    let aborted: unknown;
    await story.serve("shop", (server, host) => {
      server.add(Shop, {
        watch: async function* (_, call) {
          call.signal.addEventListener("abort", () => (aborted = call.signal.reason));
          try {
            for (let seq = 0; ; seq++) {
              await story.takes(1, host);
              yield create(ItemSchema, { seq });
            }
          } finally {
            closed++;
          }
        },
      });
    });
    const watching = story.channel("shop").client(Shop).watch({});
    const leaving = (async () => {
      for await (const { seq } of watching) if (seq === 5) break;
    })();
    await story.settled(leaving);
    await story.until(() => closed === 1, 1_000);
    expect(aborted).toMatchObject({ code: 1, reason: "PEER_CANCELLED" });
  });
});
