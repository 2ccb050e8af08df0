/**
 * A server of 1,000 connections, all of which begin to upload at once: what it holds stays inside its budget, one message
 * after the other gets through, and new calls are refused by name as long as nothing is free.
 */

import { afterEach, expect, it, vi } from "vitest";
import { ReceiveBudget } from "../../src/http2/receive-budget.ts";
import type { RawCall, RawClient } from "./raw-client.ts";
import { bytes, serverWorld } from "./server-world.ts";

const mebibyte = 1_048_576;

afterEach(() => void vi.restoreAllMocks());

/** The most that any budget held, and the budget that holds most. */
function watchBudgets(): { peakBytes: number } {
  const seen = { peakBytes: 0 };
  const hold = ReceiveBudget.prototype.hold;
  vi.spyOn(ReceiveBudget.prototype, "hold").mockImplementation(function (this: ReceiveBudget, holder, length) {
    hold.call(this, holder, length);
    seen.peakBytes = Math.max(seen.peakBytes, this.heldBytes);
  });
  return seen;
}

function connectMany(connect: (name: string) => RawClient, count: number): RawClient[] {
  return Array.from({ length: count }, (_, i) => connect(`client-${i}`));
}

it("holds 1,000 uploads that are larger than their windows inside 64 MiB, and takes them all", async () => {
  const seen = watchBudgets();
  let taken = 0;
  const { connect, until, world } = await serverWorld((server) => {
    server.addMethod("/p.S/Upload", "unary", (request) => {
      taken++;
      return bytes(String(request.length));
    });
  });
  const clients = connectMany(connect, 999);
  await until(() => clients.every(({ ready }) => ready));
  // The first ones were allowed more, until there were so many; that word is under way.
  await world.run(world.nowMs + 10);
  const message = new Uint8Array(200_000);
  const calls = clients.map((client) => client.call("/p.S/Upload", [message]));
  await until(() => calls.every(({ ended }) => ended !== undefined));
  expect(taken).toBe(999);
  expect(calls.filter(({ status }) => status !== 0)).toEqual([]);
  expect(seen.peakBytes).toBeLessThan(64 * mebibyte);
  // Else nothing was asked of it.
  expect(seen.peakBytes).toBeGreaterThan(50 * mebibyte);
});

it("refuses new calls while unread messages fill the budget, and takes them again when they are read", async () => {
  let read: () => void = () => {};
  const mayRead = new Promise<void>((resolve) => (read = resolve));
  const { client, connect, until, world } = await serverWorld(
    (server, host) => {
      server.addMethod("/p.S/Keep", "client-streaming", async (requests) => {
        host.timer(60_000, () => host.defer(read));
        await mayRead;
        let sum = 0;
        for await (const { length } of requests) sum += length;
        return bytes(String(sum));
      });
      server.addMethod("/p.S/Echo", "unary", (request) => request);
    },
    { receiveBudgetBytes: mebibyte },
  );
  const clients = [client, ...connectMany(connect, 19)];
  await until(() => clients.every(({ ready }) => ready));
  const kept = clients.map((one) =>
    one.call(
      "/p.S/Keep",
      Array.from({ length: 10 }, () => new Uint8Array(16_000)),
    ),
  );
  await world.run(world.nowMs + 1_000);
  const taken = kept.filter(({ ended }) => ended === undefined);
  expect(taken.length).toBeGreaterThan(10);
  const refused = client.call("/p.S/Echo", [bytes("now?")]);
  await until(() => refused.ended !== undefined);
  expect(refused.ended).toEqual({ kind: "reset-by-peer", code: 7 });
  read();
  await until(() => taken.every(({ ended }) => ended !== undefined));
  expect(taken.map(textOf)).toEqual(taken.map(() => "160000"));
  const again = client.call("/p.S/Echo", [bytes("now?")]);
  await until(() => again.ended !== undefined);
  expect(again.status).toBe(0);
});

it("is not held up by a message that is whole and whose call goes on", async () => {
  const { client, connect, until, world } = await serverWorld(
    (server) => {
      server.addMethod("/p.S/One", "unary", (request) => bytes(String(request.length)));
    },
    // Room for one of the messages, and not for what the other client may send besides.
    { receiveBudgetBytes: 400_000 },
  );
  const other = connect("other");
  await until(() => other.ready);
  // Whole, first in the queue, and never ended.
  const whole = client.call("/p.S/One", [new Uint8Array(300_000)], { end: false });
  await world.run(world.nowMs + 1_000);
  const behind = other.call("/p.S/One", [new Uint8Array(300_000)], { end: false });
  await world.run(world.nowMs + 1_000);
  expect([whole.ended, behind.ended]).toEqual([undefined, undefined]);
  expect(behind.stream.queuedBytes).toBe(0);
});

it("lets a connection without uploads go on while others wait for memory", async () => {
  const { client, connect, until, world } = await serverWorld(
    (server) => {
      server.addMethod("/p.S/One", "unary", (request) => bytes(String(request.length)));
      server.addMethod("/p.S/Echo", "bidi-streaming", async function* (requests) {
        yield* requests;
      });
    },
    { receiveBudgetBytes: 200_000 },
  );
  const chat = client.call("/p.S/Echo", [], { end: false });
  const clients = connectMany(connect, 3);
  await until(() => clients.every(({ ready }) => ready));
  const halves = clients.map((one) => halfOf(one.call("/p.S/One", [], { end: false }), 100_000));
  await world.run(world.nowMs + 1_000);
  for (let i = 1; i <= 20; i++) {
    chat.send(new Uint8Array(10_000));
    await until(() => chat.messages.length === i);
  }
  expect(halves.filter(({ ended }) => ended !== undefined)).toEqual([]);
});

/** Says that a message of twice the length comes, and sends one half. */
function halfOf(call: RawCall, length: number): RawCall {
  const head = new Uint8Array(5 + length);
  new DataView(head.buffer).setUint32(1, 2 * length);
  call.sendBytes(head);
  return call;
}

function textOf({ messages }: RawCall): string {
  return messages.map((message) => Buffer.from(message).toString()).join();
}
