/** The DNS server and its faults, asked by Node's own resolver over UDP, and by hand over TCP. */

import { Resolver } from "node:dns/promises";
import { once } from "node:events";
import { connect } from "node:net";
import { afterEach, describe, expect, it, vi } from "vitest";
import { Peer } from "../../peer/peer.ts";
import { wellBehaved } from "../../peer/peer-script.ts";
import type { DnsFault } from "./dns-fault.ts";
import { DnsServer } from "./dns-server.ts";
import { flapping } from "./flapping.ts";
import { noAnswer } from "./no-answer.ts";
import { noSuchName } from "./no-such-name.ts";
import { serverFailure } from "./server-failure.ts";
import { staleAddresses } from "./stale-addresses.ts";

const names = { "shop.test": ["127.0.0.1", "127.0.0.2"] };
const open: AsyncDisposable[] = [];
afterEach(async () => {
  for (const each of open.splice(0)) await each[Symbol.asyncDispose]();
});

async function asked(
  fault?: DnsFault,
): Promise<{ server: DnsServer; ask(name: string): Promise<readonly string[] | string> }> {
  const server = new DnsServer({ names, ...(fault === undefined ? {} : { fault }) });
  open.push(server);
  await server.start();
  const resolver = new Resolver({ timeout: 100, tries: 1 });
  resolver.setServers([`127.0.0.1:${server.port}`]);
  const ask = (name: string): Promise<readonly string[] | string> =>
    resolver.resolve4(name).catch((error: unknown) => (error as NodeJS.ErrnoException).code ?? "");
  return { server, ask };
}

describe("a name", () => {
  it("has its addresses, and another is not there", async () => {
    const { ask } = await asked();
    expect(await ask("shop.test")).toEqual(["127.0.0.1", "127.0.0.2"]);
    expect(await ask("SHOP.test")).toEqual(["127.0.0.1", "127.0.0.2"]);
    expect(await ask("other.test")).toBe("ENOTFOUND");
  });

  it.each([
    ["nxdomain", noSuchName(), "ENOTFOUND"],
    ["servfail", serverFailure(), "ESERVFAIL"],
    ["timeout", noAnswer(), "ETIMEOUT"],
    ["stale", staleAddresses(["127.0.0.9"]), ["127.0.0.9"]],
    ["improbable", noSuchName(0), ["127.0.0.1", "127.0.0.2"]],
  ] as const)("%s", async (_, fault, expected) => {
    expect(await (await asked(fault)).ask("shop.test")).toEqual(expected);
  });

  it("flaps", async () => {
    const { ask } = await asked(flapping());
    expect([await ask("shop.test"), await ask("shop.test"), await ask("shop.test")]).toEqual([
      "ENOTFOUND",
      ["127.0.0.1", "127.0.0.2"],
      "ENOTFOUND",
    ]);
  });

  it("moves, and the fault changes, while questions come", async () => {
    const { server, ask } = await asked(noSuchName());
    server.set(undefined);
    server.move({ "shop.test": ["127.0.0.3"] });
    expect(await ask("shop.test")).toEqual(["127.0.0.3"]);
  });
});

it("answers over TCP, in any pieces, and ignores what is no question", async () => {
  const { server } = await asked();
  const socket = connect({ port: server.port, host: "127.0.0.1" });
  const header = Buffer.from("00020100000100000000000004", "hex");
  const question = Buffer.concat([header, Buffer.from("shop\x04test\x00\x00\x01\x00\x01", "latin1")]);
  const length = Buffer.from([0, question.byteLength]);
  socket.write(Buffer.concat([Buffer.from([0, 3, 1, 2, 3]), length]));
  socket.write(question);
  const [answer] = (await once(socket, "data")) as [Buffer];
  socket.destroy();
  expect(answer.readUInt16BE(2)).toBe(2);
  expect(answer.subarray(-4)).toEqual(Buffer.from([127, 0, 0, 2]));
});

it("is an authority that grpc-js asks, where it may", async () => {
  // Read when grpc-js is loaded; without it grpc-js takes an authority and asks the system's resolver all the same.
  vi.stubEnv("GRPC_NODE_USE_ALTERNATIVE_RESOLVER", "true");
  const grpc = await import("@grpc/grpc-js");
  const peer = new Peer({ scriptOf: () => wellBehaved });
  open.push(peer);
  await peer.start();
  const server = new DnsServer({ names: { "shop.test": ["127.0.0.1"] } });
  open.push(server);
  await server.start();
  const client = new grpc.Client(server.target("shop.test", peer.port), grpc.credentials.createInsecure(), {
    "grpc.service_config_disable_resolution": 1,
  });
  await new Promise<void>((resolve, reject) => {
    client.waitForReady(Date.now() + 5_000, (error) => (error === undefined ? resolve() : reject(error)));
  });
  client.close();
  vi.unstubAllEnvs();
  expect(server.asked).toBeGreaterThan(0);
});
