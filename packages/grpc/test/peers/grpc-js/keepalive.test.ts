/** grpc-js asks our server for signs of life: too often, as often as it may, and while its connections grow old. */

import { credentials, makeGenericClientConstructor, type ServiceError } from "@grpc/grpc-js";
import { Shop } from "@holdfast/lab/shop";
import { afterEach, expect, it } from "vitest";
import { createServer, type ServerOptions } from "../../../src/server/index.ts";
import { shopDefinition } from "./shop-definition.ts";

interface ShopClient {
  close(): void;
  read(request: object, done: (error: ServiceError | null, response?: { readonly id: string }) => void): void;
}

const open: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of open.splice(0)) await close();
});

/** Reads the item `id`; the item `hang` takes as many ms as the test says. */
async function reader(hangMs: number, server: ServerOptions, client: object) {
  const ours = createServer(server).add(Shop, {
    read: async ({ id }) => {
      if (id === "hang") await new Promise((resolve) => setTimeout(resolve, hangMs));
      return { id };
    },
  });
  const { address } = await ours.listen("127.0.0.1:0");
  const Client = makeGenericClientConstructor(shopDefinition, "Shop");
  const theirs = new Client(address, credentials.createInsecure(), client) as unknown as ShopClient;
  open.push(
    () => theirs.close(),
    () => ours.close(),
  );
  return (id: string): Promise<ServiceError | string | undefined> =>
    new Promise((resolve) => theirs.read({ id }, (error, response) => resolve(error ?? response?.id)));
}

const everyTenthMs = { "grpc.keepalive_time_ms": 100, "grpc.keepalive_timeout_ms": 5_000 };

it("reads our too_many_pings at the default policy, as it does that of other servers", async () => {
  const read = await reader(10_000, {}, everyTenthMs);
  // RESOURCE_EXHAUSTED is what grpc-js makes of ENHANCE_YOUR_CALM.
  expect(await read("hang")).toMatchObject({
    code: 8,
    details: expect.stringContaining("Bandwidth exhausted") as string,
  });
});

it("is left alone where so many PINGs are permitted", async () => {
  const read = await reader(1_500, { pingPolicy: { minTimeMs: 50 } }, everyTenthMs);
  expect(await read("hang")).toBe("hang");
});

it("loses no call while its connections are told to go, again and again, because they are old", async () => {
  const read = await reader(0, { maxConnectionAgeMs: 100, maxConnectionAgeGraceMs: 5_000 }, {});
  const answers: unknown[] = [];
  for (let round = 0; round < 100; round++)
    answers.push(...(await Promise.all(Array.from({ length: 20 }, () => read("a")))));
  expect(answers.filter((answer) => answer !== "a")).toEqual([]);
});
