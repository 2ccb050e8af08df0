/**
 * A client that does not read slows the handler that writes to it, and a handler that does not read slows its client:
 * memory stays bounded on both ways, and nobody else on the connection is held up.
 */

import { expect, it } from "vitest";
import { bytes, serverWorld } from "./server-world.ts";

const kibibyte = 1_024;

it("stops a generator whose reader does not read, and lets it go on", async () => {
  let made = 0;
  const { client, until, world } = await serverWorld((server) => {
    server.addMethod("/p.S/Flood", "server-streaming", async function* () {
      for (; made < 100; made++) yield new Uint8Array(16 * kibibyte);
    });
    server.addMethod("/p.S/Echo", "unary", (request) => request);
  });
  const flood = client.call("/p.S/Flood", [bytes("")]);
  flood.reads = false;
  await world.run(world.nowMs + 5_000);
  // 256 KiB of the client's window, which may have grown once by its bandwidth estimate, and 64 KiB of ours.
  expect(made).toBeGreaterThan(15);
  expect(made).toBeLessThan(40);
  const echo = client.call("/p.S/Echo", [bytes("still here")]);
  await until(() => echo.ended !== undefined);
  expect(echo.status).toBe(0);
  flood.reads = true;
  client.transport.connection.credit(
    flood.stream,
    flood.body.reduce((sum, { length }) => sum + length, 0),
  );
  await until(() => flood.ended !== undefined);
  expect([made, flood.messages.length, flood.status]).toEqual([100, 100, 0]);
});

it("stops a client whose handler does not read, and takes all in order once it does", async () => {
  let read: () => void = () => {};
  const mayRead = new Promise<void>((resolve) => (read = resolve));
  const lengths: number[] = [];
  const { client, until, world } = await serverWorld((server, host) => {
    server.addMethod("/p.S/Upload", "client-streaming", async (requests) => {
      host.timer(10_000, () => host.defer(read));
      await mayRead;
      for await (const request of requests) lengths.push(request.length);
      return new Uint8Array();
    });
  });
  const call = client.call("/p.S/Upload", [], { end: false });
  for (let i = 0; i < 128; i++) call.send(new Uint8Array(16 * kibibyte + i));
  call.end();
  await world.run(world.nowMs + 5_000);
  // A stream's window is 256 KiB, and may have grown once: the rest of two mebibytes waits at the client.
  expect(call.stream.queuedBytes).toBeGreaterThan(1_400 * kibibyte);
  await until(() => call.ended !== undefined);
  expect(call.status).toBe(0);
  expect(lengths).toEqual(Array.from({ length: 128 }, (_, i) => 16 * kibibyte + i));
});

it("takes one message that is larger than every window, streamed or not", async () => {
  const { client, until } = await serverWorld((server) => {
    server.addMethod("/p.S/One", "unary", (request) => bytes(String(request.length)));
    server.addMethod("/p.S/Many", "client-streaming", async (requests) => {
      let sum = 0;
      for await (const request of requests) sum += request.length;
      return bytes(String(sum));
    });
  });
  const calls = [
    client.call("/p.S/One", [new Uint8Array(3_000_000)]),
    client.call("/p.S/Many", [new Uint8Array(3_000_000), new Uint8Array(1_000_000)]),
  ];
  await until(() => calls.every(({ ended }) => ended !== undefined));
  expect(calls.map(({ messages }) => messages.map((message) => Buffer.from(message).toString()))).toEqual([
    ["3000000"],
    ["4000000"],
  ]);
});

it("drops what a handler does not want, and answers", async () => {
  const { client, until } = await serverWorld((server) =>
    server.addMethod("/p.S/First", "client-streaming", async (requests) => {
      for await (const request of requests) return request;
      return new Uint8Array();
    }),
  );
  const call = client.call("/p.S/First", [bytes("first"), bytes("second")], { end: false });
  await until(() => call.ended !== undefined);
  expect([call.status, call.messages.map((message) => Buffer.from(message).toString())]).toEqual([0, ["first"]]);
});

it("stops a chat whose client only writes, and closes it when the client goes", async () => {
  let made = 0;
  let closed = false;
  const { client, until, world } = await serverWorld((server) =>
    server.addMethod("/p.S/Chat", "bidi-streaming", async function* () {
      try {
        for (; made < 500; made++) yield new Uint8Array(16 * kibibyte);
      } finally {
        closed = true;
      }
    }),
  );
  const call = client.call("/p.S/Chat", [], { end: false });
  call.reads = false;
  for (let i = 0; i < 50; i++) {
    call.send(bytes("more"));
    await world.run(world.nowMs + 10);
  }
  const before = made;
  expect(before).toBeLessThan(40);
  call.cancel();
  await until(() => closed);
  expect(made).toBe(before);
});
