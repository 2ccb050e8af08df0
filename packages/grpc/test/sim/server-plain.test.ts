/**
 * What is not gRPC goes to the plain handler: any HTTP/2 request, bodies both ways at the reader's speed, trailers. What
 * a handler gets wrong ends in HTTP 500 and tells the client nothing.
 */

import { expect, it } from "vitest";
import type { PlainHandler, PlainResponse } from "../../src/server/index.ts";
import { bytes, serverWorld, text } from "./server-world.ts";

function list(method: string, path: string, ...fields: string[]): string[] {
  return [":method", method, ":scheme", "http", ":path", path, ":authority", "shop", ...fields];
}

const handler: PlainHandler = async (request) => {
  switch (request.path) {
    case "/echo": {
      let body = "";
      for await (const piece of request.body) body += text(piece);
      return { status: 201, headers: { "X-Method": request.method, "x-two": ["a", "b"] }, body };
    }
    case "/headers":
      return { body: JSON.stringify({ ...request.headers, authority: request.authority }) };
    case "/stream":
      return { body: pieces(), trailers: { "x-sum": "3" } };
    case "/nothing":
      return { status: 204 };
    case "/bad-header":
      return { headers: { "x-bad": "a\r\nb" } };
    case "/forgets":
      return undefined as unknown as PlainResponse;
    case "/text":
      return "hello" as unknown as PlainResponse;
    case "/hang":
      return new Promise((_, reject) =>
        request.signal.addEventListener("abort", () => reject(request.signal.reason as Error)),
      );
    default:
      throw new Error("a secret");
  }
};

async function* pieces(): AsyncGenerator<Uint8Array> {
  for (const piece of ["one ", "two ", "three"]) yield await Promise.resolve(bytes(piece));
}

it("answers requests with bodies, without, streamed, and to HEAD", async () => {
  const { client, until } = await serverWorld((server) => server.handle(handler));
  const echo = client.request(list("PUT", "/echo"));
  echo.sendBytes(bytes("some "));
  echo.sendBytes(bytes("bytes"), true);
  const headers = client.request(list("GET", "/headers", "x-a", "1", "cookie", "b=2", "cookie", "c=3", "x-a", "4"), {
    end: true,
  });
  const stream = client.request(list("GET", "/stream"), { end: true });
  const nothing = client.request(list("DELETE", "/nothing"), { end: true });
  const head = client.request(list("HEAD", "/headers"), { end: true });
  const all = [echo, headers, stream, nothing, head];
  await until(() => all.every(({ ended }) => ended !== undefined));
  expect(echo.headers).toEqual([
    ":status",
    "201",
    "x-method",
    "PUT",
    "x-two",
    "a",
    "x-two",
    "b",
    "content-length",
    "10",
  ]);
  expect(echo.text).toBe("some bytes");
  expect(JSON.parse(headers.text)).toEqual({ "x-a": "1, 4", cookie: "b=2; c=3", authority: "shop" });
  expect([stream.text, stream.trailers]).toEqual(["one two three", ["x-sum", "3"]]);
  expect([nothing.httpStatus, nothing.text]).toEqual(["204", ""]);
  expect([head.httpStatus, head.text]).toEqual(["200", ""]);
  expect(all.map(({ ended }) => ended?.kind)).toEqual(Array(5).fill("complete"));
});

it("serves gRPC beside it", async () => {
  const { client, until } = await serverWorld((server) => {
    server.handle(handler).addMethod("/p.S/Echo", "unary", (request) => request);
  });
  const call = client.call("/p.S/Echo", [bytes("x")]);
  await until(() => call.ended !== undefined);
  expect(call.status).toBe(0);
});

it("tells the client nothing of what went wrong, and the operator all", async () => {
  const { client, until, told } = await serverWorld((server) => server.handle(handler));
  const calls = ["/throws", "/bad-header", "/forgets", "/text"].map((path) =>
    client.request(list("GET", path), { end: true }),
  );
  await until(() => calls.every(({ ended }) => ended !== undefined));
  for (const call of calls) {
    expect([call.httpStatus, call.text]).toEqual(["500", "the server failed to answer this request\n"]);
  }
  expect(told.map(String)).toEqual([
    "Error: a secret",
    expect.stringContaining('header "x-bad"'),
    "TypeError: the handler returned undefined, expected a response",
    "TypeError: the handler returned a string, expected a response",
  ]);
});

it("is slowed by a client that does not read, and holds back one that is not read", async () => {
  let made = 0;
  const { client, until, world } = await serverWorld((server) =>
    server.handle(async (request) => ({
      body: (async function* () {
        for (; made < 64; made++) yield await Promise.resolve(new Uint8Array(16_384));
        for await (const piece of request.body) made += piece.length;
      })(),
    })),
  );
  const call = client.request(list("POST", "/"));
  call.reads = false;
  for (let i = 0; i < 128; i++) call.sendBytes(new Uint8Array(16_384));
  call.sendBytes(new Uint8Array(), true);
  await world.run(world.nowMs + 5_000);
  expect(made).toBeLessThan(40);
  expect(call.stream.queuedBytes).toBeGreaterThan(1_400_000);
  call.reads = true;
  client.transport.connection.credit(
    call.stream,
    call.body.reduce((sum, { length }) => sum + length, 0),
  );
  await until(() => call.ended !== undefined);
  expect(made).toBe(64 + 128 * 16_384);
});

it("hears of the client's leaving, and of a drain that runs out of time", async () => {
  const { client, server, until, settled, told } = await serverWorld((server) => server.handle(handler));
  const gone = client.request(list("GET", "/hang"), { end: true });
  const cut = client.request(list("GET", "/hang"), { end: true });
  await until(() => gone.stream.state === "half-closed-local");
  gone.cancel();
  expect(await settled(server.drain({ graceMs: 100 }))).toMatchObject({ cut: 1 });
  expect([cut.httpStatus, cut.text]).toEqual(["503", expect.stringContaining("DRAIN_CUT")]);
  expect(told).toEqual([]);
});
