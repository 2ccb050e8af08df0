/** A handler that fails with a status may give its trailers in any of the forms that metadata take. */

import { Shop } from "@holdfast/lab/shop";
import { afterEach, expect, it } from "vitest";
import { createChannel, createServer, StatusError } from "../src/index.ts";
import type { MetadataInit } from "../src/rpc/metadata.ts";

const open: { close(): unknown }[] = [];

afterEach(async () => {
  for (const one of open.splice(0)) await one.close();
});

it.each<{ metadata: MetadataInit }>([
  { metadata: { "x-a": "b" } },
  { metadata: new Map([["x-a", "b"]]) },
  { metadata: new Headers({ "x-a": "b" }) },
])("a status thrown with $metadata carries them", async ({ metadata }) => {
  const server = createServer({});
  open.push(server);
  server.add(Shop, {
    read: () => {
      throw new StatusError("ABORTED", "no", { metadata });
    },
  });
  const { port } = await server.listen({ host: "127.0.0.1", port: 0 });
  const channel = createChannel(`127.0.0.1:${port}`);
  open.unshift(channel);
  const error: unknown = await channel
    .client(Shop)
    .read({}, { timeoutMs: 2_000 })
    .catch((thrown: unknown) => thrown);
  expect(error).toMatchObject({ code: 10 });
  expect((error as StatusError).metadata.get("x-a")).toBe("b");
});
