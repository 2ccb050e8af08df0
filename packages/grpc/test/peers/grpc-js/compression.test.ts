/** Compressed messages between grpc-js and us, both ways: what it packs we read, and what we pack it reads. */

import * as grpc from "@grpc/grpc-js";
import { Shop } from "@holdfast/lab/shop";
import { afterEach, describe, expect, it } from "vitest";
import { createChannel, createServer } from "../../../src/index.ts";
import { shopDefinition } from "./shop-definition.ts";

const id = "to be held fast, ".repeat(500);
const open: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of open.splice(0)) await close();
});

// grpc-js numbers them as C-core does.
describe.each([
  ["gzip", grpc.compressionAlgorithms.gzip],
  ["deflate", grpc.compressionAlgorithms.deflate],
] as const)("%s", (compression, algorithm) => {
  it("of a grpc-js client is read by our server, and its answer by the client", async () => {
    const server = createServer({ compression }).add(Shop, { read: ({ id: asked }) => ({ id: asked }) });
    const { address } = await server.listen("127.0.0.1:0");
    const Client = grpc.makeGenericClientConstructor(shopDefinition, "Shop");
    const client = new Client(address, grpc.credentials.createInsecure(), {
      "grpc.default_compression_algorithm": algorithm,
    }) as unknown as grpc.Client & {
      read(request: object, done: (error: grpc.ServiceError | null, response?: { readonly id: string }) => void): void;
    };
    open.push(
      () => client.close(),
      () => server.close(),
    );
    const answer = await new Promise((resolve) => client.read({ id }, (error, got) => resolve(error ?? got?.id)));
    expect(answer).toBe(id);
  });

  it("of ours is read by a grpc-js server, and its answer by our client", async () => {
    const server = new grpc.Server({ "grpc.default_compression_algorithm": algorithm });
    const seen: unknown[] = [];
    server.addService(shopDefinition, {
      read: (call: grpc.ServerUnaryCall<{ id: string }, object>, done: grpc.sendUnaryData<object>) => {
        seen.push(call.request.id === id);
        done(null, { id: call.request.id });
      },
    });
    const port = await new Promise<number>((resolve, reject) =>
      server.bindAsync("127.0.0.1:0", grpc.ServerCredentials.createInsecure(), (error, bound) =>
        error === null ? resolve(bound) : reject(error),
      ),
    );
    const channel = createChannel(`127.0.0.1:${port}`, { compression });
    open.push(
      () => channel.close(),
      () => server.forceShutdown(),
    );
    expect((await channel.client(Shop).read({ id })).id).toBe(id);
    expect(seen).toEqual([true]);
  });
});
