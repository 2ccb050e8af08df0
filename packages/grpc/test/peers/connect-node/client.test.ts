/** connect-node's gRPC transport calls our server, plain and over TLS. */
import { create } from "@bufbuild/protobuf";
import { BytesValueSchema } from "@bufbuild/protobuf/wkt";
import { Code, ConnectError, createClient, type Client } from "@connectrpc/connect";
import { createGrpcTransport } from "@connectrpc/connect-node";
import { ItemSchema, Shop } from "@holdfast/lab/shop";
import { readFileSync } from "node:fs";
import { afterEach, describe, expect, it } from "vitest";
import { StatusError } from "../../../src/report/status-error.ts";
import { createServer, type Server } from "../../../src/server/index.ts";
import { addEcho } from "../echo/echo-service.ts";
import { Echo } from "./echo-descriptor.ts";

const pem = (name: string): string => readFileSync(new URL(`../../data/tls/${name}`, import.meta.url), "utf8");
const open: Server[] = [];
afterEach(async () => {
  for (const server of open.splice(0)) await server.close();
});

function shop(): Server {
  return addEcho(createServer({ onError: () => {} })).add(Shop, {
    read: ({ id }, call) => {
      if (id === "missing") throw new StatusError("NOT_FOUND", "no such item: ü");
      call.trailers.set("x-tail", "end");
      return { id, text: call.metadata.get("x-text") ?? "", payload: new Uint8Array(1_000_000) };
    },
    watch: function* ({ count }) {
      for (let seq = 0; seq < count; seq++) yield create(ItemSchema, { seq, payload: new Uint8Array(20_000) });
    },
    upload: async (items) => {
      let count = 0;
      for await (const { payload } of items) count += payload.length;
      return { items: count };
    },
    chat: async function* (notes) {
      for await (const { text } of notes) yield { text: text.toUpperCase() };
    },
  });
}

async function start(tls: boolean): Promise<{ server: Server; client: Client<typeof Shop>; baseUrl: string }> {
  const server = shop();
  open.push(server);
  const options = tls ? { tls: { cert: pem("server.pem"), key: pem("server.key") } } : {};
  const { port } = await server.listen("127.0.0.1:0", options);
  const baseUrl = `${tls ? "https" : "http"}://localhost:${port}`;
  const transport = createGrpcTransport({ baseUrl, ...(tls ? { nodeOptions: { ca: pem("ca.pem") } } : {}) });
  return { server, client: createClient(Shop, transport), baseUrl };
}

async function* uploads() {
  for (let i = 0; i < 50; i++) {
    await Promise.resolve();
    yield { payload: new Uint8Array(20_000) };
  }
}

async function* said(...texts: string[]) {
  for (const text of texts) {
    await Promise.resolve();
    yield { text };
  }
}

describe.each([
  ["plain text", false],
  ["TLS", true],
])("connect-node over %s", (_, tls) => {
  it("makes calls of all four kinds", async () => {
    const { client } = await start(tls);
    let tail: string | null = null;
    const item = await client.read(
      { id: "a", payload: new Uint8Array(1_000_000) },
      { headers: { "x-text": "text" }, onTrailer: (trailers) => (tail = trailers.get("x-tail")) },
    );
    expect([item.id, item.text, item.payload.length, tail]).toEqual(["a", "text", 1_000_000, "end"]);
    const seen: number[] = [];
    for await (const { seq } of client.watch({ count: 50 })) seen.push(seq);
    expect(seen).toEqual(Array.from({ length: 50 }, (_, i) => i));
    expect((await client.upload(uploads())).items).toBe(1_000_000);
    const heard: string[] = [];
    for await (const { text } of client.chat(said("a", "b", "c"))) heard.push(text);
    expect(heard).toEqual(["A", "B", "C"]);
  });

  it("hears statuses with details, keeps its deadlines, and goes on after a cancellation", async () => {
    const { client, baseUrl } = await start(tls);
    await expect(client.read({ id: "missing" })).rejects.toMatchObject({
      code: Code.NotFound,
      rawMessage: "no such item: ü",
    });
    const transport = createGrpcTransport({ baseUrl, ...(tls ? { nodeOptions: { ca: pem("ca.pem") } } : {}) });
    const call = (does: string, timeoutMs?: number, signal?: AbortSignal): Promise<ConnectError> =>
      transport.unary(Echo.method.unary, signal, timeoutMs, { "x-do": does }, create(BytesValueSchema)).then(
        () => new ConnectError("went well"),
        (error: unknown) => ConnectError.from(error),
      );
    const failed = await call("fail");
    expect([failed.code, failed.details]).toMatchObject([Code.NotFound, [{ type: "google.rpc.ErrorInfo" }]]);
    expect((await call("hang", 200)).code).toBe(Code.DeadlineExceeded);
    expect((await call("hang", undefined, AbortSignal.timeout(100))).code).toBe(Code.Canceled);
    expect((await client.read({ id: "b" })).id).toBe("b");
  });

  it("gets its answers while the server drains", async () => {
    const { server, client } = await start(tls);
    const watching = client.watch({ count: 200 })[Symbol.asyncIterator]();
    await watching.next();
    const drained = server.drain({ graceMs: 10_000 });
    let count = 1;
    while ((await watching.next()).done !== true) count++;
    expect(count).toBe(200);
    expect(await drained).toMatchObject({ cut: 0 });
  });
});
