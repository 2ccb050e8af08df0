/** Real servers in processes of their own, those that need nothing but Node: what they take, note, refuse and do at SIGTERM. */

import { createChannel } from "@holdfast/grpc";
import { describe, expect, it } from "vitest";
import { encodeCallMessage } from "../src/call-message.ts";
import type { Trial } from "../src/experiment/experiment.ts";
import { labMethods } from "../src/drivers/lab-method.ts";
import type { ServerId } from "../src/subjects/server-order.ts";
import { startServer } from "../src/subjects/start-server.ts";
import { processWorld } from "../src/worlds/process-world.ts";

const trial: Trial = { number: 1, client: "holdfast", recorded: false, random: () => 0, between: (from) => from };
/** A process starts, on a machine that may be busy. */
const limitMs = 60_000;

async function call(target: string, id: number): Promise<void> {
  await using channel = createChannel(target);
  await channel.unary(labMethods.unary, encodeCallMessage(id, 100), { timeoutMs: 10_000 });
}

describe.each(["grpc-js", "holdfast", "connect-node"] as const satisfies readonly ServerId[])(
  "the server of %s",
  (server) => {
    it.concurrent("answers all kinds of calls and notes each once", { timeout: limitMs }, async () => {
      await using world = await processWorld(server)(trial);
      await using channel = createChannel(world.target);
      const message = (id: number): Uint8Array => encodeCallMessage(id, 100);
      const messages = async function* (id: number): AsyncGenerator<Uint8Array> {
        for (let sent = 0; sent < 3; sent++) yield message(id);
      };
      const metadata = { "lab-messages": "3", "lab-message-every-ms": "1" };
      await channel.unary(labMethods.unary, message(1));
      expect(await count(channel.serverStreaming(labMethods["server-streaming"], message(2), { metadata }))).toBe(3);
      await channel.clientStreaming(labMethods["client-streaming"], messages(3));
      expect(await count(channel.bidiStreaming(labMethods["bidi-streaming"], messages(4)))).toBe(3);
      expect([0, 1, 2, 3, 4].map((id) => world.executions(id))).toEqual([0, 1, 1, 1, 1]);
    });

    it.concurrent("listens again on its port after its end, and keeps its journal", { timeout: limitMs }, async () => {
      await using running = await startServer(server, { settings: { onSigterm: "at-once" } });
      const target = `127.0.0.1:${running.port}`;
      await call(target, 1);
      running.signal("SIGTERM");
      await running.ended;
      await running.start();
      await call(target, 2);
      await running.executed(2);
      expect([1, 2].map((id) => running.executions(id))).toEqual([1, 1]);
    });
  },
);

it("shares a process among trials for as long as one of them has it", { timeout: limitMs }, async () => {
  const makeWorld = processWorld("grpc-js");
  const [first, second] = [await makeWorld(trial), await makeWorld(trial)];
  expect(second.target).toBe(first.target);
  await first[Symbol.asyncDispose]();
  await call(second.target, 1);
  expect(second.executions(1)).toBe(1);
  await second[Symbol.asyncDispose]();
  await expect(call(second.target, 2)).rejects.toThrow("CONNECT_REFUSED");
});

it("names a setting that the server does not have", { timeout: limitMs }, async () => {
  const settings = { maxConnectionAgeMs: 1_000 };
  await expect(startServer("connect-node", { settings })).rejects.toThrow("it has no setting maxConnectionAgeMs");
});

async function count(answers: AsyncIterable<Uint8Array>): Promise<number> {
  let heard = 0;
  for await (const _ of answers) heard++;
  return heard;
}
