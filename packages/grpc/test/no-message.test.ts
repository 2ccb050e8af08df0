/** A handler or a caller that gives no message at all: told on both sides, never an empty message in silence. */

import { type Item, Shop } from "@holdfast/lab/shop";
import { afterEach, expect, it } from "vitest";
import { createChannel, createServer } from "../src/index.ts";

const open: { close(): unknown }[] = [];

afterEach(async () => {
  for (const one of open.splice(0)) await one.close();
});

async function shop(given: unknown) {
  const told: unknown[] = [];
  const server = createServer({ onError: (error) => void told.push(error) });
  server.add(Shop, {
    read: () => given as Item,
    watch: async function* () {
      yield await Promise.resolve(given as Item);
    },
  });
  const { port } = await server.listen({ host: "127.0.0.1", port: 0 });
  const channel = createChannel(`127.0.0.1:${port}`);
  open.push(channel, server);
  return { client: channel.client(Shop), told };
}

const nothing = [undefined, null, 5, "text", [], () => ({})].map((given) => ({ given }));

it.each(nothing)("a handler that answers $given fails its call, and the operator hears of it", async ({ given }) => {
  const { client, told } = await shop(given);
  const failed = { code: 13, text: "[HANDLER_FAILED] the response could not be encoded" };
  await expect(client.read({ id: "a" })).rejects.toMatchObject(failed);
  await expect(client.watch({ from: 0 }).next()).rejects.toMatchObject(failed);
  expect(told).toHaveLength(2);
  for (const error of told) {
    expect(error).toBeInstanceOf(TypeError);
    expect(String(error)).toContain("expected a message of type holdfast.shop.v1.Item");
  }
});

it("a handler says an empty message as {}", async () => {
  const { client, told } = await shop({});
  expect(await client.read({ id: "a" })).toMatchObject({ id: "" });
  expect(told).toEqual([]);
});

it.each(nothing)("a caller that gives $given is refused", async ({ given }) => {
  const { client } = await shop({});
  const wrong = given as never;
  const message = "expected a message of type holdfast.shop.v1.";
  await expect(client.read(wrong)).rejects.toThrow(TypeError);
  await expect(client.read(wrong)).rejects.toThrow(`${message}ReadRequest`);
  await expect(client.watch(wrong).next()).rejects.toThrow(`${message}WatchRequest`);
  await expect(client.upload([wrong] as never)).rejects.toThrow(`${message}Item`);
});
