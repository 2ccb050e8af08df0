/**
 * Nobody waits any more: the client resets the stream, its connection breaks, or its deadline passes. The handler learns
 * it by its signal and from its request iterator; its generator is closed; and what it does later hurts nobody.
 */

import { expect, it } from "vitest";
import { StatusError } from "../../src/report/status-error.ts";
import type { CallContext, Server } from "../../src/server/index.ts";
import { bytes, serverWorld } from "./server-world.ts";

/** A handler that waits for its signal, and what became of it. */
function waiting() {
  const seen: { call?: CallContext; reasons: StatusError[]; closed: number } = { reasons: [], closed: 0 };
  const handlers = (server: Server): void => {
    server.addMethod("/p.S/Wait", "unary", (request, call) => {
      seen.call = call;
      return new Promise<Uint8Array>((_, reject) => {
        call.signal.addEventListener("abort", () => {
          seen.reasons.push(call.signal.reason as StatusError);
          reject(call.signal.reason as StatusError);
        });
        void request;
      });
    });
    server.addMethod("/p.S/Stream", "server-streaming", async function* (request, call) {
      try {
        yield request;
        await new Promise((resolve) => call.signal.addEventListener("abort", resolve));
        yield request;
      } finally {
        seen.closed++;
      }
    });
    server.addMethod("/p.S/Upload", "client-streaming", async (requests) => {
      try {
        for await (const request of requests) void request;
      } catch (error) {
        seen.reasons.push(error as StatusError);
        throw error;
      }
      return new Uint8Array();
    });
  };
  return { seen, handlers };
}

it("tells the handler when the client resets the stream", async () => {
  const { seen, handlers } = waiting();
  const { client, until, told } = await serverWorld(handlers);
  const unary = client.call("/p.S/Wait", [bytes("x")]);
  const stream = client.call("/p.S/Stream", [bytes("x")]);
  const upload = client.call("/p.S/Upload", [bytes("x")], { end: false });
  await until(() => stream.messages.length === 1 && seen.call !== undefined);
  for (const call of [unary, stream, upload]) call.cancel();
  await until(() => seen.reasons.length === 2 && seen.closed === 1);
  expect(seen.reasons.map(({ code, reason, text }) => [code, reason, text])).toEqual(
    Array(2).fill([1, "PEER_CANCELLED", "the client cancelled the call, RST_STREAM CANCEL"]),
  );
  expect(told).toEqual([]);
});

it("tells the handler when the connection is gone, with the report", async () => {
  const { seen, handlers } = waiting();
  const { client, world, until } = await serverWorld(handlers);
  client.call("/p.S/Wait", [bytes("x")]);
  await until(() => seen.call !== undefined);
  world.host("client").kill();
  await until(() => seen.reasons.length === 1);
  expect(seen.reasons[0]).toMatchObject({ code: 1, reason: "PEER_CANCELLED", report: { role: "server" } });
  expect(seen.reasons[0]?.text).toMatch(/^the connection ended: .*conn \d+/);
});

it("ends the call when the deadline passes, and the signal says so", async () => {
  const { seen, handlers } = waiting();
  const { client, world, until } = await serverWorld(handlers);
  const startedMs = world.nowMs;
  const unary = client.call("/p.S/Wait", [bytes("x")], { headers: ["grpc-timeout", "250m"] });
  const upload = client.call("/p.S/Upload", [bytes("x")], { end: false, headers: ["grpc-timeout", "250m"] });
  const half = client.call("/p.S/Wait", [], { end: false, headers: ["grpc-timeout", "250m"] });
  await until(() => seen.call !== undefined);
  expect(seen.call?.timeRemainingMs()).toBeGreaterThan(200);
  await until(() => [unary, upload, half].every(({ ended }) => ended !== undefined));
  expect(world.nowMs - startedMs).toBeGreaterThanOrEqual(250);
  expect(world.nowMs - startedMs).toBeLessThan(300);
  for (const call of [unary, upload, half]) {
    expect([call.status, call.message]).toEqual([4, "[DEADLINE_EXCEEDED] the deadline of 250m passed at the server"]);
  }
  expect(seen.reasons.map(({ code }) => code)).toEqual([4, 4]);
  expect(seen.call?.timeRemainingMs()).toBe(0);
});

it("does not enter a handler whose deadline has passed", async () => {
  let entered = 0;
  const { client, until } = await serverWorld((server) =>
    server.addMethod("/p.S/Count", "unary", (request) => (entered++, request)),
  );
  const call = client.call("/p.S/Count", [bytes("x")], { headers: ["grpc-timeout", "0n"] });
  await until(() => call.ended !== undefined);
  expect([call.status, entered]).toEqual([4, 0]);
});

it("gives a signal that has aborted already to a handler that asks late, none to one that has answered", async () => {
  const contexts: CallContext[] = [];
  const { client, until } = await serverWorld((server) => {
    server.addMethod("/p.S/Slow", "unary", (_, call) => (contexts.push(call), new Promise<Uint8Array>(() => {})));
    server.addMethod("/p.S/Done", "unary", (request, call) => (contexts.push(call), request));
  });
  const slow = client.call("/p.S/Slow", [bytes("x")]);
  await until(() => contexts.length === 1);
  slow.cancel();
  const done = client.call("/p.S/Done", [bytes("x")]);
  await until(() => done.ended !== undefined);
  expect(contexts.map(({ signal }) => signal.aborted)).toEqual([true, false]);
  expect(contexts[0]?.signal.reason).toBeInstanceOf(StatusError);
});

it("leaves no timer and no socket behind", async () => {
  const { seen, handlers } = waiting();
  const { client, serverHost, until, server, settled } = await serverWorld(handlers);
  const call = client.call("/p.S/Upload", [new Uint8Array(50_000)], { end: false, headers: ["grpc-timeout", "1H"] });
  client.call("/p.S/Wait", [bytes("x")], { headers: ["grpc-timeout", "1H"] });
  await until(() => seen.call !== undefined);
  call.cancel();
  await settled(server.close());
  await until(() => client.report !== undefined && serverHost.open().length === 0);
  expect(serverHost.open()).toEqual([]);
});

it("gives back the octets of calls that ended with their requests unread", async () => {
  const { seen, handlers } = waiting();
  const { client, until } = await serverWorld(
    (server) => {
      handlers(server);
      server.addMethod("/p.S/Ignore", "client-streaming", () => new Promise<Uint8Array>(() => {}));
      server.addMethod("/p.S/Early", "client-streaming", () => new Uint8Array(3_000_000));
      server.addMethod("/p.S/Refuse", "client-streaming", () => {
        throw new StatusError("ABORTED", "no");
      });
    },
    { receiveBudgetBytes: 100_000 },
  );
  // A leak of any of these would spend the budget, and with it the right to open streams.
  for (const path of ["/p.S/Ignore", "/p.S/Upload", "/p.S/Refuse", "/p.S/Wait", "/p.S/Nothing"]) {
    for (let i = 0; i < 3; i++) {
      const call = client.call(path, [new Uint8Array(40_000)], { end: false });
      await until(() => call.stream.queuedBytes === 0 || call.ended !== undefined);
      call.cancel();
    }
  }
  // Answered, but the answer waits for a client that reads nothing and goes on sending.
  for (let i = 0; i < 3; i++) {
    const call = client.call("/p.S/Early", [], { end: false });
    call.reads = false;
    await until(() => call.messages.length + call.body.length > 0);
    call.send(new Uint8Array(40_000));
    await until(() => call.stream.queuedBytes === 0);
    call.cancel();
  }
  seen.reasons.length = 0;
  const last = client.call("/p.S/Refuse", [bytes("x")]);
  await until(() => last.ended !== undefined);
  expect([last.status, last.message]).toEqual([10, "no"]);
});
