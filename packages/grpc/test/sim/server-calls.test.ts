/**
 * A server answers the four kinds of calls as gRPC's PROTOCOL-HTTP2 says: headers, messages, trailers; an answer that
 * fails before anything was sent is one frame, so that a client may try again.
 */

import { create } from "@bufbuild/protobuf";
import { ItemSchema, Shop } from "@holdfast/lab/shop";
import { expect, it } from "vitest";
import { StatusError } from "../../src/report/status-error.ts";
import { methodsOf } from "../../src/rpc/service.ts";
import { bytes, serverWorld, text } from "./server-world.ts";

const later = <T>(value: T): Promise<T> => Promise.resolve().then(() => value);

it("answers a unary call, at once or later", async () => {
  const { client, until } = await serverWorld((server) => {
    server.addMethod("/p.S/Now", "unary", (request) => request);
    server.addMethod("/p.S/Later", "unary", (request) => later(request));
  });
  for (const path of ["/p.S/Now", "/p.S/Later"]) {
    const call = client.call(path, [bytes("hello")]);
    await until(() => call.ended !== undefined);
    expect([call.httpStatus, call.messages.map(text), call.status, call.message]).toEqual([
      "200",
      ["hello"],
      0,
      undefined,
    ]);
    expect([call.trailersOnly, call.ended]).toEqual([false, { kind: "complete" }]);
  }
});

it("serves all four kinds of a protobuf-es service", async () => {
  const { client, until } = await serverWorld((server) => {
    server.add(Shop, {
      read: ({ id }) => ({ id, text: "one" }),
      watch: async function* ({ from, count }) {
        for (let seq = from; seq < from + count; seq++) yield later(create(ItemSchema, { seq }));
      },
      upload: async (items) => {
        let count = 0;
        for await (const item of items) count += item.seq;
        return { items: count };
      },
      chat: async function* (notes) {
        for await (const { text } of notes) yield { text: text.toUpperCase() };
      },
    });
  });
  const [read, write, watch, upload, chat] = methodsOf(Shop);
  const done = async (method: typeof read, messages: readonly object[]): Promise<readonly unknown[]> => {
    const call = client.call(
      method?.path ?? "",
      messages.map((message) => method?.encodeRequest(message) ?? bytes("")),
    );
    await until(() => call.ended !== undefined);
    return [call.status, ...call.messages.map((message) => method?.decodeResponse(message))];
  };
  expect(await done(read, [{ id: "a" }])).toMatchObject([0, { id: "a", text: "one" }]);
  expect(await done(watch, [{ from: 3, count: 3 }])).toMatchObject([0, { seq: 3 }, { seq: 4 }, { seq: 5 }]);
  expect(await done(upload, [{ seq: 1 }, { seq: 2 }, { seq: 3 }])).toMatchObject([0, { items: 6 }]);
  expect(await done(chat, [{ text: "a" }, { text: "b" }])).toMatchObject([0, { text: "A" }, { text: "B" }]);
  expect(await done(write, [{}])).toEqual([12]);
});

it("speaks in turns with a client whose request stays open", async () => {
  const { client, until } = await serverWorld((server) =>
    server.addMethod("/p.S/Chat", "bidi-streaming", async function* (requests) {
      for await (const request of requests) yield request;
    }),
  );
  const call = client.call("/p.S/Chat", [], { end: false });
  for (const word of ["one", "two", "three"]) {
    const before = call.messages.length;
    call.send(bytes(word));
    await until(() => call.messages.length > before);
    expect(text(call.messages.at(-1))).toBe(word);
  }
  call.end();
  await until(() => call.ended !== undefined);
  expect(call.status).toBe(0);
});

it("carries metadata both ways, and the headers before the first message when asked to", async () => {
  const { client, until } = await serverWorld((server) =>
    server.addMethod("/p.S/Meta", "unary", async (request, call) => {
      call.sendHeaders({ "x-early": "yes", "x-bytes-bin": call.metadata.get("in-bin") ?? new Uint8Array() });
      await later(undefined);
      call.trailers.set("x-late", `${call.peer.address.replace(/:\d+$/, "")} ${call.authority} ${call.method}`);
      expect(() => call.sendHeaders()).toThrow(/sent before/);
      return request;
    }),
  );
  const call = client.call("/p.S/Meta", [bytes("x")], { headers: ["in-bin", "AQI"] });
  await until(() => call.ended !== undefined);
  expect(call.headers).toEqual([
    ":status",
    "200",
    "content-type",
    "application/grpc",
    "x-early",
    "yes",
    "x-bytes-bin",
    "AQI",
  ]);
  expect(call.field("x-late")).toMatch(/^10\.\d+\.\d+\.\d+ shop \/p.S\/Meta$/);
});

it("turns a thrown status into the answer: alone in one frame, or behind what was sent", async () => {
  const { client, until, told } = await serverWorld((server) => {
    server.addMethod("/p.S/Early", "unary", () => {
      throw new StatusError("NOT_FOUND", "no item 7 % ü", {
        details: [{ typeUrl: "type.googleapis.com/a.B", value: Uint8Array.of(1) }],
      });
    });
    server.addMethod("/p.S/Late", "server-streaming", async function* (request) {
      yield request;
      throw new StatusError("ABORTED", "enough");
    });
  });
  const early = client.call("/p.S/Early", [bytes("")]);
  const late = client.call("/p.S/Late", [bytes("x")]);
  await until(() => early.ended !== undefined && late.ended !== undefined);
  expect([early.status, early.message, early.trailersOnly]).toEqual([5, "no item 7 % ü", true]);
  expect(early.field("grpc-status-details-bin")).toBeDefined();
  expect([late.status, late.message, late.messages.length, late.trailersOnly]).toEqual([10, "enough", 1, false]);
  expect(told).toEqual([]);
});

it("understands the errors of grpc-js and Connect, and tells nothing of any other", async () => {
  const secret = new Error("password is tiger");
  const thrown: unknown[] = [
    Object.assign(new Error("7 PERMISSION_DENIED: no"), { code: 7, details: "no" }),
    Object.assign(new Error("[not_found] gone"), { name: "ConnectError", code: 5, rawMessage: "gone" }),
    secret,
    Object.assign(new Error("password"), { code: 3 }),
    "password",
    undefined,
  ];
  const { client, until, told } = await serverWorld((server) =>
    server.addMethod("/p.S/Fail", "unary", (request) => {
      throw thrown[Number(text(request))];
    }),
  );
  const calls = thrown.map((_, i) => client.call("/p.S/Fail", [bytes(String(i))]));
  await until(() => calls.every((call) => call.ended !== undefined));
  expect(calls.map((call) => `${call.status} ${call.message}`)).toEqual([
    "7 no",
    "5 gone",
    ...Array<string>(4).fill("2 [HANDLER_FAILED] the handler failed"),
  ]);
  expect(calls.flatMap(({ headers }) => headers).join(" ")).not.toMatch(/password|tiger|\.ts/);
  expect(told).toEqual([secret, thrown[3], "password", undefined]);
});

it("says what a method was called that it does not have, and what else it cannot take", async () => {
  const { client, until, told } = await serverWorld(
    (server) => {
      server.addMethod("/p.S/Echo", "unary", (request) => request);
      server.addMethod("/p.S/Bad", "unary", () => "text" as unknown as Uint8Array);
      server.add(Shop, { read: () => ({}) });
    },
    { maxReceiveMessageBytes: 1_000 },
  );
  const gzipped = client.call("/p.S/Echo", [], { end: false, headers: ["grpc-encoding", "snappy"] });
  gzipped.sendBytes(Uint8Array.of(1, 0, 0, 0, 1, 7), true);
  const cut = client.call("/p.S/Echo", [], { end: false });
  cut.sendBytes(Uint8Array.of(0, 0, 0, 0, 9, 7), true);
  const calls = [
    client.call("/p.S/Nothing", [bytes("")]),
    client.call("/p.T/Echo", [bytes("")]),
    client.call("/holdfast.shop.v1.Shop/Read", [Uint8Array.of(255)]),
    client.call("/p.S/Echo", [new Uint8Array(1_001)]),
    client.call("/p.S/Echo", []),
    client.call("/p.S/Echo", [bytes("a"), bytes("b")]),
    gzipped,
    cut,
    client.call("/p.S/Echo", [bytes("")], { headers: ["grpc-timeout", "soon"] }),
    client.call("/p.S/Bad", [bytes("")]),
  ];
  await until(() => calls.every((call) => call.ended !== undefined));
  expect(calls.map((call) => `${call.status} ${call.message}`)).toEqual([
    "12 [UNIMPLEMENTED] method /p.S/Nothing: this server does not implement it",
    "12 [UNIMPLEMENTED] method /p.T/Echo: unknown service",
    "13 [BAD_REQUEST] a request message of 1 bytes could not be decoded",
    "8 [MESSAGE_TOO_LARGE] request message of 1001 bytes is over the limit of 1000",
    "12 [BAD_REQUEST] the method takes exactly one request message, none came",
    "12 [BAD_REQUEST] the method takes exactly one request message, more than one came",
    '12 [UNSUPPORTED_ENCODING] the request is compressed with "snappy", this server accepts: identity,deflate,gzip',
    "13 [BAD_REQUEST] the stream ended inside a message, after 1 of 9 bytes",
    '13 [BAD_REQUEST] grpc-timeout "soon": expected 1 to 8 digits and one of HMSmun',
    "13 [HANDLER_FAILED] the response could not be encoded",
  ]);
  expect(calls.every((call) => call.trailersOnly)).toBe(true);
  expect(gzipped.field("grpc-accept-encoding")).toBe("identity,deflate,gzip");
  expect(told).toHaveLength(1);
});

it("answers what is not gRPC by HTTP statuses", async () => {
  const { client, until } = await serverWorld(() => {});
  const list = (method: string, type?: string): string[] => [
    ...[":method", method, ":scheme", "http", ":path", "/", ":authority", "shop"],
    ...(type === undefined ? [] : ["content-type", type]),
  ];
  const calls = [
    client.request(list("POST", "application/json"), { end: true }),
    client.request(list("POST", "application/grpc-web"), { end: true }),
    client.request(list("POST"), { end: true }),
    client.request(list("GET"), { end: true }),
  ];
  await until(() => calls.every((call) => call.ended !== undefined));
  expect(calls.map(({ httpStatus }) => httpStatus)).toEqual(["415", "415", "415", "405"]);
  expect(calls[0]?.text).toBe('content-type "application/json": expected application/grpc\n');
});
