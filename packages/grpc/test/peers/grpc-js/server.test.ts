/** grpc-js calls our server over loopback: the four kinds, plain and TLS, statuses, metadata, cancellation, a drain. */

import {
  type ClientDuplexStream,
  type ClientReadableStream,
  credentials,
  type ChannelCredentials,
  makeGenericClientConstructor,
  Metadata,
  type MethodDefinition,
  type ServiceError,
} from "@grpc/grpc-js";
import { Shop } from "@holdfast/lab/shop";
import { readFileSync } from "node:fs";
import { once } from "node:events";
import { afterEach, describe, expect, it } from "vitest";
import { StatusError } from "../../../src/report/status-error.ts";
import { createServer, type Handlers, type Server } from "../../../src/server/index.ts";
import { shopDefinition } from "./shop-definition.ts";

type Message = Record<string, unknown>;
interface ShopClient {
  close(): void;
  read(request: Message, metadata: Metadata, options: object, done: Done): { cancel(): void };
  write(request: Message, done: Done): void;
  upload(done: Done): { write(item: Message): void; end(): void };
  watch(request: Message): ClientReadableStream<Message>;
  chat(): ClientDuplexStream<Message, Message>;
}
type Done = (error: ServiceError | null, response?: Message) => void;

const pem = (name: string): string => readFileSync(new URL(`../../data/tls/${name}`, import.meta.url), "utf8");
const open: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of open.splice(0)) await close();
});

const handlers: Handlers<typeof Shop> = {
  read: async ({ id }, call) => {
    if (id === "missing") throw new StatusError("NOT_FOUND", "no such item: ü", { metadata: call.metadata });
    if (id === "broken") throw new Error("a secret");
    if (id === "hang") await new Promise((_, reject) => call.signal.addEventListener("abort", reject));
    call.sendHeaders({ "x-head": "1" });
    call.trailers.set("x-tail-bin", Uint8Array.of(1, 2));
    return { id, text: call.metadata.get("x-in") ?? "", payload: new Uint8Array(id === "large" ? 1_000_000 : 0) };
  },
  watch: async function* ({ from, count }) {
    for (let seq = from; seq < from + count; seq++) yield { seq, payload: new Uint8Array(20_000) };
  },
  upload: async (items) => {
    const receipt = { items: 0, bytes: 0n };
    for await (const { payload } of items) {
      receipt.items++;
      receipt.bytes += BigInt(payload.length);
    }
    return receipt;
  },
  chat: async function* (notes) {
    for await (const { text } of notes) yield { text: text.toUpperCase() };
  },
};

function createShop(): Server {
  return createServer({ onError: () => {} }).add(Shop, handlers);
}

async function start(tls: boolean): Promise<{ server: Server; client: ShopClient }> {
  const server = createShop();
  open.push(() => server.close());
  const options = tls ? { tls: { cert: pem("server.pem"), key: pem("server.key") } } : {};
  const { port } = await server.listen("127.0.0.1:0", options);
  const secure: ChannelCredentials = tls
    ? credentials.createSsl(Buffer.from(pem("ca.pem")))
    : credentials.createInsecure();
  const ShopClient = makeGenericClientConstructor(shopDefinition, "Shop");
  const client = new ShopClient(`localhost:${port}`, secure) as unknown as ShopClient;
  open.push(() => client.close());
  return { server, client };
}

function read(client: ShopClient, request: Message, options = {}, metadata = new Metadata()) {
  return new Promise<{ error: ServiceError | null; response?: Message | undefined }>((resolve) => {
    client.read(request, metadata, options, (error, response) => resolve({ error, response }));
  });
}

describe.each([
  ["plain text", false],
  ["TLS", true],
])("grpc-js over %s", (_, tls) => {
  it("makes calls of all four kinds", async () => {
    const { client } = await start(tls);
    const metadata = new Metadata();
    metadata.set("x-in", "value");
    expect(await read(client, { id: "a" }, {}, metadata)).toMatchObject({
      error: null,
      response: { id: "a", text: "value" },
    });
    const large = await read(client, { id: "large", payload: new Uint8Array(2_000_000) });
    expect((large.response?.["payload"] as Uint8Array).length).toBe(1_000_000);

    const seen: unknown[] = [];
    for await (const item of client.watch({ from: 5, count: 50 })) seen.push((item as Message)["seq"]);
    expect(seen).toEqual(Array.from({ length: 50 }, (_, i) => 5 + i));

    const receipt = await new Promise<Message | undefined>((resolve, reject) => {
      const upload = client.upload((error, response) => (error === null ? resolve(response) : reject(error)));
      for (let i = 0; i < 50; i++) upload.write({ payload: new Uint8Array(30_000) });
      upload.end();
    });
    expect(receipt).toMatchObject({ items: 50, bytes: 1_500_000n });

    const chat = client.chat();
    for (const text of ["one", "two"]) {
      chat.write({ text });
      const [note] = (await once(chat, "data")) as Message[];
      expect(note).toMatchObject({ text: text.toUpperCase() });
    }
    chat.end();
    await once(chat, "end");
  });

  it("hears statuses, headers and trailers, and no secrets", async () => {
    const { client } = await start(tls);
    expect((await read(client, { id: "missing" })).error).toMatchObject({ code: 5, details: "no such item: ü" });
    expect((await read(client, { id: "broken" })).error).toMatchObject({
      code: 2,
      details: "[HANDLER_FAILED] the handler failed",
    });
    const { error } = await new Promise<{ error: ServiceError | null }>((resolve) => {
      client.write({}, (error) => resolve({ error }));
    });
    expect(error).toMatchObject({ code: 12 });
    const deadline = await read(client, { id: "hang" }, { deadline: Date.now() + 200 });
    expect(deadline.error?.code).toBe(4);
  });

  it("gets its answers while the server drains, and none after", async () => {
    const { server, client } = await start(tls);
    await read(client, { id: "a" });
    const chat = client.chat();
    chat.write({ text: "x" });
    await once(chat, "data");
    const drained = server.drain({ graceMs: 10_000 });
    chat.write({ text: "y" });
    expect((await once(chat, "data"))[0]).toMatchObject({ text: "Y" });
    chat.end();
    chat.resume();
    await once(chat, "end");
    expect(await drained).toEqual({ warned: 1, finished: 1, cut: 0 });
    expect((await read(client, { id: "a" })).error).toMatchObject({ code: 14 });
  });

  it("is told when the drain cuts its call", async () => {
    const { server, client } = await start(tls);
    const hang = read(client, { id: "hang" });
    await read(client, { id: "a" });
    expect(await server.drain({ graceMs: 100 })).toEqual({ warned: 1, finished: 0, cut: 1 });
    expect((await hang).error).toMatchObject({ code: 14, details: expect.stringContaining("[DRAIN_CUT]") as string });
  });
});

describe("TLS", () => {
  it("knows a client by its certificate, and turns away one without", async () => {
    const server = createServer().addMethod("/p.S/Who", "unary", (_, { peer }) =>
      Buffer.from(peer.identity?.subject ?? "nobody"),
    );
    open.push(() => server.close());
    const tls = { cert: pem("server.pem"), key: pem("server.key"), ca: pem("ca.pem"), requireClientCert: true };
    const { port } = await server.listen("127.0.0.1:0", { tls });
    const call = (own: readonly (Buffer | null)[]): Promise<string> =>
      new Promise((resolve) => {
        const who = {
          ...(shopDefinition["read"] as MethodDefinition<Message, Message>),
          path: "/p.S/Who",
          requestSerialize: () => Buffer.alloc(0),
          responseDeserialize: (bytes: Buffer) => ({ text: String(bytes) }),
        };
        const Client = makeGenericClientConstructor({ who }, "S");
        const client = new Client(`localhost:${port}`, credentials.createSsl(Buffer.from(pem("ca.pem")), ...own));
        open.push(() => client.close());
        type Who = (request: Message, options: object, done: Done) => void;
        (client as unknown as { who: Who }).who({}, { deadline: Date.now() + 3_000 }, (error, response) =>
          resolve(error === null ? String(response?.["text"]) : `code ${error.code}`),
        );
      });
    expect(await call([Buffer.from(pem("client.key")), Buffer.from(pem("client.pem"))])).toMatch(/CN=/);
    expect(await call([])).toMatch(/^code (14|4)$/);
  });

  it("says why a certificate cannot be used", async () => {
    const server = createServer();
    await expect(server.listen("127.0.0.1:0", { tls: { cert: "no", key: "no" } })).rejects.toMatchObject({
      name: "ListenError",
      message: expect.stringMatching(/^cannot listen on 127.0.0.1:0: /) as string,
    });
  });
});
