/** Each fault below frames, and what none of them may do: change an octet. */

import { once } from "node:events";
import { type AddressInfo, connect, createServer, type Socket } from "node:net";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { relayed } from "../../test/relayed.ts";
import { Relay } from "../relay/relay.ts";
import type { Fault, TimedPiece } from "./fault.ts";
import { faults } from "./faults.ts";

/** A server that sends back what it gets; its client, with the faults between them. */
async function echoed(
  all: readonly Fault[],
): Promise<AsyncDisposable & { readonly socket: Socket; readonly relay: Relay }> {
  const sockets = new Set<Socket>();
  const server = createServer((each) => {
    sockets.add(each);
    each.on("error", () => {});
    each.pipe(each);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const relay = new Relay({ to: { host: "127.0.0.1", port: (server.address() as AddressInfo).port }, faults: all });
  await relay.start();
  const socket = connect({ port: relay.port, host: "127.0.0.1" });
  socket.on("error", () => {});
  await once(socket, "connect");
  return {
    socket,
    relay,
    async [Symbol.asyncDispose]() {
      socket.destroy();
      await relay.close();
      for (const each of sockets) each.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** What comes back, until it is as long as what was sent. */
async function roundTrip(socket: Socket, bytes: Uint8Array): Promise<Buffer> {
  const got: Buffer[] = [];
  let length = 0;
  const all = new Promise<void>((resolve) => {
    socket.on("data", (chunk: Buffer) => {
      got.push(chunk);
      length += chunk.byteLength;
      if (length >= bytes.byteLength) resolve();
    });
  });
  socket.write(bytes);
  await all;
  socket.removeAllListeners("data");
  return Buffer.concat(got);
}

describe("no octet is changed", () => {
  it.each([
    ["slice", faults.slice({ sizeBytes: 7, leastBytes: 1 })],
    ["delay", faults.delay({ byMs: 1, jitterMs: 1 })],
    ["bandwidth", faults.bandwidth({ rateBytes: 10_000_000 })],
  ])("by %s, alone or with the others", async (_, fault) => {
    await using world = await echoed([fault, faults.delay({ byMs: 1 }), faults.slice({ sizeBytes: 100 })]);
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ minLength: 1, maxLength: 2_000 }), async (bytes) => {
        expect((await roundTrip(world.socket, bytes)).equals(bytes)).toBe(true);
      }),
      { numRuns: 20 },
    );
  });

  it("by faults that are put on and taken off while octets are on their way", async () => {
    await using world = await echoed([faults.delay({ byMs: 3_600_000 })]);
    const bytes = Buffer.from("waits for an hour");
    const back = roundTrip(world.socket, bytes);
    await new Promise((resolve) => setImmediate(resolve));
    world.relay.set([faults.blackHole({ ageMs: 0 })]);
    world.relay.set([]);
    expect((await back).equals(bytes)).toBe(true);
  });
});

describe("pieces and their times", () => {
  const attach = (fault: Fault) =>
    fault.attach({
      ordinal: 1,
      random: () => 0.75,
      ...{
        after: () => {},
        inject: () => {},
        fin: () => {},
        reset: () => {},
        silence: () => {},
        take: () => {},
        isTaken: () => false,
        tell: () => {},
      },
    });
  const pieces = (fault: Fault, bytes: number): readonly TimedPiece[] =>
    attach(fault).onBytes?.(new Uint8Array(bytes), "to-client") as readonly TimedPiece[];

  it("bandwidth spends a second on a second's octets", () => {
    const all = pieces(faults.bandwidth({ rateBytes: 1_000 }), 2_500);
    expect(all.reduce((sum, { gapMs = 0 }) => sum + gapMs, 0)).toBeCloseTo(2_500);
  });

  it("slice cuts no piece larger than it says", () => {
    const sizes = pieces(faults.slice({ sizeBytes: 8, leastBytes: 4 }), 100).map(({ bytes }) => bytes.byteLength);
    expect(Math.max(...sizes)).toBe(7);
    expect(sizes.reduce((sum, size) => sum + size)).toBe(100);
  });

  it("delay has its jitter to both sides", () => {
    expect(pieces(faults.delay({ byMs: 50, jitterMs: 20 }), 1)[0]?.afterMs).toBe(60);
  });
});

describe("ends", () => {
  it("FIN with a request that has reached the server", async () => {
    await using world = await relayed([faults.fin({ after: 2 })]);
    const { client, peer } = world;
    client.call(7);
    await client.until("FIN");
    await client.until(() => peer.ledger.executions(7) === 1);
  });

  it("RST with a request that has reached the server", async () => {
    await using world = await relayed([faults.rst({ after: 2 })]);
    const { client, peer } = world;
    client.call(7);
    await client.until("ECONNRESET");
    await client.until(() => peer.ledger.executions(7) === 1);
  });

  it("RST with a request that has not", async () => {
    await using world = await relayed([faults.rst({ after: 2, reached: "no" })]);
    const { client, peer, relay } = world;
    client.call(7);
    await client.until("ECONNRESET");
    await client.until(() => relay.open === 0);
    expect(peer.ledger.executions(7)).toBe(0);
  });

  it("in the middle of what the server sends", async () => {
    await using world = await echoed([faults.limitBytes({ bytes: 5, then: "fin" })]);
    const { socket } = world;
    const got: Buffer[] = [];
    socket.on("data", (chunk: Buffer) => got.push(chunk));
    socket.write("hello, world");
    await once(socket, "end");
    expect(Buffer.concat(got).toString()).toBe("hello");
  });
});

describe("silence", () => {
  it("half-open: the server is told, the client is not", async () => {
    await using world = await relayed([faults.halfOpen({ after: 2 })]);
    const { client, relay } = world;
    client.call(7);
    await client.until(() => relay.told.count("half-open") === 1);
    expect(client.seen).toEqual([]);
  });

  it("a black hole that heals gives back what it held", async () => {
    await using world = await relayed([faults.blackHole({ after: 2, forMs: 50 })]);
    const { client, peer } = world;
    client.call(7);
    expect(peer.ledger.executions(7)).toBe(0);
    await client.until("END_STREAM 3");
  });

  it("a flow that was idle is forgotten without a word", async () => {
    await using world = await relayed([faults.drop({ idleMs: 30 })]);
    const { client, peer, relay } = world;
    await client.until(() => relay.told.count("drop") === 1);
    client.call(7);
    await new Promise((resolve) => setImmediate(resolve));
    expect([peer.ledger.executions(7), client.seen]).toEqual([0, []]);
  });

  it("a flow that was idle gets RST for its next octet", async () => {
    await using world = await relayed([faults.drop({ idleMs: 30, then: "rst" })]);
    const { client, peer, relay } = world;
    await client.until(() => relay.told.count("drop") === 1);
    expect(client.seen).toEqual([]);
    client.call(7);
    await client.until("ECONNRESET");
    expect(peer.ledger.executions(7)).toBe(0);
  });
});
