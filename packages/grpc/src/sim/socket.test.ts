/** What a process hears of its sockets when several things happen to one of them at once. */

import { expect, it } from "vitest";
import type { Recorder } from "../host/harness.contract.ts";
import { RecordedListener, bytesOf } from "../host/harness.contract.ts";
import { createWorld } from "./index.ts";
import { dial } from "./stories.contract.ts";

/**
 * The client has more to send than its kernel takes, and its event loop is blocked. Meanwhile the server reads, which
 * makes room, and answers. The answer is read first; the room must not be forgotten over it.
 */
it("goes on writing when room and data came in the same moment", async () => {
  const world = createWorld({ seed: 1 });
  const server = world.host("server");
  const listening = new RecordedListener();
  listening.listener = server.listen({ address: { kind: "tcp", host: server.address, port: 80 } }, listening);
  const client: Recorder = dial(world, "client", "server");
  await world.run({ until: () => client.isConnected && listening.accepts.length === 1, limitMs: 100 });
  const bytes = 8_000_000; // more than the buffers of both kernels
  client.open.write([bytesOf(bytes)]);
  world.host("client").stall(500);
  listening.first.open.write([bytesOf(10)]);
  await world.run(60_000);
  expect([listening.first.received, client.received, client.open.writableLength]).toEqual([bytes, 10, 0]);
});
