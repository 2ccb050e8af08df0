/**
 * The first restart that anybody survives: three servers behind one name, a steady load of reads and writes, and a deploy
 * that takes one server after the other. Twice over: by SIGTERM, each server drains and no call is lost; by SIGKILL, what
 * was in flight is lost, and the two promises hold all the same: no read fails (a retryPolicy covers them), no write runs
 * twice, and no write that is told "not processed" ran.
 */
import { afterEach, expect, it } from "vitest";
import { fromUtf8, utf8 } from "../../src/http2/bytes.ts";
import { StatusError } from "../../src/report/status-error.ts";
import type { Server } from "../../src/server/server.ts";
import { ChannelWorld, leaveNothingOpen } from "../channel/channel-world.ts";

const names = ["shop-1", "shop-2", "shop-3"];
const loadMs = 12_000;
const everyMs = 20;
const workMs = 30;
const serviceConfig = {
  loadBalancingConfig: [{ round_robin: {} }],
  methodConfig: [
    {
      name: [{ service: "shop.Shop", method: "Read" }],
      retryPolicy: {
        maxAttempts: 4,
        initialBackoff: "0.1s",
        maxBackoff: "1s",
        backoffMultiplier: 2,
        retryableStatusCodes: ["UNAVAILABLE"],
      },
    },
  ],
};

afterEach(leaveNothingOpen);

class Shop {
  readonly story = new ChannelWorld({ seed: 7 });
  /** Every call that a handler was entered for, at the handler's first act. */
  readonly journal = new Map<string, number>();
  readonly failed = new Map<string, StatusError>();
  readonly #servers = new Map<string, Server>();

  async open(): Promise<void> {
    const { world } = this.story;
    for (const name of names) {
      world.link("client", name).delay({ ms: 2, jitterMs: 3 });
      await this.#start(name);
    }
    world.dns.set(
      "shop",
      names.map((name) => world.host(name).address),
    );
  }

  /** One read and one write every 20 ms. */
  load(): Promise<unknown> {
    const { story } = this;
    const channel = story.channel("shop", { serviceConfig });
    const all: Promise<void>[] = [];
    for (let atMs = 0; atMs < loadMs; atMs += everyMs) {
      for (const method of ["Read", "Write"]) {
        const id = `${method} ${atMs}`;
        const made = new Promise<void>((resolve) => story.client.timer(atMs, () => story.client.defer(resolve)));
        const called = made.then(() => channel.unary(`/shop.Shop/${method}`, fromUtf8(id)));
        all.push(
          called.then((answer) => expect(utf8(answer)).toBe(id)).catch((error: unknown) => this.#note(id, error)),
        );
      }
    }
    return Promise.all(all);
  }

  /** Ends one after the other and brings each back 300 ms later. */
  async deploy(how: "SIGTERM" | "SIGKILL"): Promise<void> {
    const { story } = this;
    for (const name of names) {
      await story.pass(3_000);
      const server = this.#servers.get(name) as Server;
      if (how === "SIGTERM") expect(await story.settled(server.drain())).toMatchObject({ cut: 0 });
      story.kill(name, server);
      await story.pass(300);
      story.world.host(name).restart();
      await this.#start(name);
    }
  }

  #note(id: string, error: unknown): void {
    if (!(error instanceof StatusError)) throw error;
    this.failed.set(id, error);
  }

  async #start(name: string): Promise<void> {
    const { story, journal } = this;
    const prepare: Parameters<ChannelWorld["serve"]>[1] = (server, host) => {
      for (const method of ["Read", "Write"]) {
        server.addMethod(`/shop.Shop/${method}`, "unary", async (request) => {
          const id = utf8(request);
          journal.set(id, (journal.get(id) ?? 0) + 1);
          await new Promise<void>((resolve) => host.timer(workMs, () => host.defer(resolve)));
          return fromUtf8(id);
        });
      }
    };
    this.#servers.set(name, await story.serve(name, prepare));
  }
}

const calls = 2 * (loadMs / everyMs);

it("a deploy by SIGTERM loses nothing and runs nothing twice", async () => {
  const shop = new Shop();
  await shop.open();
  const load = shop.load();
  await shop.deploy("SIGTERM");
  await shop.story.settled(load);
  expect([...shop.failed.keys()]).toEqual([]);
  expect([...shop.journal.values()].filter((runs) => runs !== 1)).toEqual([]);
  expect(shop.journal.size).toBe(calls);
});

it("a deploy by SIGKILL fails no read, runs no write twice, and lies to nobody", async () => {
  const shop = new Shop();
  await shop.open();
  const load = shop.load();
  await shop.deploy("SIGKILL");
  await shop.story.settled(load);
  expect([...shop.failed.keys()].filter((id) => id.startsWith("Read"))).toEqual([]);
  const twice = [...shop.journal].filter(([id, runs]) => id.startsWith("Write") && runs > 1);
  expect(twice).toEqual([]);
  // Something was in flight, or this would prove nothing.
  expect(shop.failed.size).toBeGreaterThan(0);
  for (const error of shop.failed.values()) expect(error.processed).toBe("maybe");
});
