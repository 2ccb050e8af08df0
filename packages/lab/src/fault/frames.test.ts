/** Each fault of frames, as a client sees it that answers SETTINGS and PING and decides nothing. */

import { describe, expect, it } from "vitest";
import { relayed } from "../../test/relayed.ts";
import { flag, frameType, maxUint31, pingFrame, windowUpdateFrame } from "../peer/frame.ts";
import { FrameReader } from "../peer/frame-reader.ts";
import type { PeerScript } from "../peer/peer-script.ts";
import { faults } from "./faults.ts";

/** Executes and answers when it is told to. */
function waiting(wanted: number): { readonly script: PeerScript; answer(): void } {
  let answer = (): void => {};
  const script: PeerScript = {
    play: async (connection) => {
      const calls = await connection.calls(wanted);
      connection.execute(calls);
      answer = () => calls.forEach((call) => connection.answer(call));
    },
  };
  return { script, answer: () => answer() };
}

describe("goaway", () => {
  it("promises what is open, and lets it end; what comes later never reaches the server", async () => {
    const { script, answer } = waiting(2);
    await using world = await relayed([faults.goaway({ after: 3, code: 11, debug: "too_many_pings" })], { script });
    const { client, peer } = world;
    client.call(1);
    client.call(2);
    await client.until("GOAWAY 11 last=5 too_many_pings");
    client.call(3);
    await client.until(() => peer.ledger.executions(2) === 1);
    answer();
    await client.until("END_STREAM 3");
    await client.until("END_STREAM 5");
    expect(client.seen).not.toContain("END_STREAM 7");
    expect(peer.ledger.executions(3)).toBe(0);
  });

  it("excludes the request that it comes with, which the server never sees", async () => {
    await using world = await relayed([faults.goaway({ after: 2, last: "none" })]);
    const { client, peer } = world;
    client.call(1);
    await client.until("GOAWAY 0 last=1");
    client.call(2);
    client.write(pingFrame(Buffer.alloc(8)));
    await client.until("PING ACK");
    expect([peer.ledger.executions(1), peer.ledger.executions(2)]).toEqual([0, 0]);
  });

  it("cuts those that are open in the middle, and says of the others that they were never seen, though they were", async () => {
    const { script } = waiting(3);
    await using world = await relayed([faults.goaway({ after: 5, last: "half", then: "rst", pauseMs: 50 })], {
      script,
    });
    const { client, peer, relay } = world;
    for (const id of [1, 2, 3]) client.call(id);
    await client.until(() => peer.ledger.executions(3) === 1);
    client.call(4);
    await client.until("GOAWAY 0 last=5");
    await client.until("ECONNRESET");
    expect(relay.told.newest.map(({ what }) => what)).toEqual([
      "GOAWAY(NO_ERROR, last=5); 2 open above it",
      "RST behind GOAWAY",
    ]);
  });

  it("counts no stream as open that another fault has reset", async () => {
    await using world = await relayed([
      faults.goaway({ after: 3 }),
      faults.rstStream({ skip: 1, times: 1, at: "request" }),
    ]);
    const { client, relay } = world;
    client.call(1);
    await client.until("RST_STREAM 3 code=8");
    client.call(2);
    await client.until("GOAWAY 0 last=5");
    expect(relay.told.newest.at(-1)?.what).toBe("GOAWAY(NO_ERROR, last=5)");
  });

  it("comes twice, as from a server that drains", async () => {
    await using world = await relayed([faults.goaway({ after: 2, firstMs: 20, then: "fin", pauseMs: 5 })]);
    const { client } = world;
    client.call(1);
    await client.until("FIN");
    const order = client.seen.filter((each) => each.startsWith("GOAWAY") || each === "FIN");
    expect(order).toEqual([`GOAWAY 0 last=${maxUint31}`, "GOAWAY 0 last=3", "FIN"]);
  });

  it("comes at an age, and after a silence", async () => {
    await using byAge = await relayed([faults.goaway({ ageMs: 150 })]);
    await byAge.client.until("GOAWAY 0 last=1");
    await using byIdle = await relayed([faults.goaway({ idleMs: 100 })]);
    await byIdle.client.until("GOAWAY 0 last=1");
  });
});

describe("rst-stream", () => {
  it.each([
    ["request", 0, []],
    ["before-headers", 1, []],
    ["after-headers", 1, ["HEADERS 3"]],
    ["after-message", 1, ["HEADERS 3", "DATA 3"]],
  ] as const)("at %s", async (at, executions, before) => {
    await using world = await relayed([faults.rstStream({ at, code: 7, skip: 1 })]);
    const { client, peer } = world;
    client.seen.length = 0;
    client.call(1);
    await client.until("RST_STREAM 3 code=7");
    expect(client.seen.filter((each) => / 3\b/.test(each))).toEqual([...before, "RST_STREAM 3 code=7"]);
    client.write(pingFrame(Buffer.alloc(8)));
    await client.until("PING ACK");
    expect(peer.ledger.executions(1)).toBe(executions);
  });

  it("after so many octets of DATA, and at most so often", async () => {
    await using world = await relayed([faults.rstStream({ at: "after-bytes", bytes: 3, skip: 1, times: 1 })]);
    const { client } = world;
    client.call(1);
    await client.until("RST_STREAM 3 code=8");
    client.call(2);
    await client.until("END_STREAM 5");
    expect(client.seen).toContain("DATA 3");
  });

  it("leaves the table of headers whole: requests after a dropped one are understood", async () => {
    const { default: http2 } = await import("node:http2");
    await using world = await relayed([faults.rstStream({ at: "request", probability: 0.5 })], { seed: 3 });
    const session = http2.connect(`http://127.0.0.1:${world.relay.port}`);
    // Before the server's SETTINGS have come, node:http2 puts fields into a table of 4,096 octets.
    const ends = Array.from({ length: 12 }, (_, n) => {
      const stream = session.request({
        ":method": "POST",
        ":path": "/lab",
        "x-same": "always the same",
        "x-n": String(n % 3),
      });
      stream.on("error", () => {});
      stream.resume().end();
      return new Promise<number>((resolve) => stream.once("close", () => resolve(stream.rstCode)));
    });
    const codes = await Promise.all(ends);
    session.destroy();
    expect(new Set(codes)).toEqual(new Set([0, 8]));
  });
});

describe("settings", () => {
  it("reach the client, whose ACK is kept from the server", async () => {
    const fromClient: string[] = [];
    const watch = new FrameReader(({ type, flags }) => fromClient.push(`${type} ${flags & flag.ACK}`));
    await using world = await relayed([faults.settings({ maxStreams: 0, after: 2 })], {
      watch: (bytes) => watch.push(Buffer.from(bytes)),
    });
    const { client, relay } = world;
    client.call(1);
    await client.until("SETTINGS");
    client.write(pingFrame(Buffer.alloc(8)));
    await client.until("PING ACK");
    // Of the server's own SETTINGS one ACK came, and none of the other's.
    expect(fromClient.filter((each) => each === `${frameType.SETTINGS} 1`)).toHaveLength(1);
    expect(relay.told.newest.map(({ what }) => what)).toEqual(["SETTINGS(MAX_CONCURRENT_STREAMS=0)"]);
  });
});

describe("ping", () => {
  it("is ignored, while calls go on", async () => {
    await using world = await relayed([faults.pingIgnored()]);
    const { client } = world;
    client.write(pingFrame(Buffer.alloc(8)));
    client.call(1);
    await client.until("END_STREAM 3");
    expect(client.seen).not.toContain("PING ACK");
  });

  it("is answered late: behind a call that was begun after it", async () => {
    await using world = await relayed([faults.pingLate({ lateMs: 100 })]);
    const { client } = world;
    client.write(pingFrame(Buffer.alloc(8)));
    client.call(1);
    await client.until("PING ACK");
    expect(client.seen.indexOf("END_STREAM 3")).toBeLessThan(client.seen.indexOf("PING ACK"));
  });

  it("floods the client, whose answers the server never gets", async () => {
    await using world = await relayed([faults.pingFlood({ everyMs: 50, times: 3, to: "client" })]);
    const { client } = world;
    await client.until(() => client.seen.filter((each) => each === "PING").length === 3);
    client.write(pingFrame(Buffer.alloc(8)));
    await client.until("PING ACK");
  });
});

describe("answers", () => {
  it.each([
    ["end-stream", ["HEADERS 3", "DATA 3", "END_STREAM 3"]],
    ["rst", ["HEADERS 3", "DATA 3", "RST_STREAM 3 code=0"]],
  ] as const)("have no trailers: %s", async (then, seen) => {
    await using world = await relayed([faults.trailersMissing({ then, skip: 1 })]);
    const { client } = world;
    client.call(1);
    await client.until(seen[2]);
    expect(client.seen.filter((each) => / 3\b/.test(each))).toEqual(seen);
  });

  it("have another status", async () => {
    await using world = await relayed([faults.trailersWrong({ status: "99", message: "no such code" })]);
    await world.client.until(() => world.relay.told.count("trailers-wrong") === 1);
    expect(world.relay.told.newest[0]?.what).toBe("grpc-status 99 on stream 1");
  });

  it.each(["no", "yes"] as const)("are a page of HTML; the server got the request: %s", async (reached) => {
    await using world = await relayed([faults.htmlAnswer({ reached, skip: 1 })]);
    const { client, peer } = world;
    client.call(1);
    await client.until("END_STREAM 3");
    expect(client.seen.filter((each) => / 3\b/.test(each))).toEqual(["HEADERS 3", "END_STREAM 3"]);
    client.call(2);
    await client.until("END_STREAM 5");
    expect(peer.ledger.executions(1)).toBe(reached === "yes" ? 1 : 0);
  });

  it("have informational ones before them", async () => {
    await using world = await relayed([faults.informational({ count: 2, skip: 1 })]);
    const { client } = world;
    client.call(1);
    await client.until("END_STREAM 3");
    expect(client.seen.filter((each) => each === "HEADERS 3")).toHaveLength(3);
  });

  it("stop behind their headers", async () => {
    await using world = await relayed([faults.headersOnly({ skip: 1, times: 1 })]);
    const { client } = world;
    client.call(1);
    client.call(2);
    await client.until("END_STREAM 5");
    expect(client.seen.filter((each) => / 3\b/.test(each))).toEqual(["HEADERS 3"]);
  });

  it("wait for credit that never comes", async () => {
    await using world = await relayed([faults.windowStarved({ who: "server" })]);
    const { client, relay } = world;
    client.write(windowUpdateFrame(0, 1_000));
    client.write(pingFrame(Buffer.alloc(8)));
    await client.until("PING ACK");
    expect(relay.told.newest.map(({ what }) => what)).toEqual(["held back WINDOW_UPDATE(0) to the server"]);
  });
});

it("gives back the credit of DATA that it dropped", async () => {
  await using world = await relayed([faults.htmlAnswer({ skip: 1 })]);
  const { client } = world;
  client.call(1, 50_000);
  await client.until((): boolean => creditOf(client.seen) >= 50_000);
});

function creditOf(seen: readonly string[]): number {
  return seen
    .map((each) => Number(/^WINDOW_UPDATE 0 \+(\d+)$/.exec(each)?.[1] ?? 0))
    .filter((credit) => credit < 100_000)
    .reduce((sum, credit) => sum + credit, 0);
}

it("knows the types it acts on by RFC 9113's numbers", () => {
  expect([frameType.GOAWAY, frameType.RST_STREAM, frameType.PING]).toEqual([7, 3, 6]);
});
